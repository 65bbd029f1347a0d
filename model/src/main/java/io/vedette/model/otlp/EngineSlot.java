package io.vedette.model.otlp;

import io.vedette.model.histogram.Bounds;
import io.vedette.model.sample.CounterSample;
import io.vedette.model.sample.EngineScrape;
import io.vedette.model.sample.HistogramSample;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what one engine says in one scrape. Of each signal only the best source seen is kept; points of the same source, signal and dimension are
 * added up. Not thread-safe.
 */
final class EngineSlot {
    /** Most finish reasons, or whatever else tells counters of one signal apart; others are dropped. */
    static final int MOST_DIMENSIONS = 128;

    private static final Signal[] ALL = Signal.values();
    private static final int NUMBERS =
            Arrays.stream(ALL).mapToInt(Signal::number).max().orElse(0) + 1;
    private static final Comparator<CounterCell> BY_SIGNAL =
            Comparator.<CounterCell>comparingInt(cell -> cell.signal.number()).thenComparing(cell -> cell.dimension);

    private final String replica;
    private String engine;
    private String modelName;
    private final int[] sources = new int[NUMBERS];
    private final double[] gauges = new double[NUMBERS];
    private final @Nullable HistogramCell[] histograms = new HistogramCell[NUMBERS];
    private final List<CounterCell> counters = new ArrayList<>();
    /** Of which dimensions a counter must show one to be believed. */
    private final Map<Signal, List<String>> believedWith = new EnumMap<>(Signal.class);

    private int excess;
    private int dropped;

    /** A counter; a value of NaN spoils the sum, as it should. */
    private static final class CounterCell {
        private final Signal signal;
        private final String dimension;
        private double value;
        private long startMillis;

        CounterCell(Signal signal, String dimension, double value, long startMillis) {
            this.signal = signal;
            this.dimension = dimension;
            this.value = value;
            this.startMillis = startMillis;
        }
    }

    /** A histogram; null bounds where it makes no sense. */
    private static final class HistogramCell {
        private @Nullable Bounds bounds;
        private final double[] counts;
        private double sum;
        private long startMillis;

        HistogramCell(@Nullable Bounds bounds, double[] counts, double sum, long startMillis) {
            this.bounds = bounds;
            this.counts = counts;
            this.sum = sum;
            this.startMillis = startMillis;
        }
    }

    /**
     * An empty slot.
     *
     * @param replica empty where nothing says it
     * @param engine by its label; empty where it has none
     * @param modelName empty where it is not told yet
     */
    EngineSlot(String replica, String engine, String modelName) {
        this.replica = replica;
        this.engine = engine;
        this.modelName = modelName;
        Arrays.fill(sources, Integer.MAX_VALUE);
    }

    boolean is(String otherReplica, String otherEngine) {
        return engine.equals(otherEngine) && replica.equals(otherReplica);
    }

    String replica() {
        return replica;
    }

    String modelName() {
        return modelName;
    }

    /** What the engine is called among those of its target: by its label, behind its replica's where there is one; {@code 0} where nothing says it. */
    String engine() {
        if (replica.isEmpty()) {
            return engine.isEmpty() ? "0" : engine;
        }
        return engine.isEmpty() ? replica : replica + '/' + engine;
    }

    /** Where nothing but the model tells engines apart. */
    void callByModel() {
        engine = modelName;
    }

    /** The first name that is told holds. */
    void name(String model) {
        if (modelName.isEmpty()) {
            modelName = model;
        }
    }

    /** @param value NaN where it makes no sense */
    void counter(Signal signal, int source, String dimension, double value, long startMillis) {
        if (!accept(signal, source)) {
            return;
        }
        int dimensions = 0;
        for (CounterCell cell : counters) {
            if (cell.signal == signal) {
                if (cell.dimension.equals(dimension)) {
                    cell.value += value;
                    cell.startMillis = earlier(cell.startMillis, startMillis);
                    return;
                }
                dimensions++;
            }
        }
        if (dimensions < MOST_DIMENSIONS) {
            counters.add(new CounterCell(signal, dimension, value, startMillis));
        } else {
            excess++;
        }
    }

    /** Lets a counter be believed only where one of these dimensions is there, if it is of the best source; empty for always. */
    void believeWith(Signal signal, int source, List<String> dimensions) {
        if (sources[signal.number()] == source) {
            believedWith.put(signal, dimensions);
        }
    }

    private boolean isBelieved(Signal signal) {
        List<String> needed = believedWith.getOrDefault(signal, List.of());
        return needed.isEmpty()
                || counters.stream().anyMatch(cell -> cell.signal == signal && needed.contains(cell.dimension));
    }

