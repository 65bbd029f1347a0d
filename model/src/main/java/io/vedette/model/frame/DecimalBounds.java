package io.vedette.model.frame;

import io.vedette.model.histogram.Bounds;
import java.util.Optional;

/**
 * Bounds as whole numbers divided by a power of ten, which takes a byte or two for each instead of eight. Both are exact doubles and division rounds
 * correctly, so that the quotient is the very double that the decimal is read as.
 *
 * @param steps of the whole numbers, each above the one before
 */
record DecimalBounds(int decimals, Longs steps) {
    /** Powers of ten are exact doubles up to 22; nobody writes bounds with so many decimals. */
    private static final int MOST_DECIMALS = 15;

    private static final double LARGEST = 1L << 53;

    DecimalBounds {
        if (!(decimals >= 0 && decimals <= MOST_DECIMALS)) {
            throw new IllegalArgumentException("bounds with " + decimals + " decimals");
        }
    }

    /** Empty when the bounds are no such decimals. */
    static Optional<DecimalBounds> of(Bounds bounds) {
        double[] exact = bounds.toArray();
        for (int decimals = 0; decimals <= MOST_DECIMALS; decimals++) {
            Longs steps = new Longs();
            long before = 0;
            double power = Math.pow(10, decimals);
            for (double bound : exact) {
                double whole = Math.rint(bound * power);
                if (!(Math.abs(whole) <= LARGEST) || Double.compare((long) whole / power, bound) != 0) {
                    break;
                }
                steps.add((long) whole - before);
                before = (long) whole;
            }
            if (steps.size() == exact.length) {
                return Optional.of(new DecimalBounds(decimals, steps));
            }
        }
        return Optional.empty();
    }

    Bounds toBounds() {
        double[] finite = new double[steps.size()];
        double power = Math.pow(10, decimals);
        long whole = 0;
        for (int i = 0; i < finite.length; i++) {
            whole += steps.get(i);
            finite[i] = whole / power;
        }
        return Bounds.of(finite);
    }
}
