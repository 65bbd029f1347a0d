package io.vedette.model.catalogue;

import io.vedette.model.catalogue.CardMeaning.Form;
import io.vedette.model.signal.ClocksEvent;
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
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads those catalogue files that say what metrics about cards mean. */
final class CardCatalogueParser {
    /** What Vedette finds out by itself. */
    private static final Set<Signal> OURS = EnumSet.of(Signal.MEMORY_OVERHEAD);

    private static final Map<String, Signal> SIGNALS = Arrays.stream(Signal.values())
            .filter(signal -> signal.subject() == Signal.Subject.CARD && !OURS.contains(signal))
            .collect(Collectors.toMap(Signal::signalName, Function.identity()));

    private final List<CardMeaning> meanings = new ArrayList<>();
    private final Map<String, CardLabels> descriptions = new LinkedHashMap<>();
    private final Map<Signal, Integer> alternatives = new EnumMap<>(Signal.class);

    List<CardMeaning> meanings() {
        return meanings;
    }

    /** Metrics whose labels alone say something about cards. */
    Map<String, CardLabels> descriptions() {
        return descriptions;
    }

    void add(YamlValue file) {
        Map<String, YamlValue> keys = file.mapping(Set.of("cards", "labels", "described_by", "signals"));
        CardLabels labels = labels(CatalogueParser.required(file, keys, "labels"));
        YamlValue describedBy = keys.get("described_by");
        if (describedBy != null) {
            describedBy
                    .sequence()
                    .forEach(metric -> descriptions.putIfAbsent(CatalogueParser.metricName(metric), labels));
        }
        CatalogueParser.required(file, keys, "signals")
                .mapping(SIGNALS.keySet())
                .forEach((name, value) -> signal(Objects.requireNonNull(SIGNALS.get(name)), value, labels));
    }

    private static CardLabels labels(YamlValue value) {
        Map<String, YamlValue> keys = value.mapping(Set.of("uuid", "gpu", "mig", "parent", "product", "node", "pod"));
        List<String> uuid = CatalogueParser.names(keys, "uuid");
        List<String> gpu = CatalogueParser.names(keys, "gpu");
        if (uuid.isEmpty() && gpu.isEmpty()) {
            throw value.mistake("give uuid or gpu, the labels that tell cards apart");
        }
        return new CardLabels(
                uuid,
                gpu,
                CatalogueParser.names(keys, "mig"),
                CatalogueParser.names(keys, "parent"),
                CatalogueParser.names(keys, "product"),
                CatalogueParser.names(keys, "node"),
                CatalogueParser.names(keys, "pod"));
    }

    private void signal(Signal signal, YamlValue value, CardLabels labels) {
        Set<String> seen = new HashSet<>();
        for (YamlValue alternative : value.sequence()) {
            int source = alternatives.merge(signal, 1, Integer::sum) - 1;
            List<YamlValue> together = alternative.isSequence() ? alternative.sequence() : List.of(alternative);
            if (together.isEmpty()) {
                throw alternative.mistake("an alternative needs a metric");
            }
            for (YamlValue metric : together) {
                CardMeaning meaning = metric(signal, metric, labels);
                if (!seen.add(meaning.metric())) {
                    throw metric.mistake("'" + meaning.metric() + "' stands under " + signal.signalName() + " twice");
                }
                meanings.add(meaning.as(source));
            }
        }
    }

    private static CardMeaning metric(Signal signal, YamlValue value, CardLabels labels) {
        if (!value.isMapping()) {
            checkDimension(signal, value, Form.VALUE, false);
            return new CardMeaning(CatalogueParser.metricName(value), signal, 0, Form.VALUE, "", List.of(), 1, labels);
        }
        Map<String, YamlValue> keys = value.mapping(Set.of("metric", "dimension", "dimension_label", "form", "factor"));
        YamlValue metric = CatalogueParser.required(value, keys, "metric");
        Form form = Optional.ofNullable(keys.get("form"))
                .map(CardCatalogueParser::form)
                .orElse(Form.VALUE);
        YamlValue dimension = keys.get("dimension");
        if (dimension != null
                && signal == Signal.CLOCKS_EVENT
                && ClocksEvent.ofWord(dimension.string()).isEmpty()) {
            throw dimension.mistake("'" + dimension.string() + "' is no clocks-event reason; they are "
                    + Arrays.stream(ClocksEvent.values()).map(ClocksEvent::word).collect(Collectors.joining(", ")));
        }
        List<String> dimensionLabels = CatalogueParser.names(keys, "dimension_label");
        if (dimension != null && !dimensionLabels.isEmpty()) {
            throw dimension.mistake("give dimension or dimension_label, not both");
        }
        checkDimension(signal, value, form, dimension != null || !dimensionLabels.isEmpty());
        return new CardMeaning(
                CatalogueParser.metricName(metric),
                signal,
                0,
                form,
                dimension == null ? "" : dimension.string(),
                dimensionLabels,
                CatalogueParser.factor(keys),
                labels);
    }

    private static Form form(YamlValue value) {
        return Arrays.stream(Form.values())
                .filter(form -> !form.word().isEmpty() && form.word().equals(value.string()))
                .findFirst()
                .orElseThrow(() -> value.mistake(
                        "'" + value.string() + "' is no form; it is state, mask, last or rise, or left out"));
    }

    /** A mask and a newest event say themselves what they count; other counters need it said, and gauges have nothing to say. */
    private static void checkDimension(Signal signal, YamlValue value, Form form, boolean given) {
        boolean counter = signal.kind() == Signal.Kind.COUNTER;
        if (!counter && form != Form.VALUE) {
            throw value.mistake(signal.signalName() + " is a gauge; leave form out");
        }
        if (signal == Signal.CLOCKS_EVENT && form != Form.MASK && form != Form.STATE) {
            throw value.mistake("clocks_event needs form: mask, or form: state with a dimension");
        }
        if (signal == Signal.XID_EVENTS && (form == Form.MASK || form == Form.STATE)) {
            throw value.mistake("xid_events are no " + form.word() + "; give form: last or rise, or leave it out");
        }
        boolean wanted = counter && form != Form.MASK && form != Form.LAST;
        if (wanted && !given) {
            throw value.mistake(
                    signal.signalName() + " needs dimension_label (the label that says what is counted) or dimension");
        }
        if (!wanted && given) {
            throw value.mistake(signal.signalName() + " has no dimension here; leave it out");
        }
    }
}
