package io.vedette.model.frame;

import io.vedette.model.histogram.FixedPoint;

/** Fixed-point numbers on the wire: as 2n where they are the whole number n, which is short; else as 2 × fixed + 1. */
final class FixedWire {
    private FixedWire() {}

    /**
     * What stands on the wire.
     *
     * @throws ArithmeticException for magnitudes of 2⁴⁶ and more with a fraction; windows stay far below
     */
    static long write(long fixed) {
        return (fixed & (FixedPoint.ONE - 1)) == 0
                ? fixed >> FixedPoint.FRACTION_BITS << 1
                : Math.multiplyExact(fixed, 2) | 1;
    }

    /**
     * What is meant.
     *
     * @throws ArithmeticException where that does not fit
     */
    static long read(long written) {
        return (written & 1) == 0 ? Math.multiplyExact(written >> 1, FixedPoint.ONE) : written >> 1;
    }
}
