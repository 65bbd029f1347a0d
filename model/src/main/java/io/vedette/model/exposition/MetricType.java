package io.vedette.model.exposition;

/** What a family's {@code TYPE} line says it is; {@link #UNKNOWN} without one. */
public enum MetricType {
    COUNTER("counter"),
    GAUGE("gauge"),
    HISTOGRAM("histogram"),
    GAUGE_HISTOGRAM("gaugehistogram"),
    /** The quantiles of a summary; its sum and count are families of their own, of type {@link #COUNTER}. */
    SUMMARY("summary"),
    INFO("info"),
    STATE_SET("stateset"),
    UNKNOWN("unknown");

    private final String keyword;

    MetricType(String keyword) {
        this.keyword = keyword;
    }

    /** The word on the {@code TYPE} line, in OpenMetrics' spelling. */
    public String keyword() {
        return keyword;
    }

    boolean isHistogram() {
        return this == HISTOGRAM || this == GAUGE_HISTOGRAM;
    }

    /** Whether OpenMetrics alone has this type: such a body must end in {@code # EOF}. */
    boolean isOpenMetricsOnly() {
        return this == GAUGE_HISTOGRAM || this == INFO || this == STATE_SET;
    }
}
