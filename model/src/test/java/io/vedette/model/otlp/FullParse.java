package io.vedette.model.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.sample.TargetScrape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a record means, said once more and plainly: protobuf-java parses it whole, and each rule is a step over all points. {@link RecordReader} is
 * held against this. It knows no limits.
 */
final class FullParse {
    private final Catalogue catalogue;

    FullParse(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    SampleRecord read(byte[] value) throws UnreadableRecord {
        ExportMetricsServiceRequest request;
        try {
            request = ExportMetricsServiceRequest.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new UnreadableRecord("malformed", e);
        }
        List<TargetScrape> scrapes = new ArrayList<>();
        List<AgentTargets> lists = new ArrayList<>();
        int untimed = 0;
        for (ResourceMetrics resource : request.getResourceMetricsList()) {
            Map<String, String> attributes = texts(resource.getResource().getAttributesList());
            if (attributes.getOrDefault("service.instance.id", "").isEmpty()) {
                list(attributes, resource).ifPresent(lists::add);
            } else {
                Optional<TargetScrape> scrape = new FullParseScrape(catalogue, resource, attributes).read();
                scrape.ifPresent(scrapes::add);
                untimed += scrape.isEmpty() ? 1 : 0;
            }
        }
        int unusable = request.getResourceMetricsCount() - scrapes.size() - lists.size();
        if (value.length > 0 && scrapes.isEmpty() && lists.isEmpty()) {
            throw new UnreadableRecord(
                    untimed > 0 ? UnreadableRecord.Reason.UNTIMED : UnreadableRecord.Reason.UNNAMED, "nothing usable");
        }
        return new SampleRecord(scrapes, lists, unusable);
    }

    private static Map<String, String> texts(List<KeyValue> attributes) {
        Map<String, String> texts = new HashMap<>();
        for (KeyValue attribute : attributes) {
            if (attribute.getValue().hasStringValue()) {
                texts.put(attribute.getKey(), attribute.getValue().getStringValue());
            }
        }
        return texts;
    }

    static Map<String, String> labels(List<KeyValue> attributes) {
        Map<String, String> labels = new HashMap<>();
        for (KeyValue attribute : attributes) {
            if (attribute.getValue().getStringValue().isEmpty()) {
                labels.remove(attribute.getKey());
            } else {
                labels.put(attribute.getKey(), attribute.getValue().getStringValue());
            }
        }
        return labels;
    }

    static Stream<Metric> metrics(ResourceMetrics resource) {
        return resource.getScopeMetricsList().stream().flatMap(scope -> scope.getMetricsList().stream());
    }

    static List<NumberDataPoint> numbers(Metric metric) {
        return Stream.concat(
                        metric.getGauge().getDataPointsList().stream(), metric.getSum().getDataPointsList().stream())
                .filter(p -> p.getValueCase() != NumberDataPoint.ValueCase.VALUE_NOT_SET && (p.getFlags() & 1) == 0)
                .toList();
    }

    static double value(NumberDataPoint point) {
        return point.hasAsInt() ? point.getAsInt() : point.getAsDouble();
    }

    private static Optional<AgentTargets> list(Map<String, String> attributes, ResourceMetrics resource) {
        String agent = attributes.getOrDefault("vedette.agent", "");
        List<Metric> lists = metrics(resource)
                .filter(m -> m.getName().equals("vedette_agent_target"))
                .toList();
        if (agent.isEmpty() || lists.isEmpty()) {
            return Optional.empty();
        }
        Set<String> instances = new HashSet<>();
        for (Metric metric : lists) {
            if (!isDelta(metric)) {
                for (NumberDataPoint point : numbers(metric)) {
                    String instance = labels(point.getAttributesList()).get("instance");
                    if (instance != null) {
                        instances.add(instance);
                    }
                }
            }
        }
        return Optional.of(new AgentTargets(agent, instances));
    }

    static boolean isDelta(Metric metric) {
        return metric.getSum().getAggregationTemporality() == AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA
                || metric.getHistogram().getAggregationTemporality()
                        == AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
    }

    static long millis(long nanos) {
        return Math.max(0, nanos) / 1_000_000;
    }
}
