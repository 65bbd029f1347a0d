package io.vedette.model.exposition;

/** All series of one name: numbers or histograms. Immutable; series are in the order of the body. */
public sealed interface MetricFamily permits NumberFamily, HistogramFamily {

    /**
     * The name on the wire: of the samples themselves for numbers (with {@code _total} in OpenMetrics too), and without
     * {@code _bucket}, {@code _sum} and {@code _count} for histograms.
     */
    String name();

    MetricType type();

    /** OpenMetrics' unit, such as {@code seconds}; empty where none is given, as in the text format always. */
    String unit();
}
