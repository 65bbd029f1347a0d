package io.vedette.jobs.serial;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;

/**
 * How a value that flows between operators or stands in state is written, by hand and with a version, so that a newer version reads what an older one
 * wrote. Implementations are public, thread-safe, have no state but what they remember to save work, and a public constructor without arguments; their
 * class name is part of every checkpoint.
 *
 * @param <T> the value's type; never null
 */
public interface StreamCodec<T> extends Serializable {
    /** The version that {@link #write} writes, from 1. */
    default int version() {
        return 1;
    }

    void write(T value, DataOutput out) throws IOException;

    /** Reads what a version up to the present one wrote. */
    T read(int version, DataInput in) throws IOException;

    /** A copy that shares nothing that can change; the value itself where it cannot. */
    default T copy(T value) {
        return value;
    }

    /** Whether {@link #copy} gives the value itself. */
    default boolean isImmutable() {
        return true;
    }
}
