package io.vedette.model.exposition;

import java.util.List;

/** A family whose series are plain numbers: any type but the two histograms. Has at least one point. */
public record NumberFamily(String name, MetricType type, String unit, List<NumberPoint> points)
        implements MetricFamily {

    public NumberFamily {
        if (type.isHistogram()) {
            throw new IllegalArgumentException("a family of numbers can't be a " + type.keyword() + ": " + name);
        }
        points = List.copyOf(points);
    }
}
