package io.vedette.model.otlp;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import java.util.ArrayList;
import java.util.List;

/** OTLP messages by hand, as a Collector writes them. */
final class Otlp {
    static final long TIME_MILLIS = 1_795_509_894_389L;
    static final long START_MILLIS = 1_795_509_000_000L;

    private Otlp() {}

    static byte[] record(ResourceMetrics... resources) {
        return ExportMetricsServiceRequest.newBuilder()
                .addAllResourceMetrics(List.of(resources))
                .build()
                .toByteArray();
    }

    /** What a Collector's Prometheus receiver says of a target. */
    static ResourceMetrics scrape(String instance, Metric... metrics) {
        ResourceMetrics.Builder resource = ResourceMetrics.newBuilder();
        resource.getResourceBuilder()
                .addAttributes(RecordWriter.text("service.name", "vllm"))
                .addAttributes(RecordWriter.text("service.instance.id", instance));
        return resource.addScopeMetrics(ScopeMetrics.newBuilder()
                        .addAllMetrics(List.of(metrics))
                        .addMetrics(gauge("up", number(1))))
                .build();
    }

    static Metric gauge(String name, NumberDataPoint... points) {
        return Metric.newBuilder()
                .setName(name)
                .setGauge(Gauge.newBuilder().addAllDataPoints(List.of(points)))
                .build();
    }

    static Metric counter(String name, NumberDataPoint... points) {
        return Metric.newBuilder()
                .setName(name)
                .setSum(Sum.newBuilder()
                        .setIsMonotonic(true)
                        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                        .addAllDataPoints(List.of(points)))
                .build();
    }

    static Metric histogram(String name, HistogramDataPoint... points) {
        return Metric.newBuilder()
                .setName(name)
                .setHistogram(Histogram.newBuilder()
                        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                        .addAllDataPoints(List.of(points)))
                .build();
    }

    /** @param labels name, value, name, value, … */
    static NumberDataPoint number(double value, String... labels) {
        return NumberDataPoint.newBuilder()
                .addAllAttributes(attributes(labels))
                .setStartTimeUnixNano(START_MILLIS * 1_000_000)
                .setTimeUnixNano(TIME_MILLIS * 1_000_000)
                .setAsDouble(value)
                .build();
    }

    /** Observations in buckets up to 1, up to 2 and above; their sum is 10. */
    static HistogramDataPoint observations(List<Long> counts, String... labels) {
        return HistogramDataPoint.newBuilder()
                .addAllAttributes(attributes(labels))
                .setStartTimeUnixNano(START_MILLIS * 1_000_000)
                .setTimeUnixNano(TIME_MILLIS * 1_000_000)
                .addAllExplicitBounds(List.of(1.0, 2.0))
                .addAllBucketCounts(counts)
                .setCount(counts.stream().mapToLong(Long::longValue).sum())
                .setSum(10)
                .build();
    }

    static List<KeyValue> attributes(String... labels) {
        List<KeyValue> attributes = new ArrayList<>();
        for (int i = 0; i < labels.length; i += 2) {
            attributes.add(RecordWriter.text(labels[i], labels[i + 1]));
        }
        return attributes;
    }
}
