package io.vedette.model.frame;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One of the cards that a frame is about: of a card its own, of a node or of a replica's cards each of them.
 *
 * @param gpu index on its node; empty where unknown
 * @param uuid empty where unknown
 * @param product name of the product; empty where unknown
 * @param memoryUsed mean of the memory used in each of the frame's windows, bytes; NaN where unknown
 * @param utilization mean of the utilization in each of the frame's windows; NaN where unknown
 */
public record Gpu(String gpu, String uuid, String product, double[] memoryUsed, double[] utilization) {
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Gpu that
                && gpu.equals(that.gpu)
                && uuid.equals(that.uuid)
                && product.equals(that.product)
                && Arrays.equals(memoryUsed, that.memoryUsed)
                && Arrays.equals(utilization, that.utilization);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * uuid.hashCode() + Arrays.hashCode(memoryUsed)) + Arrays.hashCode(utilization);
    }

    @Override
    public String toString() {
        return "Gpu[gpu=" + gpu + ", uuid=" + uuid + ", product=" + product + ", memoryUsed="
                + Arrays.toString(memoryUsed) + ", utilization=" + Arrays.toString(utilization) + ']';
    }
}
