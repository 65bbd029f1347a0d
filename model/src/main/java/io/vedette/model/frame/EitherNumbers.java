package io.vedette.model.frame;

import io.vedette.model.histogram.FixedPoint;

/**
 * Doubles on the wire: all of them fixed where each is a fixed-point number, which is short, else all exact.
 *
 * @param fixed as {@link FixedWire} writes them
 * @param exact as their bits
 */
record EitherNumbers(Longs fixed, Longs exact) {
    EitherNumbers() {
        this(new Longs(), new Longs());
    }

    static EitherNumbers of(Longs bits) {
        Longs fixed = new Longs(bits.size());
        for (int i = 0; i < bits.size(); i++) {
            double value = bits.getDouble(i);
            if (!(Math.abs(value) <= FixedPoint.LARGEST)
                    || Double.compare(FixedPoint.toDouble(FixedPoint.of(value)), value) != 0) {
                return new EitherNumbers(new Longs(0), bits);
            }
            fixed.add(FixedWire.write(FixedPoint.of(value)));
        }
        return new EitherNumbers(fixed, new Longs(0));
    }

    void write(ProtoWriter message, int fixedField, int exactField) {
        message.packedSigned(fixedField, fixed);
        message.packedDoubles(exactField, exact);
    }

    int size() {
        return Math.max(fixed.size(), exact.size());
    }

    double get(int index) {
        return exact.size() > 0 ? exact.getDouble(index) : FixedPoint.toDouble(FixedWire.read(fixed.get(index)));
    }
}
