package io.vedette.model.exposition;

import java.util.List;

/** A family of histograms. Has at least one point; its points may have different bounds. */
public record HistogramFamily(String name, MetricType type, String unit, List<HistogramPoint> points)
        implements MetricFamily {

    public HistogramFamily {
        if (!type.isHistogram()) {
            throw new IllegalArgumentException("a family of histograms can't be a " + type.keyword() + ": " + name);
        }
        points = List.copyOf(points);
    }
}