    /** Adds a gauge up where its signal adds up; of others the largest counts. */
    void gauge(Signal signal, int source, double value) {
        int i = signal.number();
        boolean first = sources[i] != source;
        if (accept(signal, source)) {
            gauges[i] =
                    first ? value : signal.fold() == Signal.Fold.SUM ? gauges[i] + value : Math.max(gauges[i], value);
        }
    }

    /**
     * @param bounds null where the histogram makes no sense
     * @param counts per bucket; kept and changed
     */
    void histogram(Signal signal, int source, @Nullable Bounds bounds, double[] counts, double sum, long startMillis) {
        if (!accept(signal, source)) {
            return;
        }
        int i = signal.number();
        HistogramCell cell = histograms[i];
        if (cell == null) {
            histograms[i] = new HistogramCell(bounds, counts, sum, startMillis);
        } else if (cell.bounds == null || bounds == null || !cell.bounds.equals(bounds)) {
            cell.bounds = null;
        } else {
            for (int bucket = 0; bucket < counts.length; bucket++) {
                cell.counts[bucket] += counts[bucket];
            }
            cell.sum += sum;
            cell.startMillis = earlier(cell.startMillis, startMillis);
        }
    }

    /** Whether a source is the best so far; what worse ones said is forgotten. */
    private boolean accept(Signal signal, int source) {
        int i = signal.number();
        if (source < sources[i]) {
            if (sources[i] != Integer.MAX_VALUE && signal.kind() == Signal.Kind.COUNTER) {
                counters.removeIf(cell -> cell.signal == signal);
                believedWith.remove(signal);
            }
            histograms[i] = null;
            sources[i] = source;
        }
        return source == sources[i];
    }

    private static long earlier(long a, long b) {
        return a <= 0 ? b : b <= 0 ? a : Math.min(a, b);
    }

    /** Adds what another slot gathered. */
    void addAll(EngineSlot other) {
        excess += other.excess;
        name(other.modelName);
        for (CounterCell cell : other.counters) {
            counter(cell.signal, other.sources[cell.signal.number()], cell.dimension, cell.value, cell.startMillis);
        }
        other.believedWith.forEach(
                (signal, dimensions) -> believeWith(signal, other.sources[signal.number()], dimensions));
        for (Signal signal : ALL) {
            int i = signal.number();
            int source = other.sources[i];
            if (signal.kind() == Signal.Kind.GAUGE && source != Integer.MAX_VALUE) {
                gauge(signal, source, other.gauges[i]);
            }
            HistogramCell cell = other.histograms[i];
            if (cell != null) {
                histogram(signal, source, cell.bounds, cell.counts, cell.sum, cell.startMillis);
            }
        }
    }

    /** What makes sense, in the order of signals and dimensions; {@link #dropped} then says how much did not. */
    EngineScrape toScrape() {
        dropped = excess;
        return new EngineScrape(engine(), modelName, counterSamples(), gauges(), histogramSamples());
    }

    /** How many samples {@link #toScrape} left out. */
    int dropped() {
        return dropped;
    }

    private List<CounterSample> counterSamples() {
        counters.sort(BY_SIGNAL);
        List<CounterSample> samples = new ArrayList<>(counters.size());
        for (CounterCell cell : counters) {
            if (cell.value >= 0 && cell.value < Double.POSITIVE_INFINITY && isBelieved(cell.signal)) {
                int source = sources[cell.signal.number()];
                samples.add(new CounterSample(cell.signal, cell.dimension, cell.value, cell.startMillis, source));
            } else {
                dropped++;
            }
        }
        return samples;
    }

    private Gauges gauges() {
        Gauges.Builder builder = Gauges.builder();
        for (Signal signal : ALL) {
            int i = signal.number();
            if (signal.kind() == Signal.Kind.GAUGE && sources[i] != Integer.MAX_VALUE) {
                if (Double.isInfinite(gauges[i])) {
                    dropped++;
                } else {
                    builder.set(signal, gauges[i]);
                }
            }
        }
        return builder.build();
    }

    private List<HistogramSample> histogramSamples() {
        List<HistogramSample> samples = new ArrayList<>();
        for (Signal signal : ALL) {
            int i = signal.number();
            HistogramCell cell = histograms[i];
            if (cell == null) {
                continue;
            }
            if (cell.bounds == null || !Double.isFinite(cell.sum)) {
                dropped++;
            } else {
                samples.add(
                        new HistogramSample(signal, cell.bounds, cell.counts, cell.sum, cell.startMillis, sources[i]));
            }
        }
        return samples;
    }
}
