package io.vedette.model.otlp;

import java.io.IOException;

/** OTLP's {@code NumberDataPoint} that was read last. Not thread-safe. */
final class NumberPointReader {
    private static final int START_TIME = 17;
    private static final int TIME = 25;
    private static final int AS_DOUBLE = 33;
    private static final int AS_INT = 49;
    private static final int ATTRIBUTES = 58;
    private static final int FLAGS = 64;

    private double value;
    private boolean hasValue;
    private long startMillis;
    private long timeMillis;
    private int flags;

    /** Reads a point whose tag was read. */
    void read(Fields fields, PointLabels labels) throws IOException {
        hasValue = false;
        startMillis = 0;
        timeMillis = 0;
        flags = 0;
        labels.clear();
        int outer = fields.enter();
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            switch (tag) {
                case ATTRIBUTES -> labels.read(fields);
                case START_TIME -> startMillis = Nanos.toMillis(fields.fixed64());
                case TIME -> timeMillis = Nanos.toMillis(fields.fixed64());
                case AS_DOUBLE -> {
                    value = fields.float64();
                    hasValue = true;
                }
                case AS_INT -> {
                    value = fields.fixed64();
                    hasValue = true;
                }
                case FLAGS -> flags = fields.varint32();
                default -> fields.skip(tag);
            }
        }
        fields.leave(outer);
    }

    /** Whether it says only that there is no value. */
    boolean isStale() {
        return !hasValue || (flags & Nanos.NO_RECORDED_VALUE) != 0;
    }

    double value() {
        return value;
    }

    long timeMillis() {
        return timeMillis;
    }

    long startMillis() {
        return startMillis;
    }
}
