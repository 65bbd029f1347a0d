package io.vedette.cli.ruletest;

/**
 * What a series shows at one scrape: a number, nothing, or a word.
 *
 * @param number NaN unless it is one
 * @param word empty unless it is one: {@link #STALE}, or one that the series allows
 */
record Shown(double number, String word) {
    /** From here on nothing is shown. */
    static final String STALE = "stale";

    static final Shown NOTHING = new Shown(Double.NaN, "");
    static final Shown GONE = new Shown(Double.NaN, STALE);

    static Shown of(double number) {
        return new Shown(number, "");
    }

    boolean isNumber() {
        return !Double.isNaN(number);
    }
}
