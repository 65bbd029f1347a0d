package io.vedette.model.otlp;

import io.vedette.model.histogram.Bounds;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bounds by their bytes on the wire, so that the bounds of a histogram that is scraped again and again are one object. Not thread-safe. */
final class BoundsCache {
    private static final int CAPACITY = 1024;

    private final ByteTable<Optional<Bounds>> known = new ByteTable<>(CAPACITY);
    private byte[] key = new byte[256];

    /**
     * The bounds in the signal's unit.
     *
     * @param bytes finite bounds as little-endian doubles
     * @param factor what they are multiplied with
     * @return null where they do not ascend or are not finite
     */
    @Nullable
    Bounds bounds(byte[] bytes, int length, double factor) {
        int keyLength = length + Double.BYTES;
        if (keyLength > key.length) {
            key = new byte[keyLength * 2];
        }
        System.arraycopy(bytes, 0, key, 0, length);
        ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN).putDouble(length, factor);
        Optional<Bounds> found = known.get(key, 0, keyLength);
        if (found == null) {
            found = decode(bytes, length, factor);
            known.put(Arrays.copyOf(key, keyLength), found);
        }
        return found.orElse(null);
    }

    private static Optional<Bounds> decode(byte[] bytes, int length, double factor) {
        double[] finite = new double[length / Double.BYTES];
        ByteBuffer.wrap(bytes, 0, length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer()
                .get(finite);
        for (int i = 0; i < finite.length; i++) {
            finite[i] *= factor;
            if (!Double.isFinite(finite[i]) || (i > 0 && !(finite[i] > finite[i - 1]))) {
                return Optional.empty();
            }
        }
        return Optional.of(Bounds.of(finite));
    }
}
