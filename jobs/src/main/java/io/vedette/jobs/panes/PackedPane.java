package io.vedette.jobs.panes;

import java.util.Arrays;

/**
 * A pane's growth as bytes: for each column that is not zero the gap to the one before as a varint, then the zigzag of its value as a varint. A pane
 * of a busy replica takes some 300 bytes. Arrays once written are never changed.
 */
final class PackedPane {
    static final byte[] EMPTY = new byte[0];

    private PackedPane() {}

    static byte[] pack(long[] values) {
        byte[] bytes = new byte[512];
        int length = 0;
        int last = -1;
        for (int column = 0; column < values.length; column++) {
            long value = values[column];
            if (value != 0) {
                if (bytes.length - length < 20) {
                    bytes = Arrays.copyOf(bytes, bytes.length * 2);
                }
                length = varint(bytes, length, column - last);
                length = varint(bytes, length, (value << 1) ^ (value >> 63));
                last = column;
            }
        }
        return length == 0 ? EMPTY : Arrays.copyOf(bytes, length);
    }

    private static int varint(byte[] bytes, int position, long value) {
        while ((value & ~0x7FL) != 0) {
            bytes[position++] = (byte) (value | 0x80);
            value >>>= 7;
        }
        bytes[position++] = (byte) value;
        return position;
    }

    /** Adds sign × each value onto its column. */
    static void addTo(long[] sums, byte[] bytes, int sign) {
        int column = -1;
        Cursor cursor = new Cursor(bytes);
        while (cursor.position < bytes.length) {
            column += (int) cursor.varint();
            long zigzag = cursor.varint();
            sums[column] += sign * ((zigzag >>> 1) ^ -(zigzag & 1));
        }
    }

    /** Number of columns up to the last that is not zero. */
    static int width(byte[] bytes) {
        int column = -1;
        Cursor cursor = new Cursor(bytes);
        while (cursor.position < bytes.length) {
            column += (int) cursor.varint();
            cursor.varint();
        }
        return column + 1;
    }

    private static final class Cursor {
        private final byte[] bytes;
        private int position;

        Cursor(byte[] bytes) {
            this.bytes = bytes;
        }

        long varint() {
            long value = 0;
            int shift = 0;
            byte b;
            do {
                b = bytes[position++];
                value |= (long) (b & 0x7F) << shift;
                shift += 7;
            } while (b < 0);
            return value;
        }
    }
}
