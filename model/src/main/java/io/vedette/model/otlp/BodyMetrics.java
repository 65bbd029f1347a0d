package io.vedette.model.otlp;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.vedette.model.exposition.HistogramFamily;
import io.vedette.model.exposition.HistogramPoint;
import io.vedette.model.exposition.Labels;
import io.vedette.model.exposition.MetricFamily;
import io.vedette.model.exposition.MetricType;
import io.vedette.model.exposition.NumberFamily;
import io.vedette.model.exposition.NumberPoint;
import java.util.ArrayList;
import java.util.List;

/**
 * A body's families as OTLP metrics, under their names on the wire: counters as monotonic cumulative sums, histograms with counts per bucket, all else
 * as gauges. What counts started when its {@code _created} says, else with the process.
 */
final class BodyMetrics {
    private final long timeNanos;
    private final long processStartNanos;

    private BodyMetrics(long timeNanos, long processStartNanos) {
        this.timeNanos = timeNanos;
        this.processStartNanos = processStartNanos;
    }

    static void addAll(ScopeMetrics.Builder metrics, List<MetricFamily> families, long timeMillis) {
        BodyMetrics body = new BodyMetrics(Nanos.ofMillis(timeMillis), processStartNanos(families));
        for (MetricFamily family : families) {
            metrics.addMetrics(body.metric(family));
        }
    }

    private static long processStartNanos(List<MetricFamily> families) {
        for (MetricFamily family : families) {
            if (family instanceof NumberFamily numbers && family.name().equals(RecordNames.PROCESS_START)) {
                return Nanos.ofMillis(Math.round(numbers.points().get(0).value() * 1000));
            }
        }
        return 0;
    }

    private Metric.Builder metric(MetricFamily family) {
        Metric.Builder metric = Metric.newBuilder().setName(family.name()).setUnit(family.unit());
        if (family instanceof HistogramFamily histograms) {
            return metric.setHistogram(histogram(histograms));
        }
        NumberFamily numbers = (NumberFamily) family;
        return numbers.type() == MetricType.COUNTER ? metric.setSum(sum(numbers)) : metric.setGauge(gauge(numbers));
    }

    private Gauge.Builder gauge(NumberFamily family) {
        Gauge.Builder gauge = Gauge.newBuilder();
        for (NumberPoint point : family.points()) {
            gauge.addDataPoints(NumberDataPoint.newBuilder()
                    .addAllAttributes(attributes(point.labels()))
                    .setTimeUnixNano(timeNanos)
                    .setAsDouble(point.value()));
        }
        return gauge;
    }

    private Sum.Builder sum(NumberFamily family) {
        Sum.Builder sum = Sum.newBuilder()
                .setIsMonotonic(true)
                .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        for (NumberPoint point : family.points()) {
            sum.addDataPoints(NumberDataPoint.newBuilder()
                    .addAllAttributes(attributes(point.labels()))
                    .setStartTimeUnixNano(startNanos(point.startMillis()))
                    .setTimeUnixNano(timeNanos)
                    .setAsDouble(point.value()));
        }
        return sum;
    }

    /** A gauge histogram has no temporality that OTLP has a word for: it stays unspecified. */
    private Histogram.Builder histogram(HistogramFamily family) {
        Histogram.Builder histogram = Histogram.newBuilder();
        boolean cumulative = family.type() == MetricType.HISTOGRAM;
        if (cumulative) {
            histogram.setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        }
        for (HistogramPoint point : family.points()) {
            histogram.addDataPoints(histogramPoint(point, cumulative));
        }
        return histogram;
    }

    /** Counts are rounded before they are subtracted, so that their total stays right. */
    private HistogramDataPoint.Builder histogramPoint(HistogramPoint point, boolean cumulative) {
        HistogramDataPoint.Builder data = HistogramDataPoint.newBuilder()
                .addAllAttributes(attributes(point.labels()))
                .setStartTimeUnixNano(cumulative ? startNanos(point.startMillis()) : 0)
                .setTimeUnixNano(timeNanos)
                .setCount(Math.round(point.count()));
        if (!Double.isNaN(point.sum())) {
            data.setSum(point.sum());
        }
        long below = 0;
        for (int i = 0; i <= point.boundCount(); i++) {
            long upTo = Math.round(point.cumulativeCount(i));
            data.addBucketCounts(upTo - below);
            below = upTo;
            if (i < point.boundCount()) {
                data.addExplicitBounds(point.bound(i));
            }
        }
        return data;
    }

    private long startNanos(long startMillis) {
        return startMillis > 0 ? Nanos.ofMillis(startMillis) : processStartNanos;
    }

    private static List<KeyValue> attributes(Labels labels) {
        List<KeyValue> attributes = new ArrayList<>(labels.size());
        for (int i = 0; i < labels.size(); i++) {
            attributes.add(RecordWriter.text(labels.name(i), labels.value(i)));
        }
        return attributes;
    }
}
