package io.vedette.cli.ruletest;

import io.vedette.jobs.derive.SampleRecord;
import io.vedette.model.otlp.RecordWriter;
import io.vedette.model.sample.Target;
import io.vedette.model.signal.Signal;
import io.vedette.model.yaml.NearestName;
import io.vedette.model.yaml.YamlValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a test's series make the agent write: a record for each scrape, a list of targets when it changes, and beats. Immutable.
 *
 * @param defaults labels of series that do not have them
 */
record Scenario(List<SeriesSpec> series, Map<String, String> defaults, Duration interval, long contextLength) {
    /** When all tests begin. */
    static final long START_MILLIS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

    /** What the target of a node's cards is called: this and the node. */
    private static final String CARDS = "gpus@";

    private static final String AGENT = "agent";
    private static final String SCRAPE_DURATION = Signal.SCRAPE_DURATION.signalName();
    private static final long BEAT_MILLIS = 1_000;
    private static final int ONE_PARTITION = 0;
    private static final byte[] NOTHING = {};

    Scenario {
        series = List.copyOf(series);
        defaults = Map.copyOf(defaults);
    }

    /** Reads the series of a test. */
    static Scenario read(YamlValue written, Map<String, String> defaults, Duration interval, long contextLength) {
        List<SeriesSpec> series = new ArrayList<>();
        Map<String, YamlValue> values = written.mapping();
        for (YamlValue key : written.keys()) {
            SeriesSpec one = SeriesSpec.parse(key, Objects.requireNonNull(values.get(key.string())));
            for (SeriesSpec other : series) {
                if (other.name().equals(one.name())
                        && other.dimension().equals(one.dimension())
                        && other.labels().equals(one.labels())) {
                    throw key.mistake(
                            "this series stands in line " + other.where().line() + " already");
                }
            }
            series.add(one);
        }
        Scenario scenario = new Scenario(series, defaults, interval, contextLength);
        scenario.targets();
        return scenario;
    }

    /** Reads labels that hold for all series. */
    static Map<String, String> labels(YamlValue written) {
        Map<String, String> labels = new LinkedHashMap<>();
        Map<String, YamlValue> values = written.mapping();
        for (YamlValue key : written.keys()) {
            if (!SeriesSpec.ENTITY_LABELS.contains(key.string())) {
                throw key.mistake("a series has no label '" + key.string() + "'"
                        + NearestName.hint(key.string(), SeriesSpec.ENTITY_LABELS));
            }
            labels.put(
                    key.string(),
                    Objects.requireNonNull(values.get(key.string())).string());
        }
        return labels;
    }

    /** All records up to a moment after the start, in their order. */
    List<SampleRecord> records(Duration end) {
        List<TestedTarget> targets = targets();
        List<SampleRecord> records = new ArrayList<>();
        Set<String> listed = Set.of();
        long intervalMillis = interval.toMillis();
        long beat = 0;
        for (int scrape = 0; scrape * intervalMillis <= end.toMillis(); scrape++) {
            beat = beats(beat, scrape * intervalMillis - 1, records);
            Set<String> now = new TreeSet<>();
            for (TestedTarget target : targets) {
                if (target.isListed(scrape)) {
                    now.add(target.instance());
                }
            }
            long timeMillis = START_MILLIS + scrape * intervalMillis;
            if (!now.equals(listed)) {
                records.add(list(now, timeMillis));
                listed = now;
            }
            for (TestedTarget target : targets) {
                target.record(scrape, START_MILLIS, intervalMillis).ifPresent(records::add);
            }
        }
        beats(beat, end.toMillis(), records);
        return records;
    }

    /** What derive's side writes each second, from one that is due up to a time; gives the next one that is due. */
    private static long beats(long due, long untilMillis, List<SampleRecord> to) {
        long beat = due;
        for (; beat <= untilMillis; beat += BEAT_MILLIS) {
            to.add(new SampleRecord("", NOTHING, START_MILLIS + beat, 0, 0, ONE_PARTITION));
        }
        return beat;
    }

    private static SampleRecord list(Collection<String> instances, long timeMillis) {
        return new SampleRecord(
                AGENT, RecordWriter.targets(AGENT, instances, timeMillis), timeMillis, 0, 0, ONE_PARTITION);
    }

    private List<TestedTarget> targets() {
        List<SeriesSpec> ofCards = series.stream().filter(SeriesSpec::isOfCard).toList();
        Set<String> nodes = ofCards.isEmpty() ? Set.of() : named(SeriesSpec.NODE, "node-1", ofCards);
        List<SeriesSpec> ofEngines = series.stream()
                .filter(one -> !one.isOfCard()
                        && nodes.stream().noneMatch(node -> CARDS.concat(node)
                                .equals(one.labels().get(SeriesSpec.INSTANCE))))
                .toList();
        List<TestedTarget> targets = new ArrayList<>();
        Set<String> instances = ofEngines.isEmpty() && !ofCards.isEmpty()
                ? Set.of()
                : named(SeriesSpec.INSTANCE, "replica-1", ofEngines);
        for (String instance : instances) {
            List<SeriesSpec> own = ofEngines.stream()
                    .filter(one -> one.labels()
                            .getOrDefault(SeriesSpec.INSTANCE, instance)
                            .equals(instance))
                    .toList();
            targets.add(target(instance, nodes.size() == 1 ? nodes.iterator().next() : "", own));
        }
        Optional<String> owner =
                instances.size() == 1 ? Optional.of(instances.iterator().next()) : Optional.empty();
        for (String node : nodes) {
            targets.add(cards(node, owner, ofCards));
        }
        return targets;
    }

