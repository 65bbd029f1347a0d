package io.vedette.model.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.catalogue.Meaning;
import io.vedette.model.histogram.Bounds;
import io.vedette.model.sample.CounterSample;
import io.vedette.model.sample.EngineScrape;
import io.vedette.model.sample.HistogramSample;
import io.vedette.model.sample.ScrapeFailure;
import io.vedette.model.sample.Target;
import io.vedette.model.sample.TargetScrape;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a record means, said once more and plainly: protobuf-java parses it whole, and each rule is a step over all points. {@link RecordReader} is
 * held against this. It knows no limits.
 */
final class FullParse {
    private final Catalogue catalogue;

    FullParse(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** A number or histogram that means something, before it is known whose the unlabelled ones are. */
    private record Point(
            @Nullable String engine,
            String model,
            Meaning meaning,
            String dimension,
            double value,
            @Nullable Bounds bounds,
            double[] counts,
            long startMillis) {}

    /** What a sample is found by. */
    private record Key(Signal signal, String dimension) {}

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
                Optional<TargetScrape> scrape = new OneScrape(resource, attributes).read();
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

    private static Map<String, String> labels(List<KeyValue> attributes) {
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

    private static Stream<Metric> metrics(ResourceMetrics resource) {
        return resource.getScopeMetricsList().stream().flatMap(scope -> scope.getMetricsList().stream());
    }

    private static List<NumberDataPoint> numbers(Metric metric) {
        return Stream.concat(
                        metric.getGauge().getDataPointsList().stream(), metric.getSum().getDataPointsList().stream())
                .filter(p -> p.getValueCase() != NumberDataPoint.ValueCase.VALUE_NOT_SET && (p.getFlags() & 1) == 0)
                .toList();
    }

    private static double value(NumberDataPoint point) {
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

    private static boolean isDelta(Metric metric) {
        return metric.getSum().getAggregationTemporality() == AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA
                || metric.getHistogram().getAggregationTemporality()
                        == AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
    }

    private static long millis(long nanos) {
        return Math.max(0, nanos) / 1_000_000;
    }

    /** The rules for one resource that names a target. */
    private final class OneScrape {
        private final ResourceMetrics resource;
        private final Map<String, String> attributes;
        private final List<Point> points = new ArrayList<>();
        private int dropped;
        private double up = 1;
        private String reason = "";
        private double duration = Double.NaN;
        private long processStart;
        private long upMillis;
        private long newestMillis;

        OneScrape(ResourceMetrics resource, Map<String, String> attributes) {
            this.resource = resource;
            this.attributes = attributes;
        }

        Optional<TargetScrape> read() {
            metrics(resource).forEach(this::metric);
            long time = upMillis > 0 ? upMillis : newestMillis;
            if (time == 0) {
                return Optional.empty();
            }
            if (!(up > 0)) {
                ScrapeFailure failure = ScrapeFailure.ofWord(reason).orElse(ScrapeFailure.BROKEN);
                return Optional.of(TargetScrape.failed(target(), time, failure, duration, contextLength()));
            }
            List<EngineScrape> engines = engines();
            return Optional.of(
                    new TargetScrape(target(), time, null, duration, processStart, contextLength(), engines, dropped));
        }

        private Target target() {
            Map<String, String> labels = new TreeMap<>();
            attributes.forEach((key, value) -> {
                if (key.startsWith("vedette.label.")) {
                    labels.put(key.substring("vedette.label.".length()), value);
                }
            });
            return new Target(
                    attributes.getOrDefault("service.instance.id", ""),
                    attributes.getOrDefault("host.name", ""),
                    attributes.getOrDefault("vedette.agent", ""),
                    attributes.getOrDefault("vedette.model_name", ""),
                    attributes.getOrDefault("vedette.role", "both"),
                    labels);
        }

        private long contextLength() {
            long length = 0;
            for (KeyValue attribute : resource.getResource().getAttributesList()) {
                if (attribute.getKey().equals("vedette.context_length")
                        && attribute.getValue().hasIntValue()) {
                    length = attribute.getValue().getIntValue();
                }
            }
            return Math.max(0, length);
        }

        private void metric(Metric metric) {
            List<Meaning> meanings = catalogue.meanings(metric.getName());
            boolean ours = Set.of("up", "scrape_duration_seconds", "process_start_time_seconds", "vedette_agent_target")
                    .contains(metric.getName());
            if (meanings.isEmpty() && !ours) {
                return;
            }
            if (metric.hasSummary() || metric.hasExponentialHistogram()) {
                dropped++;
            }
            for (NumberDataPoint point : numbers(metric)) {
                newestMillis = Math.max(newestMillis, millis(point.getTimeUnixNano()));
                if (isDelta(metric)) {
                    dropped++;
                } else if (ours) {
                    aboutScrape(metric.getName(), point);
                } else {
                    number(meanings, point);
                }
            }
            for (HistogramDataPoint point : metric.getHistogram().getDataPointsList()) {
                if ((point.getFlags() & 1) == 0) {
                    newestMillis = Math.max(newestMillis, millis(point.getTimeUnixNano()));
                    if (isDelta(metric) || ours) {
                        dropped++;
                    } else {
                        histogram(meanings, point);
                    }
                }
            }
        }

        private void aboutScrape(String name, NumberDataPoint point) {
            double value = value(point);
            switch (name) {
                case "up" -> {
                    up = value;
                    reason = labels(point.getAttributesList()).getOrDefault("reason", "");
                    upMillis = millis(point.getTimeUnixNano());
                }
                case "scrape_duration_seconds" ->
                    duration = value >= 0 && value < Double.POSITIVE_INFINITY ? value : Double.NaN;
                case "process_start_time_seconds" -> processStart = Math.max(processStart, Math.round(value * 1000));
                default -> {}
            }
        }

        private void number(List<Meaning> meanings, NumberDataPoint point) {
            Map<String, String> labels = labels(point.getAttributesList());
            for (Meaning meaning : meanings) {
                Optional<String> dimension = dimension(meaning, labels);
                if (dimension.isEmpty()) {
                    continue;
                }
                double value = value(point) * meaning.factor();
                if (meaning.signal().kind() == Signal.Kind.HISTOGRAM) {
                    dropped++;
                    continue;
                }
                boolean counter = meaning.signal().kind() == Signal.Kind.COUNTER;
                points.add(new Point(
                        first(meaning.labels().engine(), labels),
                        model(meaning, labels),
                        meaning,
                        dimension.get(),
                        counter && !(value >= 0 && Double.isFinite(value)) ? Double.NaN : value,
                        null,
                        new double[0],
                        millis(point.getStartTimeUnixNano())));
            }
        }

        private void histogram(List<Meaning> meanings, HistogramDataPoint point) {
            Map<String, String> labels = labels(point.getAttributesList());
            for (Meaning meaning : meanings) {
                if (dimension(meaning, labels).isEmpty()) {
                    continue;
                }
                if (meaning.signal().kind() != Signal.Kind.HISTOGRAM) {
                    dropped++;
                    continue;
                }
                double[] counts = point.getBucketCountsList().isEmpty()
                                && point.getExplicitBoundsList().isEmpty()
                        ? new double[] {point.getCount()}
                        : point.getBucketCountsList().stream()
                                .mapToDouble(Long::doubleValue)
                                .toArray();
                points.add(new Point(
                        first(meaning.labels().engine(), labels),
                        model(meaning, labels),
                        meaning,
                        "",
                        point.hasSum() ? point.getSum() * meaning.factor() : Double.NaN,
                        bounds(point, counts, meaning.factor()),
                        counts,
                        millis(point.getStartTimeUnixNano())));
            }
        }

        private static @Nullable Bounds bounds(HistogramDataPoint point, double[] counts, double factor) {
            for (double count : counts) {
                if (count < 0) {
                    return null;
                }
            }
            if (counts.length != point.getExplicitBoundsCount() + 1 || !Double.isFinite(point.getSum())) {
                return null;
            }
            try {
                return Bounds.of(point.getExplicitBoundsList().stream()
                        .mapToDouble(bound -> bound * factor)
                        .toArray());
            } catch (IllegalArgumentException e) {
                return null;
            }
        }

        private static Optional<String> dimension(Meaning meaning, Map<String, String> labels) {
            boolean foreign = meaning.labels().foreign().stream().anyMatch(labels::containsKey);
            boolean matches = meaning.where().entrySet().stream()
                    .allMatch(e -> e.getValue().equals(labels.get(e.getKey())));
            if (foreign || !matches) {
                return Optional.empty();
            }
            return meaning.dimensionLabels().isEmpty()
                    ? Optional.of(meaning.dimension())
                    : Optional.ofNullable(first(meaning.dimensionLabels(), labels));
        }

        private static @Nullable String first(List<String> names, Map<String, String> labels) {
            return names.stream()
                    .filter(labels::containsKey)
                    .findFirst()
                    .map(labels::get)
                    .orElse(null);
        }

        private static String model(Meaning meaning, Map<String, String> labels) {
            String model = first(meaning.labels().modelName(), labels);
            return model == null ? "" : model;
        }

        private List<EngineScrape> engines() {
            TreeMap<String, List<Point>> byEngine = new TreeMap<>();
            List<Point> unlabelled = new ArrayList<>();
            for (Point point : points) {
                (point.engine() == null ? unlabelled : byEngine.computeIfAbsent(point.engine(), e -> new ArrayList<>()))
                        .add(point);
            }
            if (!unlabelled.isEmpty()) {
                String first = byEngine.isEmpty() ? "0" : byEngine.firstKey();
                byEngine.computeIfAbsent(first, e -> new ArrayList<>()).addAll(unlabelled);
            }
            List<EngineScrape> engines = new ArrayList<>();
            byEngine.forEach((engine, own) -> engines.add(engine(engine, own)));
            return engines;
        }

        private EngineScrape engine(String engine, List<Point> own) {
            Map<Signal, Integer> best = new HashMap<>();
            own.forEach(p -> best.merge(p.meaning().signal(), p.meaning().source(), Math::min));
            Map<Key, List<Point>> samples = new LinkedHashMap<>();
            Stream.of(Signal.values()).forEach(signal -> own.stream()
                    .filter(p -> p.meaning().signal() == signal
                            && Integer.valueOf(p.meaning().source()).equals(best.get(signal)))
                    .sorted(Comparator.comparing(Point::dimension))
                    .forEach(p -> samples.computeIfAbsent(new Key(signal, p.dimension()), k -> new ArrayList<>())
                            .add(p)));
            List<CounterSample> counters = new ArrayList<>();
            List<HistogramSample> histograms = new ArrayList<>();
            Gauges.Builder gauges = Gauges.builder();
            samples.forEach((key, same) -> {
                int source = same.get(0).meaning().source();
                long start = same.stream()
                        .mapToLong(Point::startMillis)
                        .filter(s -> s > 0)
                        .min()
                        .orElse(0);
                double sum = sum(same);
                switch (key.signal().kind()) {
                    case COUNTER -> {
                        if (sum >= 0 && Double.isFinite(sum)) {
                            counters.add(new CounterSample(key.signal(), key.dimension(), sum, start, source));
                        } else {
                            dropped++;
                        }
                    }
                    case GAUGE -> {
                        double value = key.signal().fold() == Signal.Fold.SUM
                                ? sum
                                : same.stream()
                                        .mapToDouble(Point::value)
                                        .reduce(Math::max)
                                        .orElse(Double.NaN);
                        gauges.set(key.signal(), Double.isInfinite(value) ? Double.NaN : value);
                        dropped += Double.isInfinite(value) ? 1 : 0;
                    }
                    case HISTOGRAM -> {
                        Bounds bounds = same.get(0).bounds();
                        if (bounds == null
                                || !same.stream().allMatch(p -> Objects.equals(bounds, p.bounds()))
                                || !Double.isFinite(sum)) {
                            dropped++;
                        } else {
                            histograms.add(new HistogramSample(key.signal(), bounds, counts(same), sum, start, source));
                        }
                    }
                }
            });
            String model = own.stream()
                    .map(Point::model)
                    .filter(m -> !m.isEmpty())
                    .findFirst()
                    .orElse("");
            return new EngineScrape(engine, model, counters, gauges.build(), histograms);
        }

        /** What has the engine's label first, so that rounding is the same. */
        private static double sum(List<Point> points) {
            double[] sums = new double[2];
            for (Point point : points) {
                sums[point.engine() == null ? 1 : 0] += point.value();
            }
            return sums[0] + sums[1];
        }

        private static double[] counts(List<Point> points) {
            double[] counts = new double[points.get(0).counts().length];
            for (Point point : points) {
                for (int i = 0; i < counts.length; i++) {
                    counts[i] += point.counts()[i];
                }
            }
            return counts;
        }
    }
}
