package io.vedette.model.catalogue;

import io.vedette.model.signal.Signal;
import io.vedette.model.yaml.YamlValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Reads catalogue files, in the order of preference, and numbers the alternatives of each signal. */
final class CatalogueParser {
    private static final String TOTAL = "_total";
    private static final Set<Signal> WITH_DIMENSION = EnumSet.of(Signal.FINISHED_REQUESTS, Signal.HTTP_REQUESTS);
    /** What Vedette finds out by itself. */
    private static final Set<Signal> OURS = EnumSet.of(Signal.PROGRESS_AGE, Signal.SCRAPE_DURATION);

    private static final Set<Signal.Subject> SUBJECTS = EnumSet.of(Signal.Subject.ENGINE, Signal.Subject.BOTH);

    /** Metrics that say something about a scrape or its target, whatever engine that is. */
    private static final Set<String> ABOUT_SCRAPES = Set.of(
            "up", "scrape_duration_seconds", "process_start_time_seconds", "vedette_agent_target", "vedette_gpu_owner");

    private static final Map<String, Signal> SIGNALS = Arrays.stream(Signal.values())
            .filter(signal -> SUBJECTS.contains(signal.subject()) && !OURS.contains(signal))
            .collect(Collectors.toMap(Signal::signalName, Function.identity()));

    private final List<Meaning> meanings = new ArrayList<>();
    private final Map<Signal, Integer> alternatives = new EnumMap<>(Signal.class);
    private final Set<String> names = new HashSet<>();
    private final CardCatalogueParser cards = new CardCatalogueParser();

    List<Meaning> meanings() {
        return meanings;
    }

    /** What the files say about cards. */
    CardCatalogueParser cards() {
        return cards;
    }

    /** Adds a file: it names an engine, or a program that shows cards. */
    void add(YamlValue file) {
        YamlValue of = file.mapping().get("cards");
        if (of != null) {
            named(of, "a program that shows cards", "");
            cards.add(file);
        } else {
            addEngine(file);
        }
    }

    private void named(YamlValue name, String who, String word) {
        if (name.string().isBlank()) {
            throw name.mistake(who + " needs a name");
        }
        if (!names.add(name.string())) {
            throw name.mistake(word + "'" + name.string() + "' is there already; give this one another name");
        }
    }

    private void addEngine(YamlValue file) {
        Map<String, YamlValue> keys = file.mapping(Set.of("engine", "prefixes", "labels", "signals"));
        named(required(file, keys, "engine"), "an engine", "engine ");
        List<String> prefixes = names(keys, "prefixes");
        LabelAliases labels = labels(required(file, keys, "labels"));
        required(file, keys, "signals")
                .mapping(SIGNALS.keySet())
                .forEach((name, value) -> signal(
                        Objects.requireNonNull(SIGNALS.get(name)),
                        value,
                        prefixes.isEmpty() ? List.of("") : prefixes,
                        labels));
    }

    private static LabelAliases labels(YamlValue value) {
        Map<String, YamlValue> keys = value.mapping(Set.of("engine", "replica", "model_name", "foreign"));
        return new LabelAliases(
                names(keys, "engine"), names(keys, "replica"), names(keys, "model_name"), names(keys, "foreign"));
    }

    private void signal(Signal signal, YamlValue value, List<String> prefixes, LabelAliases labels) {
        Set<String> seen = new HashSet<>();
        for (YamlValue alternative : value.sequence()) {
            List<Meaning> together = new ArrayList<>();
            for (YamlValue metric : alternative.isSequence() ? alternative.sequence() : List.of(alternative)) {
                Meaning meaning = metric(signal, metric, labels);
                if (!seen.add(meaning.metric() + meaning.where() + meaning.without())) {
                    throw metric.mistake("'" + meaning.metric() + "' stands under " + signal.signalName() + " twice");
                }
                together.add(meaning);
            }
            if (together.isEmpty()) {
                throw alternative.mistake("an alternative needs a metric");
            }
            prefixes.forEach(prefix -> add(prefix, together));
        }
    }

    /** Adds an alternative; where exporters may leave a counter's suffix out, the bare names are another one, less preferred. */
    private void add(String prefix, List<Meaning> together) {
        Signal signal = together.get(0).signal();
        addAs(signal, together, metric -> prefix + metric);
        if (signal.kind() == Signal.Kind.COUNTER
                && together.stream().anyMatch(meaning -> meaning.metric().endsWith(TOTAL))) {
            addAs(signal, together, metric -> prefix + withoutTotal(metric));
        }
    }

    private void addAs(Signal signal, List<Meaning> together, UnaryOperator<String> name) {
        int source = alternatives.merge(signal, 1, Integer::sum) - 1;
        together.forEach(meaning -> meanings.add(meaning.as(name.apply(meaning.metric()), source)));
    }

