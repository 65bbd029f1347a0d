package io.vedette.cli.ruletest;

import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.catalogue.Meaning;
import io.vedette.model.signal.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An engine as far as its metrics go: writes what it shows at one scrape after the other, under the names that the catalogue prefers. Scrapes are asked for
 * in their order; not thread-safe.
 */
final class TestedEngine implements Exposed {
    private static final Map<Signal, List<Meaning>> NAMES = names();

    private final String engine;
    private final String modelName;
    private final long contextLength;
    private final List<SeriesSpec> series;
    /** Observations so far, by signal and bucket; the last one is the sum. */
    private final Map<Signal, double[]> observed = new HashMap<>();

    TestedEngine(String engine, String modelName, long contextLength, List<SeriesSpec> series) {
        this.engine = engine;
        this.modelName = modelName;
        this.contextLength = contextLength;
        this.series = List.copyOf(series);
    }

    /** What each signal is called by preference. */
    private static Map<Signal, List<Meaning>> names() {
        Map<Signal, List<Meaning>> names = new HashMap<>();
        Catalogue.shipped().meanings().values().stream()
                .flatMap(Collection::stream)
                .filter(meaning -> meaning.source() == 0)
                .forEach(meaning -> names.computeIfAbsent(meaning.signal(), signal -> new ArrayList<>())
                        .add(meaning));
        return names;
    }

    @Override
    public void restart() {
        observed.clear();
    }

    @Override
    public void write(int scrape, Map<String, StringBuilder> families) {
        for (SeriesSpec one : series) {
            Signal signal = Signal.ofName(one.name()).orElseThrow();
            if (signal.kind() == Signal.Kind.HISTOGRAM) {
                writeHistogram(signal, one, scrape, families);
            } else {
                Shown shown = one.single().at(scrape);
                Meaning meaning = meaning(signal, one.dimension());
                if (shown.isNumber() && meaning != null) {
                    String type = signal.kind() == Signal.Kind.COUNTER ? "counter" : "gauge";
                    boolean inLabel = !meaning.valueLabel().isEmpty();
                    double value = shown.number() / meaning.factor();
                    Exposed.line(
                            Exposed.family(meaning.metric(), type, families),
                            meaning.metric(),
                            labels(meaning, one.dimension(), meaning.valueLabel(), Double.toString(value)),
                            inLabel ? 1 : value);
                }
            }
        }
    }

    /** Null where no engine of the catalogue shows the signal: it is absent, as it would be live. */
    private static @Nullable Meaning meaning(Signal signal, String dimension) {
        List<Meaning> meanings = NAMES.getOrDefault(signal, List.of());
        return meanings.stream()
                .filter(meaning -> meaning.dimension().equals(dimension)
                        && meaning.dimensionLabels().isEmpty())
                .findFirst()
                .or(() -> meanings.stream()
                        .filter(meaning -> !meaning.dimensionLabels().isEmpty())
                        .findFirst())
                .orElse(null);
    }

    private void writeHistogram(Signal signal, SeriesSpec one, int scrape, Map<String, StringBuilder> families) {
        double[] bounds = VllmBuckets.of(signal, contextLength);
        double[] counts = observed.computeIfAbsent(signal, s -> new double[bounds.length + 2]);
        boolean present = false;
        for (Map.Entry<Double, CompactSeries> value : one.values().entrySet()) {
            Shown shown = value.getValue().at(scrape);
            if (shown.isNumber()) {
                present = true;
                counts[bucket(bounds, value.getKey())] += shown.number();
                counts[bounds.length + 1] += shown.number() * value.getKey();
            }
        }
        Meaning meaning = meaning(signal, "");
        if (!present || meaning == null) {
            return;
        }
        StringBuilder family = Exposed.family(meaning.metric(), "histogram", families);
        double upTo = 0;
        for (int i = 0; i <= bounds.length; i++) {
            upTo += counts[i];
            String bound = i < bounds.length ? Double.toString(bounds[i] / meaning.factor()) : "+Inf";
            Exposed.line(family, meaning.metric() + "_bucket", labels(meaning, "", "le", bound), upTo);
        }
        Exposed.line(family, meaning.metric() + "_count", labels(meaning, "", "", ""), upTo);
        Exposed.line(
                family,
                meaning.metric() + "_sum",
                labels(meaning, "", "", ""),
                counts[bounds.length + 1] / meaning.factor());
    }

    /** A bucket holds its upper bound. */
    private static int bucket(double[] bounds, double value) {
        int at = Arrays.binarySearch(bounds, value);
        return at >= 0 ? at : -at - 1;
    }

    /** @param more a label besides those that say what it is; empty for none */
    private String labels(Meaning meaning, String dimension, String more, String value) {
        Map<String, String> labels = new LinkedHashMap<>();
        meaning.labels().engine().stream().findFirst().ifPresent(name -> labels.put(name, engine));
        meaning.labels().modelName().stream().findFirst().ifPresent(name -> labels.put(name, modelName));
        labels.putAll(meaning.where());
        meaning.dimensionLabels().stream().findFirst().ifPresent(name -> labels.put(name, dimension));
        if (!more.isEmpty()) {
            labels.put(more, value);
        }
        return Exposed.braced(labels);
    }
}
