package io.vedette.model.frame;

import java.util.Arrays;

/** A list of longs without boxes. Not thread-safe. */
final class Longs {
    private long[] values;
    private int size;

    Longs() {
        this(8);
    }

    Longs(int capacity) {
        values = new long[capacity];
    }

    /** Takes over an array, all of it. */
    static Longs of(long[] values) {
        Longs longs = new Longs(0);
        longs.values = values;
        longs.size = values.length;
        return longs;
    }

    void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.max(8, 2 * size));
        }
        values[size++] = value;
    }

    void add(double value) {
        add(Double.doubleToRawLongBits(value));
    }

    long get(int index) {
        return values[index];
    }

    void set(int index, long value) {
        values[index] = value;
    }

    double getDouble(int index) {
        return Double.longBitsToDouble(values[index]);
    }

    long[] toArray() {
        return Arrays.copyOf(values, size);
    }

    double[] toDoubles() {
        return Arrays.stream(values, 0, size)
                .mapToDouble(Double::longBitsToDouble)
                .toArray();
    }

    int size() {
        return size;
    }
}
