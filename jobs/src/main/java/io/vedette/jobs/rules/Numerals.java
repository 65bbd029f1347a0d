package io.vedette.jobs.rules;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Writes numbers the way people read them: {@code 2.3 s}, {@code 4.2 %}, {@code 5,120 tokens}, {@code 15 min}. */
public final class Numerals {
    private static final String UNKNOWN = "unknown";

    private Numerals() {}

    /** A number with the unit of its measure. */
    public static String withUnit(double value, Measure measure) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? UNKNOWN : value > 0 ? "∞" : "-∞";
        }
        return switch (measure) {
            case SECONDS -> duration(value);
            case RATIO -> rounded(value * 100) + " %";
            case TOKENS -> rounded(value) + " tokens";
            case PER_SECOND -> rounded(value) + "/s";
            case COUNT, ANY -> rounded(value);
        };
    }

    /** The same without a unit, for where the text goes on with it; ratios are still in percent. */
    public static String withoutUnit(double value, Measure measure) {
        if (!Double.isFinite(value)) {
            return withUnit(value, measure);
        }
        return rounded(measure == Measure.RATIO ? value * 100 : value);
    }

    /** A number as it would be written in a rule. */
    static String plain(double value) {
        if (!Double.isFinite(value)) {
            return withUnit(value, Measure.ANY);
        }
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private static String duration(double seconds) {
        if (Math.abs(seconds) < 120) {
            return rounded(seconds) + " s";
        }
        long whole = Math.round(seconds);
        long hours = whole / 3600;
        long minutes = whole % 3600 / 60;
        return hours > 0
                ? hours + " h" + (minutes > 0 ? " " + minutes + " min" : "")
                : minutes + " min" + (whole % 60 > 0 ? " " + whole % 60 + " s" : "");
    }

    /** Two figures that count, or all before the point; fewer where the number has no more. */
    private static String rounded(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 ? 0 : size >= 1 ? 1 : size >= 0.1 ? 2 : 3;
        int present = Math.max(0, BigDecimal.valueOf(value).stripTrailingZeros().scale());
        DecimalFormat format = new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT));
        format.setMinimumFractionDigits(Math.min(decimals, present));
        format.setMaximumFractionDigits(decimals);
        format.setRoundingMode(RoundingMode.HALF_UP);
        return format.format(value);
    }
}
