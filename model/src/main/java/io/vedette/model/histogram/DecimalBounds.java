package io.vedette.model.histogram;

import java.util.Optional;

/**
 * Bounds as whole numbers divided by a power of ten, which takes a byte or two for each instead of eight. Both are exact doubles and division rounds
 * correctly, so that the quotient is the very double that the decimal is read as. The array is never changed.
 *
 * @param steps of the whole numbers, each above the one before
 */
public record DecimalBounds(int decimals, long[] steps) {
    /** Powers of ten are exact doubles up to 22; nobody writes bounds with so many decimals. */
    private static final int MOST_DECIMALS = 15;

    private static final double LARGEST = 1L << 53;

    public DecimalBounds {
        if (!(decimals >= 0 && decimals <= MOST_DECIMALS)) {
            throw new IllegalArgumentException("bounds with " + decimals + " decimals");
        }
    }

    /** Empty when the bounds are no such decimals. */
    static Optional<DecimalBounds> of(double[] bounds) {
        for (int decimals = 0; decimals <= MOST_DECIMALS; decimals++) {
            long[] steps = new long[bounds.length];
            if (areWhole(bounds, Math.pow(10, decimals), steps)) {
                return Optional.of(new DecimalBounds(decimals, steps));
            }
        }
        return Optional.empty();
    }

    private static boolean areWhole(double[] bounds, double power, long[] steps) {
        long before = 0;
        for (int i = 0; i < bounds.length; i++) {
            double whole = Math.rint(bounds[i] * power);
            if (!(Math.abs(whole) <= LARGEST) || Double.compare((long) whole / power, bounds[i]) != 0) {
                return false;
            }
            steps[i] = (long) whole - before;
            before = (long) whole;
        }
        return true;
    }

    /**
     * The bounds themselves.
     *
     * @throws IllegalArgumentException when they do not ascend
     */
    public Bounds toBounds() {
        double[] finite = new double[steps.length];
        double power = Math.pow(10, decimals);
        long whole = 0;
        for (int i = 0; i < finite.length; i++) {
            whole += steps[i];
            finite[i] = whole / power;
        }
        return Bounds.of(finite);
    }
}
