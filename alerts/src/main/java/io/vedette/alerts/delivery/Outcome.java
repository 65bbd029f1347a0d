package io.vedette.alerts.delivery;

/** What became of an attempt to tell something. */
public enum Outcome {
    /** The receiver has it. */
    DELIVERED("delivered"),
    /** The receiver can't take it now; the same again later. */
    RETRY("retry"),
    /** The receiver won't ever take it; it is parked with the reason. */
    REFUSED("refused");

    private final String word;

    Outcome(String word) {
        this.word = word;
    }

    /** The value of the metrics' label {@code outcome}. */
    public String word() {
        return word;
    }
}
