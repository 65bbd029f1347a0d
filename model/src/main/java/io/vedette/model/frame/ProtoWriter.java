package io.vedette.model.frame;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes a protobuf message in one pass: nested messages grow in a writer of their own, so that no size is computed beforehand. Fields of value 0 are
 * left out, as proto3 has it. Not thread-safe.
 */
final class ProtoWriter {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int LONGEST_VARINT = 10;

    private byte[] bytes;
    private int size;
    private @Nullable ProtoWriter nested;

    ProtoWriter(int capacity) {
        bytes = new byte[capacity];
    }

    void number(int field, long value) {
        if (value != 0) {
            tag(field, VARINT);
            varint(value);
        }
    }

    void bool(int field, boolean value) {
        number(field, value ? 1 : 0);
    }

    void string(int field, String value) {
        if (!value.isEmpty()) {
            element(field, value);
        }
    }

    /** An element of a repeated field, or an optional field: written even when empty. */
    void element(int field, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        append(field, utf8, utf8.length);
    }

    /** An optional field: NaN is absent. */
    void optional(int field, double value) {
        if (!Double.isNaN(value)) {
            tag(field, FIXED64);
            fixed64(Double.doubleToLongBits(value));
        }
    }

    void packed(int field, Longs values) {
        ProtoWriter packed = nested();
        packed.varints(values, false);
        unlessEmpty(field, packed);
    }

    /** Signed numbers, zigzag. */
    void packedSigned(int field, Longs values) {
        ProtoWriter packed = nested();
        packed.varints(values, true);
        unlessEmpty(field, packed);
    }

    /** Doubles, handed in as their bits. */
    void packedDoubles(int field, Longs bits) {
        ProtoWriter packed = nested();
        for (int i = 0; i < bits.size(); i++) {
            packed.fixed64(bits.get(i));
        }
        unlessEmpty(field, packed);
    }

    private void unlessEmpty(int field, ProtoWriter packed) {
        if (packed.size > 0) {
            message(field, packed);
        }
    }

    /** The writer for a nested message of this one, empty; to be handed to {@link #message} before the next is begun. */
    ProtoWriter nested() {
        if (nested == null) {
            nested = new ProtoWriter(256);
        }
        nested.size = 0;
        return nested;
    }

    void message(int field, ProtoWriter written) {
        append(field, written.bytes, written.size);
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void append(int field, byte[] content, int length) {
        tag(field, LENGTH_DELIMITED);
        varint(length);
        reserve(length);
        System.arraycopy(content, 0, bytes, size, length);
        size += length;
    }

    private void tag(int field, int wireType) {
        varint((long) field << 3 | wireType);
    }

    private void varint(long value) {
        reserve(LONGEST_VARINT);
        size = varint(bytes, size, value);
    }

    private void varints(Longs values, boolean zigzag) {
        reserve(LONGEST_VARINT * values.size());
        byte[] to = bytes;
        int end = size;
        for (int i = 0; i < values.size(); i++) {
            long value = values.get(i);
            end = varint(to, end, zigzag ? (value << 1) ^ (value >> 63) : value);
        }
        size = end;
    }

    private static int varint(byte[] to, int at, long value) {
        int end = at;
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            to[end++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        to[end++] = (byte) rest;
        return end;
    }

    private void fixed64(long value) {
        reserve(Long.BYTES);
        for (int shift = 0; shift < Long.SIZE; shift += 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
