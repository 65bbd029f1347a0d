package io.vedette.alerts.message;

import io.vedette.alerts.channel.Language;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;

/** Numbers with units and durations, as people read them. */
final class Figures {
    private static final MathContext THREE_FIGURES = new MathContext(3, RoundingMode.HALF_UP);

    private Figures() {}

    /**
     * A number with its unit.
     *
     * @param unit as events have it: {@code s}, {@code tokens}, {@code /s}, or empty; {@code %} where the number is in percent
     */
    static String of(double value, String unit, Language language) {
        if (Double.isNaN(value)) {
            return Phrase.VALUE_UNKNOWN.in(language);
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "-∞";
        }
        if (unit.equals("s") && Math.abs(value) >= 120) {
            return of(Duration.ofSeconds(Math.round(value)));
        }
        return rounded(value) + (unit.isEmpty() || unit.startsWith("/") ? unit : " " + unit);
    }

    /** A duration in its two largest units: {@code 2 h 5 min}, {@code 12 min 30 s}. */
    static String of(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds >= 86_400) {
            return two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
        }
        if (seconds >= 3600) {
            return two(seconds / 3600, "h", seconds % 3600 / 60, "min");
        }
        return seconds >= 60 ? two(seconds / 60, "min", seconds % 60, "s") : seconds + " s";
    }

    private static String two(long large, String unit, long small, String smallUnit) {
        return large + " " + unit + (small > 0 ? " " + small + " " + smallUnit : "");
    }

    private static String rounded(double value) {
        BigDecimal exact = BigDecimal.valueOf(value);
        BigDecimal shown = Math.abs(value) >= 1000
                ? exact.setScale(0, RoundingMode.HALF_UP)
                : exact.round(THREE_FIGURES).stripTrailingZeros();
        DecimalFormat format = new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT));
        format.setMaximumFractionDigits(Math.max(0, Math.min(6, shown.scale())));
        return format.format(shown);
    }
}
