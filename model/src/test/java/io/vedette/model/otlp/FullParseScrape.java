package io.vedette.model.otlp;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.vedette.model.catalogue.CardLabels;
import io.vedette.model.catalogue.CardMeaning;
import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.catalogue.Meaning;
import io.vedette.model.histogram.Bounds;
import io.vedette.model.sample.CardScrape;
import io.vedette.model.sample.EngineScrape;
import io.vedette.model.sample.ScrapeFailure;
import io.vedette.model.sample.Target;
import io.vedette.model.sample.TargetScrape;
import io.vedette.model.signal.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules for one resource that names a target. */
final class FullParseScrape {
    private final Catalogue catalogue;
    private final ResourceMetrics resource;
    private final Map<String, String> attributes;
    private final List<FullParseEngines.Point> points = new ArrayList<>();
    private final FullParseCards cards = new FullParseCards();
    private int dropped;
    private int foreign;
    private double up = 1;
    private String reason = "";
    private double duration = Double.NaN;
    private long processStart;
    private long upMillis;
    private long newestMillis;

    FullParseScrape(Catalogue catalogue, ResourceMetrics resource, Map<String, String> attributes) {
        this.catalogue = catalogue;
        this.resource = resource;
        this.attributes = attributes;
    }

    Optional<TargetScrape> read() {
        FullParse.metrics(resource).forEach(this::metric);
        long time = upMillis > 0 ? upMillis : newestMillis;
        if (time == 0) {
            return Optional.empty();
        }
        if (!(up > 0)) {
            ScrapeFailure failure = ScrapeFailure.ofWord(reason).orElse(ScrapeFailure.BROKEN);
            return Optional.of(TargetScrape.failed(target(), time, failure, duration, contextLength()));
        }
        FullParseEngines assembled = new FullParseEngines(points);
        List<EngineScrape> engines = assembled.engines();
        List<CardScrape> shown = cards.cards();
        return Optional.of(new TargetScrape(
                target(),
                time,
                null,
                duration,
                processStart,
                contextLength(),
                engines,
                shown,
                dropped + assembled.dropped() + cards.dropped(),
                foreign));
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
                Stream.of(attributes.getOrDefault("vedette.gpus", "").split(",", -1))
                        .map(String::strip)
                        .filter(gpu -> !gpu.isEmpty())
                        .toList(),
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
        boolean ours = Set.of(
                        "up",
                        "scrape_duration_seconds",
                        "process_start_time_seconds",
                        "vedette_agent_target",
                        "vedette_gpu_owner")
                .contains(metric.getName());
        List<CardMeaning> ofCards = catalogue.cardMeanings().getOrDefault(metric.getName(), List.of());
        CardLabels description = catalogue.cardDescriptions().get(metric.getName());
        boolean describes = description != null && meanings.isEmpty() && ofCards.isEmpty();
        if (meanings.isEmpty() && !ours && ofCards.isEmpty() && !describes) {
            return;
        }
        if (metric.hasSummary() || metric.hasExponentialHistogram()) {
            dropped++;
        }
        for (NumberDataPoint point : FullParse.numbers(metric)) {
            newestMillis = Math.max(newestMillis, FullParse.millis(point.getTimeUnixNano()));
            if (FullParse.isDelta(metric)) {
                dropped++;
            } else if (ours) {
                aboutScrape(metric.getName(), point);
            } else if (description != null && describes) {
                cards.describe(description, FullParse.labels(point.getAttributesList()));
            } else {
                number(meanings, point);
                if (!ofCards.isEmpty()) {
                    cards.number(
                            ofCards,
                            FullParse.labels(point.getAttributesList()),
                            FullParse.value(point),
                            FullParse.millis(point.getStartTimeUnixNano()));
                }
            }
        }
        for (HistogramDataPoint point : metric.getHistogram().getDataPointsList()) {
            if ((point.getFlags() & 1) == 0) {
                newestMillis = Math.max(newestMillis, FullParse.millis(point.getTimeUnixNano()));
                if (FullParse.isDelta(metric) || ours || !ofCards.isEmpty() || describes) {
                    dropped++;
                } else {
                    histogram(meanings, point);
                }
            }
        }
    }

