package io.vedette.model.otlp;

import java.io.IOException;

/** The attribute (OTLP's {@code KeyValue}) that was read last, as slices of the record. Not thread-safe. */
final class Attribute {
    private static final int KEY = 10;
    private static final int VALUE = 18;
    private static final int STRING = 10;
    private static final int BOOL = 16;
    private static final int INT = 24;
    private static final int DOUBLE = 33;
    private static final int ARRAY = 42;
    private static final int KEY_VALUE_LIST = 50;
    private static final int BYTES = 58;
    private static final int STRING_INDEX = 64;

    private int keyOffset;
    private int keyLength;
    private int valueOffset;
    private int valueLength;
    private long integer;
    private int type;

    /** Reads a {@code KeyValue} whose tag was read. */
    void read(Fields fields) throws IOException {
        keyOffset = 0;
        keyLength = 0;
        type = 0;
        int outer = fields.enter();
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            if (tag == KEY) {
                fields.slice();
                keyOffset = fields.sliceOffset();
                keyLength = fields.sliceLength();
            } else if (tag == VALUE) {
                readValue(fields);
            } else {
                fields.skip(tag);
            }
        }
        fields.leave(outer);
    }

    private void readValue(Fields fields) throws IOException {
        int outer = fields.enter();
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            switch (tag) {
                case STRING -> {
                    fields.slice();
                    valueOffset = fields.sliceOffset();
                    valueLength = fields.sliceLength();
                    type = tag;
                }
                case INT -> {
                    integer = fields.varint64();
                    type = tag;
                }
                case BOOL, DOUBLE, ARRAY, KEY_VALUE_LIST, BYTES, STRING_INDEX -> {
                    fields.skip(tag);
                    type = tag;
                }
                default -> fields.skip(tag);
            }
        }
        fields.leave(outer);
    }

    int keyOffset() {
        return keyOffset;
    }

    int keyLength() {
        return keyLength;
    }

    boolean isString() {
        return type == STRING;
    }

    boolean isInteger() {
        return type == INT;
    }

    int valueOffset() {
        return valueOffset;
    }

    int valueLength() {
        return valueLength;
    }

    long integer() {
        return integer;
    }
}