    private static String withoutTotal(String metric) {
        return metric.endsWith(TOTAL) ? metric.substring(0, metric.length() - TOTAL.length()) : metric;
    }

    private static Meaning metric(Signal signal, YamlValue value, LabelAliases labels) {
        if (!value.isMapping()) {
            checkDimension(signal, value, false);
            return new Meaning(
                    metricName(value),
                    signal,
                    0,
                    "",
                    List.of(),
                    List.of(),
                    Map.of(),
                    List.of(),
                    1,
                    "",
                    Double.NaN,
                    labels);
        }
        Map<String, YamlValue> keys = value.mapping(Set.of(
                "metric",
                "dimension",
                "dimension_label",
                "believed_with",
                "where",
                "without",
                "factor",
                "value_label",
                "default"));
        YamlValue metric = required(value, keys, "metric");
        YamlValue dimension = keys.get("dimension");
        if (dimension != null && dimension.string().isBlank()) {
            throw dimension.mistake("a dimension needs a value, such as stop or 5xx");
        }
        List<String> dimensionLabels = names(keys, "dimension_label");
        if (dimension != null && !dimensionLabels.isEmpty()) {
            throw dimension.mistake("give dimension or dimension_label, not both");
        }
        checkDimension(signal, value, dimension != null || !dimensionLabels.isEmpty());
        YamlValue believedWith = keys.get("believed_with");
        if (believedWith != null && dimensionLabels.isEmpty()) {
            throw believedWith.mistake("believed_with goes with dimension_label only");
        }
        YamlValue valueLabel = keys.get("value_label");
        if (valueLabel != null && (valueLabel.string().isBlank() || signal.kind() != Signal.Kind.GAUGE)) {
            throw valueLabel.mistake("value_label is the label that holds the value of a gauge");
        }
        YamlValue otherwise = keys.get("default");
        if (otherwise != null && valueLabel == null) {
            throw otherwise.mistake("default goes with value_label only");
        }
        return new Meaning(
                metricName(metric),
                signal,
                0,
                dimension == null ? "" : dimension.string(),
                dimensionLabels,
                names(keys, "believed_with"),
                where(keys),
                names(keys, "without"),
                factor(keys),
                valueLabel == null ? "" : valueLabel.string(),
                otherwise == null ? Double.NaN : otherwise.number(),
                labels);
    }

    static double factor(Map<String, YamlValue> keys) {
        YamlValue factor = keys.get("factor");
        if (factor != null && !(factor.number() > 0)) {
            throw factor.mistake("'" + factor.string() + "' is no factor; it must be above 0");
        }
        return factor == null ? 1 : factor.number();
    }

    private static void checkDimension(Signal signal, YamlValue value, boolean given) {
        if (WITH_DIMENSION.contains(signal) && !given) {
            throw value.mistake(
                    signal.signalName() + " needs dimension_label (the label that says what is counted) or dimension");
        }
        if (!WITH_DIMENSION.contains(signal) && given) {
            throw value.mistake(signal.signalName() + " has no dimension; leave dimension and dimension_label out");
        }
    }

    private static Map<String, String> where(Map<String, YamlValue> keys) {
        YamlValue where = keys.get("where");
        Map<String, String> labels = new LinkedHashMap<>();
        if (where != null) {
            where.mapping().forEach((label, value) -> labels.put(label, value.string()));
        }
        return labels;
    }

    static String metricName(YamlValue value) {
        String name = value.string();
        if (name.isEmpty() || name.chars().anyMatch(Character::isWhitespace)) {
            throw value.mistake("'" + name + "' is no metric name");
        }
        if (ABOUT_SCRAPES.contains(name)) {
            throw value.mistake("'" + name + "' is read by Vedette itself; leave it out");
        }
        for (String suffix : List.of("_bucket", "_created")) {
            if (name.endsWith(suffix)) {
                throw value.mistake("'" + name + "' is one series of a metric; write '"
                        + name.substring(0, name.length() - suffix.length()) + "'");
            }
        }
        return name;
    }

    static List<String> names(Map<String, YamlValue> keys, String key) {
        YamlValue value = keys.get(key);
        if (value == null) {
            return List.of();
        }
        List<String> names = value.strings();
        if (names.stream().anyMatch(String::isBlank)) {
            throw value.mistake("an empty text is no " + key.replace('_', ' '));
        }
        return names;
    }

    static YamlValue required(YamlValue at, Map<String, YamlValue> keys, String key) {
        YamlValue value = keys.get(key);
        if (value == null) {
            throw at.mistake("'" + key + "' is missing");
        }
        return value;
    }
}
