package io.vedette.model.frame;

/**
 * Mean and maximum of a gauge over a window: over the scrapes in it for a replica, over its own ticks for a model.
 *
 * @param count of the values, at least 1
 */
public record GaugeStats(double mean, double max, int count) {
    public GaugeStats {
        if (!(count >= 1)) {
            throw new IllegalArgumentException("statistics of nothing: " + count);
        }
    }
}