    private void aboutScrape(String name, NumberDataPoint point) {
        double value = FullParse.value(point);
        switch (name) {
            case "up" -> {
                up = value;
                reason = FullParse.labels(point.getAttributesList()).getOrDefault("reason", "");
                upMillis = FullParse.millis(point.getTimeUnixNano());
            }
            case "scrape_duration_seconds" ->
                duration = value >= 0 && value < Double.POSITIVE_INFINITY ? value : Double.NaN;
            case "vedette_gpu_owner" -> {
                if (value > 0) {
                    cards.owner(RecordNames.OUR_CARD_LABELS, FullParse.labels(point.getAttributesList()));
                }
            }
            case "process_start_time_seconds" -> processStart = Math.max(processStart, Math.round(value * 1000));
            default -> {}
        }
    }

    private void number(List<Meaning> meanings, NumberDataPoint point) {
        Map<String, String> labels = FullParse.labels(point.getAttributesList());
        foreign += meanings.stream().anyMatch(meaning -> isForeign(meaning, labels)) ? 1 : 0;
        for (Meaning meaning : meanings) {
            Optional<String> dimension = dimension(meaning, labels);
            if (dimension.isEmpty()) {
                continue;
            }
            double value = value(meaning, labels, FullParse.value(point));
            if (meaning.signal().kind() == Signal.Kind.HISTOGRAM) {
                dropped++;
                continue;
            }
            boolean counter = meaning.signal().kind() == Signal.Kind.COUNTER;
            points.add(new FullParseEngines.Point(
                    Optional.ofNullable(first(meaning.labels().replica(), labels))
                            .orElse(""),
                    first(meaning.labels().engine(), labels),
                    model(meaning, labels),
                    meaning,
                    dimension.get(),
                    counter && !(value >= 0 && Double.isFinite(value)) ? Double.NaN : value,
                    null,
                    new double[0],
                    FullParse.millis(point.getStartTimeUnixNano())));
        }
    }

    private static double value(Meaning meaning, Map<String, String> labels, double sample) {
        if (meaning.valueLabel().isEmpty()) {
            return sample * meaning.factor();
        }
        String text = labels.get(meaning.valueLabel());
        try {
            return text == null ? meaning.otherwise() : Double.parseDouble(text) * meaning.factor();
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private void histogram(List<Meaning> meanings, HistogramDataPoint point) {
        Map<String, String> labels = FullParse.labels(point.getAttributesList());
        foreign += meanings.stream().anyMatch(meaning -> isForeign(meaning, labels)) ? 1 : 0;
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
            points.add(new FullParseEngines.Point(
                    Optional.ofNullable(first(meaning.labels().replica(), labels))
                            .orElse(""),
                    first(meaning.labels().engine(), labels),
                    model(meaning, labels),
                    meaning,
                    "",
                    point.hasSum() ? point.getSum() * meaning.factor() : Double.NaN,
                    bounds(point, counts, meaning.factor()),
                    counts,
                    FullParse.millis(point.getStartTimeUnixNano())));
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

    private static boolean isForeign(Meaning meaning, Map<String, String> labels) {
        return meaning.labels().foreign().stream().anyMatch(labels::containsKey);
    }

    private static Optional<String> dimension(Meaning meaning, Map<String, String> labels) {
        boolean matches =
                meaning.where().entrySet().stream().allMatch(e -> e.getValue().equals(labels.get(e.getKey())));
        boolean excluded = meaning.without().stream().anyMatch(labels::containsKey);
        if (isForeign(meaning, labels) || excluded || !matches) {
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
}
