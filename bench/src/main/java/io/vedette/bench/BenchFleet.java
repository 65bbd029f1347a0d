package io.vedette.bench;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.vedette.model.otlp.RecordWriter;
import io.vedette.model.sample.ScrapeFailure;
import io.vedette.model.sample.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/**
 * A fleet of distinct targets that are scraped every 5 s. Their bodies come in {@link #VARIANTS}, each with another load, place in the capture and
 * moment of its scrape, and targets that lie one behind the other in the topic never show the same one. A record is its target's resource and its
 * variant's metrics, so that ten thousand targets cost no more to build than the variants do. Thread-safe.
 */
final class BenchFleet {
    static final long INTERVAL_MILLIS = 5_000;
    /** Bodies that differ at each tick. */
    static final int VARIANTS = 500;
    /** Moments of an interval at which targets are scraped; those of one moment are every tenth. */
    static final int MOMENTS = 10;
    /** From a scrape to its record's append. */
    static final long APPEND_DELAY_MILLIS = 150;

    private static final int TARGETS_BY_MODEL = 20;
    private static final int LOADS = 9;
    private static final int STEPS_BETWEEN_VARIANTS = 7;
    private static final long CONTEXT_LENGTH = 8_192;
    private static final double DURATION_SECONDS = 0.012;
    private static final int RESOURCE_METRICS = 1;

    private final MovingScrapes scrapes;
    private final long beginMillis;
    private final Target[] targets;
    private final byte[][] resources;

    /**
     * A fleet.
     *
     * @param beginMillis when its first interval begins, Unix milliseconds
     */
    BenchFleet(MovingScrapes scrapes, int targets, long beginMillis) {
        this.scrapes = scrapes;
        this.beginMillis = beginMillis;
        this.targets = new Target[targets];
        this.resources = new byte[targets][];
        for (int i = 0; i < targets; i++) {
            this.targets[i] = target(i);
            this.resources[i] = resource(this.targets[i]);
        }
    }

    private static Target target(int index) {
        String node = "node-" + index / 8;
        return new Target(
                String.format(Locale.ROOT, "10.%d.%d.%d:8000", index >> 16, (index >> 8) & 255, index & 255),
                node,
                node,
                String.format(Locale.ROOT, "model-%04d", index / TARGETS_BY_MODEL),
                "both",
                Map.of("cluster", "bench"));
    }

    /** The target's resource as a field of {@code ResourceMetrics}. */
    private static byte[] resource(Target target) {
        byte[] record = RecordWriter.failure(target, ScrapeFailure.REFUSED, 0, Double.NaN, CONTEXT_LENGTH);
        return ResourceMetrics.newBuilder()
                .setResource(resourceMetrics(record).getResource())
                .build()
                .toByteArray();
    }

    private static ResourceMetrics resourceMetrics(byte[] record) {
        try {
            return ExportMetricsServiceRequest.parseFrom(record).getResourceMetrics(0);
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }

    int size() {
        return targets.length;
    }

    String key(int target) {
        return targets[target].instance();
    }

    /** When a target is scraped in an interval, Unix milliseconds. */
    long timeMillis(int target, int interval) {
        return beginMillis + interval * INTERVAL_MILLIS + 7 + (target % MOMENTS) * (INTERVAL_MILLIS / MOMENTS);
    }

    /** When the record of that scrape is appended. */
    long appendMillis(int target, int interval) {
        return timeMillis(target, interval) + APPEND_DELAY_MILLIS;
    }

    /** The variants' metrics in an interval, each as a field of {@code ResourceMetrics}. */
    byte[][] metrics(int interval) {
        byte[][] metrics = new byte[Math.min(VARIANTS, targets.length)][];
        for (int v = 0; v < metrics.length; v++) {
            byte[] record = RecordWriter.scrape(
                    targets[v],
                    scrapes.at(interval + v * STEPS_BETWEEN_VARIANTS, 1 + v % LOADS),
                    timeMillis(v, interval),
                    DURATION_SECONDS,
                    CONTEXT_LENGTH);
            metrics[v] = ResourceMetrics.newBuilder()
                    .addAllScopeMetrics(resourceMetrics(record).getScopeMetricsList())
                    .build()
                    .toByteArray();
        }
        return metrics;
    }

    /** A target's record out of the {@link #metrics} of its interval. */
    byte[] record(int target, byte[][] metrics) {
        byte[] resource = resources[target];
        byte[] ofVariant = metrics[target % VARIANTS];
        int content = resource.length + ofVariant.length;
        int size = CodedOutputStream.computeTagSize(RESOURCE_METRICS)
                + CodedOutputStream.computeUInt32SizeNoTag(content)
                + content;
        byte[] record = new byte[size];
        CodedOutputStream out = CodedOutputStream.newInstance(record);
        try {
            out.writeTag(RESOURCE_METRICS, 2);
            out.writeUInt32NoTag(content);
            out.writeRawBytes(resource);
            out.writeRawBytes(ofVariant);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return record;
    }
}
