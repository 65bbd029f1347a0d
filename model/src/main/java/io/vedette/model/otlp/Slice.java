package io.vedette.model.otlp;

import java.util.Arrays;

/**
 * The bytes of a singular nested message, taken out of its parent. A message that comes in several pieces is their concatenation, as protobuf has it.
 */
final class Slice {
    private byte[] bytes = new byte[0];
    private int offset;
    private int length;

    void clear() {
        length = 0;
    }

    /** Appends the slice that was taken last. */
    void append(Fields fields) {
        if (length == 0) {
            bytes = fields.bytes();
            offset = fields.sliceOffset();
            length = fields.sliceLength();
            return;
        }
        byte[] joined = Arrays.copyOfRange(bytes, offset, offset + length + fields.sliceLength());
        System.arraycopy(fields.bytes(), fields.sliceOffset(), joined, length, fields.sliceLength());
        bytes = joined;
        offset = 0;
        length = joined.length;
    }

    Fields fields() {
        return new Fields(bytes, offset, length);
    }

    byte[] bytes() {
        return bytes;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }
}
