package io.vedette.cli.ruletest;

import io.vedette.model.sample.ScrapeFailure;
import io.vedette.model.signal.ClocksEvent;
import io.vedette.model.signal.Signal;
import io.vedette.model.signal.Unit;
import io.vedette.model.yaml.NearestName;
import io.vedette.model.yaml.YamlValue;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One series of a test: a name with labels, as in PromQL, and what it shows. Immutable.
 *
 * @param where the name in the file
 * @param labels of the entity alone
 * @param dimension finish reason or status; empty where the signal has none
 * @param values by what was observed for a histogram; else a single one, under 0
 */
record SeriesSpec(
        YamlValue where, String name, Map<String, String> labels, String dimension, Map<Double, CompactSeries> values) {
    static final String UP = "up";
    static final String PROCESS_START = "process_start";
    static final String INSTANCE = "instance";
    static final String ENGINE = "engine";
    static final String MODEL_NAME = "model_name";
    static final String ROLE = "role";
    static final String NODE = "node";
    static final String GPU = "gpu";
    static final List<String> ENTITY_LABELS = List.of(INSTANCE, ENGINE, MODEL_NAME, ROLE, NODE);

    /** Those of a card: {@code instance} is that of the replica that holds it. */
    private static final List<String> CARD_LABELS = List.of(GPU, NODE, INSTANCE);

    /** The label that says what is counted, and an example. */
    private static final Map<String, Map.Entry<String, String>> DIMENSIONS = Map.of(
            Signal.FINISHED_REQUESTS.signalName(), Map.entry("reason", "stop"),
            Signal.HTTP_REQUESTS.signalName(), Map.entry("status", "5xx"),
            Signal.CLOCKS_EVENT.signalName(), Map.entry("reason", ClocksEvent.HW_SLOWDOWN.word()),
            Signal.XID_EVENTS.signalName(), Map.entry("xid", "79"));

    /** What Vedette finds out by itself, and of what. */
    private static final Map<String, String> WORKED_OUT = Map.of(
            Signal.PROGRESS_AGE.signalName(), "requests_running, generation_tokens, kv_cache_usage",
            Signal.MEMORY_OVERHEAD.signalName(), "memory_used, memory_total, memory_reservation",
            Signal.GPU_MEMORY_IMBALANCE.signalName(), "memory_used{gpu=\"0\"}, memory_used{gpu=\"1\"}",
            Signal.GPU_UTILIZATION_IMBALANCE.signalName(), "utilization{gpu=\"0\"}, utilization{gpu=\"1\"}",
            Signal.GPU_UTILIZATION_PEAK.signalName(), "utilization{gpu=\"0\"}, utilization{gpu=\"1\"}");

    private static final Set<String> FAILURES =
            Arrays.stream(ScrapeFailure.values()).map(ScrapeFailure::word).collect(Collectors.toUnmodifiableSet());
    private static final Pattern FORM = Pattern.compile("(?<name>[^{}\\s]+)\\s*(?:\\{(?<labels>.*)})?");
    private static final Pattern LABEL = Pattern.compile("\\s*(?<name>\\w+)\\s*=\\s*\"(?<value>[^\"]*)\"\\s*(?:,|$)");
    private static final String FORM_TOLD = "write it like requests_waiting or requests_waiting{instance=\"a\"}";

    static SeriesSpec parse(YamlValue key, YamlValue value) {
        Matcher form = FORM.matcher(key.string());
        if (!form.matches()) {
            throw key.mistake("'" + key.string() + "' is no name of a series; " + FORM_TOLD);
        }
        String name = form.group("name");
        requireKnown(key, name);
        Map.Entry<String, String> counted = DIMENSIONS.getOrDefault(name, Map.entry("", ""));
        String wanted = counted.getKey();
        List<String> known = isOfCard(name) ? CARD_LABELS : ENTITY_LABELS;
        Map<String, String> labels = new TreeMap<>();
        String dimension = "";
        Matcher label = LABEL.matcher(form.group("labels") == null ? "" : form.group("labels"));
        int at = 0;
        while (at < label.regionEnd()) {
            if (!label.find(at) || label.start() != at) {
                throw key.mistakeAt(form.start("labels") + at, "labels are written like in PromQL; " + FORM_TOLD);
            }
            String labelName = label.group("name");
            if (labelName.equals(wanted)) {
                dimension = label.group("value");
            } else if (known.contains(labelName)) {
                labels.put(labelName, label.group("value"));
            } else {
                throw key.mistakeAt(
                        form.start("labels") + label.start("name"),
                        name + " has no label '" + labelName + "'"
                                + NearestName.hint(
                                        labelName,
                                        Stream.concat(Stream.of(wanted), known.stream())
                                                .filter(one -> !one.isEmpty())
                                                .toList()));
            }
            at = label.end();
        }
        if (!wanted.isEmpty() && dimension.isEmpty()) {
            throw key.mistake(name + " wants to know what is counted: " + name + "{" + wanted + "=\""
                    + counted.getValue() + "\"}");
        }
        if (name.equals(Signal.CLOCKS_EVENT.signalName())
                && ClocksEvent.ofWord(dimension).isEmpty()) {
            List<String> reasons =
                    Arrays.stream(ClocksEvent.values()).map(ClocksEvent::word).toList();
            throw key.mistake("clocks have no reason '" + dimension + "'" + NearestName.hint(dimension, reasons));
        }
        return new SeriesSpec(key, name, labels, dimension, values(name, value));
    }

    private static boolean isOfCard(String name) {
        return Signal.ofName(name)
                .filter(signal -> signal.subject() == Signal.Subject.CARD)
                .isPresent();
    }

    /** Whether it is what a card shows, not an engine. */
    boolean isOfCard() {
        return isOfCard(name);
    }

    private static void requireKnown(YamlValue key, String name) {
        if (WORKED_OUT.containsKey(name)) {
            throw key.mistake(name + " is worked out by Vedette; write what it is made of: " + WORKED_OUT.get(name));
        }
        if (name.equals(UP) || name.equals(PROCESS_START) || Signal.ofName(name).isPresent()) {
            return;
        }
        List<String> known = Stream.concat(
                        Stream.of(UP, PROCESS_START),
                        Arrays.stream(Signal.values())
                                .map(Signal::signalName)
                                .filter(one -> !WORKED_OUT.containsKey(one)))
                .toList();
        throw key.mistake("there is no signal '" + name + "'" + NearestName.hint(name, known));
    }

    private static Map<Double, CompactSeries> values(String name, YamlValue value) {
        Signal signal = Signal.ofName(name).orElse(null);
        if (signal == null || signal.kind() != Signal.Kind.HISTOGRAM) {
            CompactSeries series = CompactSeries.parse(value, name.equals(UP) ? FAILURES : Set.of());
            requireRange(name, signal, value, series);
            return Map.of(0.0, series);
        }
        if (!value.isMapping()) {
            throw value.mistake("how many observations of which value come with each scrape? Write it like " + name
                    + (signal.unit() == Unit.TOKENS ? ": {800: 20}" : ": {0.3: 20}"));
        }
        Map<Double, CompactSeries> observed = new LinkedHashMap<>();
        List<YamlValue> keys = value.keys();
        for (YamlValue key : keys) {
            YamlValue counts = value.mapping().get(key.string());
            if (!(key.number() >= 0) || counts == null) {
                throw key.mistake("an observation is a number of at least 0, not " + key.string());
            }
            CompactSeries series = CompactSeries.parse(counts, Set.of());
            if (!series.isWithin(0, Double.MAX_VALUE)) {
                throw counts.mistake("a number of observations never falls below 0");
            }
            observed.put(key.number(), series);
        }
        if (observed.isEmpty()) {
            throw value.mistake("a histogram has at least one value that is observed");
        }
        return Map.copyOf(observed);
    }

    private static void requireRange(String name, @Nullable Signal signal, YamlValue value, CompactSeries series) {
        boolean ratio = signal != null && signal.unit() == Unit.RATIO;
        double least = signal == null && name.equals(PROCESS_START) ? -Double.MAX_VALUE : 0;
        double most = ratio || name.equals(UP) ? 1 : Double.MAX_VALUE;
        if (!series.isWithin(least, most)) {
            throw value.mistake(name + " lies from 0 " + (most == 1 ? "to 1" : "up"));
        }
    }

    /** The only series of what is no histogram. */
    CompactSeries single() {
        return values.values().iterator().next();
    }

    /** Whether it is one of an engine of a target; a series without a label is that of all. */
    boolean isOf(String instance, String engine) {
        return labels.getOrDefault(INSTANCE, instance).equals(instance)
                && labels.getOrDefault(ENGINE, engine).equals(engine);
    }

    /** Whether it is one of a card of a node; a series without a label is that of all. */
    boolean isOfCard(String node, String gpu) {
        return labels.getOrDefault(NODE, node).equals(node)
                && labels.getOrDefault(GPU, gpu).equals(gpu);
    }

    /** The more it says, the sooner it is the one that is meant. */
    int precision() {
        return (labels.containsKey(INSTANCE) ? 2 : 0)
                + (labels.containsKey(ENGINE) ? 1 : 0)
                + (isOfCard() && labels.containsKey(NODE) ? 2 : 0)
                + (labels.containsKey(GPU) ? 4 : 0);
    }
}
