package io.vedette.cli.ruletest;

import io.vedette.model.sample.ScrapeFailure;
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
    static final List<String> ENTITY_LABELS = List.of(INSTANCE, ENGINE, MODEL_NAME, ROLE, NODE);

    /** The label that says what is counted. */
    private static final Map<String, String> DIMENSIONS =
            Map.of(Signal.FINISHED_REQUESTS.signalName(), "reason", Signal.HTTP_REQUESTS.signalName(), "status");

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
        String wanted = DIMENSIONS.getOrDefault(name, "");
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
            } else if (ENTITY_LABELS.contains(labelName)) {
                labels.put(labelName, label.group("value"));
            } else {
                throw key.mistakeAt(
                        form.start("labels") + label.start("name"),
                        name + " has no label '" + labelName + "'"
                                + NearestName.hint(
                                        labelName,
                                        Stream.concat(Stream.of(wanted), ENTITY_LABELS.stream())
                                                .filter(known -> !known.isEmpty())
                                                .toList()));
            }
            at = label.end();
        }
        if (!wanted.isEmpty() && dimension.isEmpty()) {
            throw key.mistake(name + " wants to know what is counted: " + name + "{" + wanted + "=\""
                    + (wanted.equals("reason") ? "stop" : "5xx") + "\"}");
        }
        return new SeriesSpec(key, name, labels, dimension, values(name, value));
    }

    private static void requireKnown(YamlValue key, String name) {
        if (name.equals(Signal.PROGRESS_AGE.signalName())) {
            throw key.mistake("progress_age is worked out by Vedette; write what it is made of: requests_running,"
                    + " generation_tokens, kv_cache_usage");
        }
        if (name.equals(UP) || name.equals(PROCESS_START) || Signal.ofName(name).isPresent()) {
            return;
        }
        List<String> known = Stream.concat(
                        Stream.of(UP, PROCESS_START),
                        Arrays.stream(Signal.values())
                                .filter(signal -> signal != Signal.PROGRESS_AGE)
                                .map(Signal::signalName))
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

    /** The more it says, the sooner it is the one that is meant. */
    int precision() {
        return (labels.containsKey(INSTANCE) ? 2 : 0) + (labels.containsKey(ENGINE) ? 1 : 0);
    }
}
