package io.vedette.model.histogram;

/**
 * Numbers as integers in units of 2⁻¹⁶, so that sums are exact whatever their order. Observations, tokens and seconds up to {@link #LARGEST} keep 16
 * binary digits behind the point: 15 µs, or a 65,536th of an observation.
 */
public final class FixedPoint {
    public static final int FRACTION_BITS = 16;
    public static final long ONE = 1L << FRACTION_BITS;
    /** Largest magnitude that one growth may have (2⁴⁰, some 10¹²): a window of many of them still fits in 63 bits. */
    public static final double LARGEST = 0x1p40;

    private FixedPoint() {}

    /**
     * The nearest fixed-point number.
     *
     * @throws IllegalArgumentException for NaN and for magnitudes above {@link #LARGEST}
     */
    public static long of(double value) {
        if (!(Math.abs(value) <= LARGEST)) {
            throw new IllegalArgumentException("not a number of magnitude up to 2^40: " + value);
        }
        long whole = (long) value;
        return whole == value ? whole << FRACTION_BITS : Math.round(value * ONE);
    }

    public static double toDouble(long fixed) {
        return (double) fixed / ONE;
    }
}