    /** The target that shows the cards of a node. */
    private TestedTarget cards(String node, Optional<String> onlyOwner, List<SeriesSpec> ofCards) {
        List<SeriesSpec> own = ofCards.stream()
                .filter(one -> one.labels().getOrDefault(SeriesSpec.NODE, node).equals(node))
                .toList();
        List<TestedCard> cards = new ArrayList<>();
        for (String gpu : named(SeriesSpec.GPU, "0", own)) {
            Map<String, SeriesSpec> chosen = chosen(one -> one.isOfCard(node, gpu), own);
            Optional<String> owner = chosen.values().stream()
                    .flatMap(one -> Optional.ofNullable(one.labels().get(SeriesSpec.INSTANCE)).stream())
                    .findFirst()
                    .or(() -> onlyOwner);
            cards.add(new TestedCard(node, gpu, owner, List.copyOf(chosen.values())));
        }
        String instance = CARDS + node;
        List<SeriesSpec> about = series.stream()
                .filter(one -> instance.equals(one.labels().get(SeriesSpec.INSTANCE)))
                .toList();
        return new TestedTarget(
                new Target(instance, node, AGENT, "", "both", Map.of()),
                0,
                new TestedTarget.About(
                        about(SeriesSpec.UP, about).orElse(CompactSeries.always(1)),
                        Optional.empty(),
                        about(SCRAPE_DURATION, about)),
                cards);
    }

    private TestedTarget target(String instance, String usualNode, List<SeriesSpec> own) {
        String modelName = label(SeriesSpec.MODEL_NAME, "model", own);
        List<TestedEngine> engines = new ArrayList<>();
        for (String engine : named(SeriesSpec.ENGINE, "0", own)) {
            List<SeriesSpec> shown = new ArrayList<>();
            chosen(one -> one.isOf(instance, engine), own).forEach((name, one) -> {
                if (!isAboutTarget(one)) {
                    shown.add(one);
                }
            });
            engines.add(new TestedEngine(engine, modelName, contextLength, shown));
        }
        if (instance.isBlank()) {
            throw own.get(0)
                    .where()
                    .mistake("'instance' is empty here; leave it out, or give it a name such as gpu-7:8000");
        }
        Target target = new Target(
                instance,
                label(SeriesSpec.NODE, usualNode, own),
                AGENT,
                modelName,
                label(SeriesSpec.ROLE, "both", own),
                Map.of());
        TestedTarget.About about = new TestedTarget.About(
                about(SeriesSpec.UP, own).orElse(CompactSeries.always(1)),
                about(SeriesSpec.PROCESS_START, own),
                about(SCRAPE_DURATION, own));
        return new TestedTarget(target, contextLength, about, engines);
    }

    private static boolean isAboutTarget(SeriesSpec one) {
        return one.name().equals(SeriesSpec.UP)
                || one.name().equals(SeriesSpec.PROCESS_START)
                || one.name().equals(SCRAPE_DURATION);
    }

    private static Optional<CompactSeries> about(String name, List<SeriesSpec> own) {
        SeriesSpec found = null;
        for (SeriesSpec one : own) {
            if (one.name().equals(name)) {
                if (one.labels().containsKey(SeriesSpec.ENGINE)) {
                    throw one.where().mistake(name + " is the target's, not that of one engine; leave engine out");
                }
                found = found == null || one.precision() > found.precision() ? one : found;
            }
        }
        return Optional.ofNullable(found).map(SeriesSpec::single);
    }

    /** For each signal and dimension the series that says the most. */
    private static Map<String, SeriesSpec> chosen(Predicate<SeriesSpec> meant, List<SeriesSpec> own) {
        Map<String, SeriesSpec> chosen = new LinkedHashMap<>();
        for (SeriesSpec one : own) {
            if (meant.test(one)) {
                chosen.merge(one.name() + '|' + one.dimension(), one, (a, b) -> b.precision() > a.precision() ? b : a);
            }
        }
        return chosen;
    }

    /** The values that a label has among series; the usual one where none has it. */
    private Set<String> named(String label, String usual, List<SeriesSpec> among) {
        Set<String> found = new TreeSet<>();
        among.forEach(one -> {
            String value = one.labels().get(label);
            if (value != null) {
                found.add(value);
            }
        });
        return found.isEmpty() ? Set.of(defaults.getOrDefault(label, usual)) : found;
    }

    private String label(String name, String usual, List<SeriesSpec> own) {
        String found = null;
        for (SeriesSpec one : own) {
            String value = one.labels().get(name);
            if (value != null && found != null && !value.equals(found)) {
                throw one.where()
                        .mistake("the series of one instance have different " + name + ": '" + found + "' and '" + value
                                + "'");
            }
            found = value == null ? found : value;
        }
        return found == null ? defaults.getOrDefault(name, usual) : found;
    }
}
