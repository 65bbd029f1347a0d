package io.vedette.model.otlp;

import io.vedette.model.catalogue.CardLabels;
import io.vedette.model.catalogue.CardMeaning;
import io.vedette.model.sample.Card;
import io.vedette.model.sample.CardScrape;
import io.vedette.model.sample.CardSign;
import io.vedette.model.sample.CounterSample;
import io.vedette.model.signal.ClocksEvent;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules for cards, as plainly as can be. */
final class FullParseCards {
    private final List<Point> points = new ArrayList<>();
    private int dropped;

    /** A point that says something about a card; without a meaning it only names it. */
    private record Point(
            String uuid,
            Map<String, String> labels,
            CardLabels names,
            @Nullable CardMeaning meaning,
            double value,
            long start,
            @Nullable String owner) {
        String name(List<String> byPreference) {
            return first(byPreference, labels);
        }

        String gpu() {
            return name(names.gpu()).replaceFirst("^(?:nvidia|cuda:|gpu)(\\d+)$", "$1");
        }

        String card() {
            return uuid.isEmpty() ? "index " + gpu() : uuid;
        }
    }

    private static String first(List<String> byPreference, Map<String, String> labels) {
        return byPreference.stream()
                .map(labels::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }

    void number(List<CardMeaning> meanings, Map<String, String> labels, double value, long start) {
        boolean blank = (value >= 2147483632L && value <= 2147483647L)
                || (value >= 140737488355328.0 && value <= 140737488355343.0)
                || value >= 0x7ffffffffffffff0L;
        if (blank) {
            dropped++;
        } else {
            meanings.forEach(meaning -> add(labels, meaning.labels(), meaning, value, start, null));
        }
    }

    void describe(CardLabels names, Map<String, String> labels) {
        add(labels, names, null, 0, 0, null);
    }

    void owner(CardLabels names, Map<String, String> labels) {
        add(labels, names, null, 0, 0, labels.get("instance"));
    }

    private void add(
            Map<String, String> labels,
            CardLabels names,
            @Nullable CardMeaning meaning,
            double value,
            long start,
            @Nullable String owner) {
        String uuid = first(names.uuid(), labels);
        if (uuid.matches("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")) {
            uuid = "GPU-" + uuid.toLowerCase(Locale.ROOT);
        }
        String mig = first(names.mig(), labels);
        if (!mig.isEmpty() && !uuid.isEmpty() && !uuid.startsWith("MIG-")) {
            uuid = uuid + "/" + mig;
        }
        Point point = new Point(uuid, labels, names, meaning, value, start, owner);
        if (uuid.isEmpty() && point.gpu().isEmpty()) {
            dropped++;
        } else {
            points.add(point);
        }
    }

    int dropped() {
        return dropped;
    }

    List<CardScrape> cards() {
        Map<String, List<Point>> byCard = new LinkedHashMap<>();
        points.forEach(point ->
                byCard.computeIfAbsent(point.card(), card -> new ArrayList<>()).add(point));
        return byCard.values().stream()
                .map(this::card)
                .sorted(Comparator.comparing((CardScrape card) -> card.card().uuid())
                        .thenComparing(card -> card.card().gpu()))
                .toList();
    }

    private CardScrape card(List<Point> own) {
        Card card = new Card(
                own.get(0).uuid(),
                told(own, Point::gpu),
                told(own, p -> p.name(p.names().parent())),
                told(own, p -> p.name(p.names().product())),
                told(own, p -> p.name(p.names().node())));
        TreeSet<String> owners = new TreeSet<>();
        own.stream().map(Point::owner).filter(Objects::nonNull).forEach(owners::add);
        TreeSet<String> pods = new TreeSet<>();
        own.stream()
                .map(p -> p.name(p.names().pod()))
                .filter(pod -> !pod.isEmpty())
                .forEach(pods::add);
        List<CounterSample> counters = new ArrayList<>();
        List<CardSign> signs = new ArrayList<>();
        Gauges.Builder gauges = Gauges.builder();
        for (Signal signal : Signal.values()) {
            signal(signal, own, counters, signs, gauges);
        }
        return new CardScrape(card, List.copyOf(owners), List.copyOf(pods), counters, signs, completed(gauges.build()));
    }

    private static String told(List<Point> points, Function<Point, String> what) {
        return points.stream()
                .map(what)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    private void signal(
            Signal signal, List<Point> own, List<CounterSample> counters, List<CardSign> signs, Gauges.Builder gauges) {
        List<Point> told = own.stream()
                .filter(p -> p.meaning() != null && p.meaning().signal() == signal)
                .toList();
        List<Point> sound = told.stream()
                .filter(p -> Double.isFinite(p.value()) && (signal.kind() == Signal.Kind.GAUGE || p.value() >= 0))
                .toList();
        dropped += told.size() - sound.size();
        int best = sound.stream()
                .mapToInt(p -> Objects.requireNonNull(p.meaning()).source())
                .min()
                .orElse(-1);
        Map<String, CounterSample> largest = new LinkedHashMap<>();
        Map<String, CardSign> found = new LinkedHashMap<>();
        double gauge = Double.NaN;
        for (Point point : sound) {
            CardMeaning meaning = Objects.requireNonNull(point.meaning());
            if (meaning.source() != best) {
                continue;
            }
            String label = point.name(meaning.dimensionLabels());
            String dimension = label.isEmpty() ? meaning.dimension() : label;
            double value = point.value() * meaning.factor();
            switch (meaning.form()) {
                case VALUE -> {
                    if (signal.kind() == Signal.Kind.GAUGE) {
                        gauge = Double.isNaN(gauge) ? value : Math.max(gauge, value);
                    } else {
                        CounterSample sample = new CounterSample(signal, dimension, value, point.start(), best);
                        largest.merge(dimension, sample, (a, b) -> b.value() > a.value() ? b : a);
                    }
                }
                case MASK ->
                    Stream.of(ClocksEvent.values())
                            .forEach(event -> add(
                                    found,
                                    signal,
                                    CardSign.Kind.STATE,
                                    event.word(),
                                    event.isIn((long) point.value()) ? 1 : 0));
                case STATE -> add(found, signal, CardSign.Kind.STATE, dimension, point.value() > 0 ? 1 : 0);
                case LAST -> add(found, signal, CardSign.Kind.LAST, "", point.value());
                case RISE -> add(found, signal, CardSign.Kind.RISE, dimension, point.value());
            }
        }
        if (!Double.isNaN(gauge)) {
            gauges.set(signal, gauge);
        }
        largest.values().stream()
                .sorted(Comparator.comparing(CounterSample::dimension))
                .forEach(counters::add);
        found.values().stream()
                .sorted(Comparator.comparing(CardSign::dimension))
                .forEach(signs::add);
    }

    private static void add(
            Map<String, CardSign> signs, Signal signal, CardSign.Kind kind, String dimension, double value) {
        signs.merge(dimension, new CardSign(signal, kind, dimension, value), (a, b) -> b.value() > a.value() ? b : a);
    }

    private static Gauges completed(Gauges gauges) {
        double used = gauges.get(Signal.MEMORY_USED);
        double reserved = gauges.has(Signal.MEMORY_RESERVED) ? gauges.get(Signal.MEMORY_RESERVED) : 0;
        if (!gauges.has(Signal.MEMORY_TOTAL)) {
            return gauges.with(Signal.MEMORY_TOTAL, used + gauges.get(Signal.MEMORY_FREE) + reserved);
        }
        return gauges.has(Signal.MEMORY_FREE)
                ? gauges
                : gauges.with(Signal.MEMORY_FREE, Math.max(0, gauges.get(Signal.MEMORY_TOTAL) - used - reserved));
    }
}
