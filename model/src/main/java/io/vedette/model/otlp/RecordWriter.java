package io.vedette.model.otlp;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.vedette.model.exposition.Scrape;
import io.vedette.model.sample.ScrapeFailure;
import io.vedette.model.sample.Target;
import java.util.Collection;
import java.util.TreeSet;

/**
 * Writes records of {@code vedette.samples}: OTLP metrics as an OpenTelemetry Collector with Prometheus receiver and Kafka exporter writes them, with
 * what only the agent knows as resource attributes {@code vedette.*}.
 */
public final class RecordWriter {
    private static final InstrumentationScope SCOPE =
            InstrumentationScope.newBuilder().setName("vedette").build();
    private static final String SERVICE = "vllm";

    private RecordWriter() {}

    /**
     * A good scrape: all metrics of its body, {@code up} 1 and how long it took.
     *
     * @param timeMillis the scrape's time, Unix milliseconds; that of every point
     * @param durationSeconds NaN where unknown
     * @param contextLength longest context of the served model in tokens; 0 where unknown
     */
    public static byte[] scrape(
            Target target, Scrape body, long timeMillis, double durationSeconds, long contextLength) {
        ScopeMetrics.Builder metrics = ScopeMetrics.newBuilder().setScope(SCOPE);
        BodyMetrics.addAll(metrics, body.families(), timeMillis);
        metrics.addMetrics(gauge(RecordNames.UP, point(1, timeMillis)));
        addDuration(metrics, durationSeconds, timeMillis);
        return record(resource(target, contextLength), metrics);
    }

    /** A scrape that failed: {@code up} 0 with the reason, and how long it took; parameters as in {@link #scrape}. */
    public static byte[] failure(
            Target target, ScrapeFailure failure, long timeMillis, double durationSeconds, long contextLength) {
        ScopeMetrics.Builder metrics = ScopeMetrics.newBuilder().setScope(SCOPE);
        NumberDataPoint.Builder up = point(0, timeMillis).addAttributes(text(RecordNames.REASON_LABEL, failure.word()));
        metrics.addMetrics(gauge(RecordNames.UP, up));
        addDuration(metrics, durationSeconds, timeMillis);
        return record(resource(target, contextLength), metrics);
    }

    /**
     * All targets that an agent has at the moment; none is a list too.
     *
     * @param agent not empty
     * @param timeMillis Unix milliseconds
     */
    public static byte[] targets(String agent, Collection<String> instances, long timeMillis) {
        if (agent.isEmpty()) {
            throw new IllegalArgumentException("a list of targets needs its agent's name");
        }
        Gauge.Builder points = Gauge.newBuilder();
        for (String instance : new TreeSet<>(instances)) {
            points.addDataPoints(point(1, timeMillis).addAttributes(text(RecordNames.INSTANCE_LABEL, instance)));
        }
        ScopeMetrics.Builder metrics = ScopeMetrics.newBuilder()
                .setScope(SCOPE)
                .addMetrics(
                        Metric.newBuilder().setName(RecordNames.AGENT_TARGET).setGauge(points));
        return record(Resource.newBuilder().addAttributes(text(RecordNames.AGENT, agent)), metrics);
    }

    private static void addDuration(ScopeMetrics.Builder metrics, double seconds, long timeMillis) {
        if (!Double.isNaN(seconds)) {
            metrics.addMetrics(gauge(RecordNames.SCRAPE_DURATION, point(seconds, timeMillis)));
        }
    }

    private static Resource.Builder resource(Target target, long contextLength) {
        Resource.Builder resource = Resource.newBuilder();
        resource.addAttributes(text(RecordNames.INSTANCE, target.instance()));
        resource.addAttributes(text(RecordNames.SERVICE, SERVICE));
        addKnown(resource, RecordNames.NODE, target.node());
        addKnown(resource, RecordNames.AGENT, target.agent());
        addKnown(resource, RecordNames.ROLE, target.role());
        addKnown(resource, RecordNames.MODEL_NAME, target.modelName());
        addKnown(resource, RecordNames.GPUS, String.join(",", target.gpus()));
        if (contextLength > 0) {
            resource.addAttributes(KeyValue.newBuilder()
                    .setKey(RecordNames.CONTEXT_LENGTH)
                    .setValue(AnyValue.newBuilder().setIntValue(contextLength)));
        }
        target.labels().forEach((name, value) -> resource.addAttributes(text(RecordNames.LABEL_PREFIX + name, value)));
        return resource;
    }

    private static void addKnown(Resource.Builder resource, String key, String value) {
        if (!value.isEmpty()) {
            resource.addAttributes(text(key, value));
        }
    }

    private static Metric gauge(String name, NumberDataPoint.Builder point) {
        return Metric.newBuilder()
                .setName(name)
                .setGauge(Gauge.newBuilder().addDataPoints(point))
                .build();
    }

    private static NumberDataPoint.Builder point(double value, long timeMillis) {
        return NumberDataPoint.newBuilder().setAsDouble(value).setTimeUnixNano(Nanos.ofMillis(timeMillis));
    }

    static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static byte[] record(Resource.Builder resource, ScopeMetrics.Builder metrics) {
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(
                        ResourceMetrics.newBuilder().setResource(resource).addScopeMetrics(metrics))
                .build()
                .toByteArray();
    }
}
