package io.vedette.model.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import io.vedette.model.histogram.Bounds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** OTLP's {@code HistogramDataPoint} that was read last. Not thread-safe. */
final class HistogramPointReader {
    private static final int START_TIME = 17;
    private static final int TIME = 25;
    private static final int COUNT = 33;
    private static final int SUM = 41;
    private static final int BUCKET_COUNTS = 50;
    private static final int BUCKET_COUNT = 49;
    private static final int EXPLICIT_BOUNDS = 58;
    private static final int EXPLICIT_BOUND = 57;
    private static final int ATTRIBUTES = 74;
    private static final int FLAGS = 80;

    private final BoundsCache cache = new BoundsCache();
    private byte[] boundBytes = new byte[64 * Double.BYTES];
    private int boundLength;
    private long[] bucketCounts = new long[64];
    private int buckets;
    private long count;
    private double sum;
    private long startMillis;
    private long timeMillis;
    private int flags;

    /** Reads a point whose tag was read. */
    void read(Fields fields, PointLabels labels) throws IOException {
        boundLength = 0;
        buckets = 0;
        count = 0;
        sum = Double.NaN;
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
                case COUNT -> count = fields.fixed64();
                case SUM -> sum = fields.float64();
                case BUCKET_COUNTS -> {
                    int inner = fields.enter();
                    while (!fields.atEnd()) {
                        addCount(fields.fixed64());
                    }
                    fields.leave(inner);
                }
                case BUCKET_COUNT -> addCount(fields.fixed64());
                case EXPLICIT_BOUNDS -> {
                    fields.slice();
                    if (fields.sliceLength() % Double.BYTES != 0) {
                        throw new InvalidProtocolBufferException("bounds are cut off");
                    }
                    reserveBounds(fields.sliceLength());
                    System.arraycopy(
                            fields.bytes(), fields.sliceOffset(), boundBytes, boundLength, fields.sliceLength());
                    boundLength += fields.sliceLength();
                }
                case EXPLICIT_BOUND -> {
                    reserveBounds(Double.BYTES);
                    ByteBuffer.wrap(boundBytes).order(ByteOrder.LITTLE_ENDIAN).putLong(boundLength, fields.fixed64());
                    boundLength += Double.BYTES;
                }
                case FLAGS -> flags = fields.varint32();
                default -> fields.skip(tag);
            }
        }
        fields.leave(outer);
    }

    private void addCount(long bucketCount) {
        if (buckets == bucketCounts.length) {
            bucketCounts = Arrays.copyOf(bucketCounts, buckets * 2);
        }
        bucketCounts[buckets++] = bucketCount;
    }

    private void reserveBounds(int length) {
        if (boundLength + length > boundBytes.length) {
            boundBytes = Arrays.copyOf(boundBytes, Math.max(boundLength + length, boundBytes.length * 2));
        }
    }

    /** Whether it says only that there is no value. */
    boolean isStale() {
        return (flags & Nanos.NO_RECORDED_VALUE) != 0;
    }

    long timeMillis() {
        return timeMillis;
    }

    long startMillis() {
        return startMillis;
    }

    /** The sum of the observed values; NaN where it is missing. */
    double sum() {
        return sum;
    }

    /** The bounds times a factor; null where they, the counts or the sum make no sense. */
    @Nullable
    Bounds bounds(double factor) {
        int finite = boundLength / Double.BYTES;
        boolean countOnly = buckets == 0 && finite == 0 && count >= 0;
        if (!(countOnly || buckets == finite + 1) || !Double.isFinite(sum)) {
            return null;
        }
        for (int i = 0; i < buckets; i++) {
            if (bucketCounts[i] < 0) {
                return null;
            }
        }
        return cache.bounds(boundBytes, boundLength, factor);
    }

    /** Observations per bucket, as an array of their own. */
    double[] counts() {
        if (buckets == 0) {
            return new double[] {count};
        }
        double[] counts = new double[buckets];
        for (int i = 0; i < buckets; i++) {
            counts[i] = bucketCounts[i];
        }
        return counts;
    }
}
