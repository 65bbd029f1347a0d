package io.vedette.model.series;

/** Numbers as Prometheus' text formats write them. */
public final class SeriesNumber {
    /** Whole numbers up to here are exact, and written without a point. */
    private static final double LARGEST_WHOLE = 1L << 53;

    private SeriesNumber() {}

    /** A decimal that reads back as the same number: {@code 0.95}, {@code 3}, {@code 1.0E-5}, {@code +Inf}, {@code -Inf}, {@code NaN}. */
    public static String format(double value) {
        if (value == Math.rint(value) && Math.abs(value) <= LARGEST_WHOLE) {
            return Long.toString((long) value);
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return Double.toString(value);
    }
}
