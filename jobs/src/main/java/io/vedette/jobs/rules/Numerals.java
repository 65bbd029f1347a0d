package io.vedette.jobs.rules;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Writes numbers the way people read them: {@code 2.3 s}, {@code 4.2 %}, {@code 5,120 tokens}, {@code 15 min}, {@code 22,535 MiB}. */
public final class Numerals {
    private static final double MEBIBYTE = 1024.0 * 1024;
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
            case BYTES -> bytes(value);
            case CELSIUS -> rounded(value) + " °C";
            case WATTS -> rounded(value) + " W";
            case HERTZ -> rounded(value / 1e6) + " MHz";
            case PER_SECOND -> rounded(value) + "/s";
            case COUNT -> count(value);
            case ANY -> rounded(value);
        };
    }

    /** The same without a unit, for where the text goes on with it; ratios are still in percent. */
    public static String withoutUnit(double value, Measure measure) {
        if (!Double.isFinite(value)) {
            return withUnit(value, measure);
        }
        return switch (measure) {
            case RATIO -> rounded(value * 100);
            case COUNT -> count(value);
            default -> rounded(value);
        };
    }

    /** A number as it would be written in a rule. */
    static String plain(double value) {
        if (!Double.isFinite(value)) {
            return withUnit(value, Measure.ANY);
        }
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** As nvidia-smi shows memory, in MiB; smaller amounts in the unit that fits. */
    private static String bytes(double value) {
        double size = Math.abs(value);
        if (size >= MEBIBYTE) {
            return rounded(value / MEBIBYTE) + " MiB";
        }
        return size >= 1024 ? rounded(value / 1024) + " KiB" : rounded(value) + " B";
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

    /** Growth is shared out over time, so that a window holds parts of requests; nobody wants to read of them where there are many. */
    private static String count(double value) {
        return rounded(Math.abs(value) >= 10 ? Math.rint(value) : value);
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
