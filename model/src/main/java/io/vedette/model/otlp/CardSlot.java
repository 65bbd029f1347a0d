package io.vedette.model.otlp;

import io.vedette.model.sample.Card;
import io.vedette.model.sample.CardScrape;
import io.vedette.model.sample.CardSign;
import io.vedette.model.sample.CounterSample;
import io.vedette.model.signal.ClocksEvent;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Gathers what is said of one card in one scrape. Of each signal only the best source seen is kept. Not thread-safe. */
final class CardSlot {
    /** Most XIDs, or whatever else tells counters of one signal apart; others are dropped. */
    static final int MOST_DIMENSIONS = 128;

    private static final int MOST_OWNERS = 64;
    private static final Signal[] ALL = Signal.values();
    private static final int NUMBERS =
            Arrays.stream(ALL).mapToInt(Signal::number).max().orElse(0) + 1;
    private static final Comparator<CounterSample> BY_SIGNAL = Comparator.<CounterSample>comparingInt(
                    sample -> sample.signal().number())
            .thenComparing(CounterSample::dimension);
    private static final Comparator<CardSign> SIGNS_BY_SIGNAL = Comparator.<CardSign>comparingInt(
                    sign -> sign.signal().number())
            .thenComparing(CardSign::dimension)
            .thenComparing(CardSign::kind);

    private final String uuid;
    private String gpu;
    private String parent = "";
    private String product = "";
    private String node = "";
    private final int[] sources = new int[NUMBERS];
    private final double[] gauges = new double[NUMBERS];
    private final List<CounterSample> counters = new ArrayList<>(0);
    private final List<CardSign> signs = new ArrayList<>(9);
    private final TreeSet<String> owners = new TreeSet<>();
    private final TreeSet<String> pods = new TreeSet<>();
    private int dropped;

    CardSlot(String uuid, String gpu) {
        this.uuid = uuid;
        this.gpu = gpu;
        Arrays.fill(sources, Integer.MAX_VALUE);
    }

    /** A card without a UUID is known by its index. */
    boolean is(String otherUuid, String otherGpu) {
        return uuid.equals(otherUuid) && (!uuid.isEmpty() || gpu.equals(otherGpu));
    }

    /** Takes what else a point's labels say; the first word holds. */
    void describe(String otherGpu, String otherParent, String otherProduct, String otherNode, String otherPod) {
        gpu = gpu.isEmpty() ? otherGpu : gpu;
        parent = parent.isEmpty() ? otherParent : parent;
        product = product.isEmpty() ? otherProduct : product;
        node = node.isEmpty() ? otherNode : node;
        if (!otherPod.isEmpty() && pods.size() < MOST_OWNERS) {
            pods.add(otherPod);
        }
    }

    void owner(String instance) {
        if (owners.size() < MOST_OWNERS) {
            owners.add(instance);
        } else {
            dropped++;
        }
    }

    void take(CardInterpretation meaning, String dimension, double value, long startMillis) {
        Signal signal = meaning.signal();
        if (!(value > Double.NEGATIVE_INFINITY && value < Double.POSITIVE_INFINITY)
                || (signal.kind() == Signal.Kind.COUNTER && value < 0)) {
            dropped++;
        } else if (accept(signal, meaning.source())) {
            switch (meaning.form()) {
                case VALUE -> number(signal, meaning.source(), dimension, value * meaning.factor(), startMillis);
                case STATE -> sign(signal, CardSign.Kind.STATE, dimension, value > 0 ? 1 : 0);
                case LAST -> sign(signal, CardSign.Kind.LAST, "", value);
                case RISE -> sign(signal, CardSign.Kind.RISE, dimension, value);
                case MASK -> {
                    for (ClocksEvent event : ClocksEvent.values()) {
                        sign(signal, CardSign.Kind.STATE, event.word(), event.isIn((long) value) ? 1 : 0);
                    }
                }
            }
        }
    }

    /** Where several series say the same, as they do for pods that share a card, the largest counts. */
    private void number(Signal signal, int source, String dimension, double value, long startMillis) {
        int i = signal.number();
        if (signal.kind() == Signal.Kind.GAUGE) {
            gauges[i] = Double.isNaN(gauges[i]) ? value : Math.max(gauges[i], value);
            return;
        }
        for (int c = 0; c < counters.size(); c++) {
            CounterSample sample = counters.get(c);
            if (sample.signal() == signal && sample.dimension().equals(dimension)) {
                if (value > sample.value() && value < Double.POSITIVE_INFINITY) {
                    counters.set(c, new CounterSample(signal, dimension, value, startMillis, source));
                }
                return;
            }
        }
        if (value < Double.POSITIVE_INFINITY && counters.size() < MOST_DIMENSIONS) {
            counters.add(new CounterSample(signal, dimension, value, startMillis, source));
        } else {
            dropped++;
        }
    }

    private void sign(Signal signal, CardSign.Kind kind, String dimension, double value) {
        for (int i = 0; i < signs.size(); i++) {
            CardSign sign = signs.get(i);
            if (sign.signal() == signal && sign.dimension().equals(dimension)) {
                signs.set(i, new CardSign(signal, kind, dimension, Math.max(value, sign.value())));
                return;
            }
        }
        if (signs.size() < MOST_DIMENSIONS) {
            signs.add(new CardSign(signal, kind, dimension, value));
        } else {
            dropped++;
        }
    }

    /** Whether a source is the best so far; what worse ones said is forgotten. */
    private boolean accept(Signal signal, int source) {
        int i = signal.number();
        if (source < sources[i]) {
            if (sources[i] != Integer.MAX_VALUE && signal.kind() == Signal.Kind.COUNTER) {
                counters.removeIf(sample -> sample.signal() == signal);
                signs.removeIf(sign -> sign.signal() == signal);
            }
            gauges[i] = Double.NaN;
            sources[i] = source;
        }
        return source == sources[i];
    }

    /** What makes sense, in the order of signals and dimensions. */
    CardScrape toScrape() {
        counters.sort(BY_SIGNAL);
        signs.sort(SIGNS_BY_SIGNAL);
        return new CardScrape(
                new Card(uuid, gpu, parent, product, node),
                List.copyOf(owners),
                List.copyOf(pods),
                counters,
                signs,
                gauges());
    }

    /** How many samples were left out. */
    int dropped() {
        return dropped;
    }

    /** What is told, and what follows from it: total is used and free and reserved, so free is what the others leave. */
    private Gauges gauges() {
        Gauges.Builder builder = Gauges.builder();
        for (Signal signal : ALL) {
            if (signal.kind() == Signal.Kind.GAUGE && isTold(signal)) {
                builder.set(signal, gauges[signal.number()]);
            }
        }
        if (isTold(Signal.MEMORY_USED)) {
            double used = gauges[Signal.MEMORY_USED.number()];
            double reserved = isTold(Signal.MEMORY_RESERVED) ? gauges[Signal.MEMORY_RESERVED.number()] : 0;
            if (isTold(Signal.MEMORY_FREE) && !isTold(Signal.MEMORY_TOTAL)) {
                builder.set(Signal.MEMORY_TOTAL, used + gauges[Signal.MEMORY_FREE.number()] + reserved);
            } else if (isTold(Signal.MEMORY_TOTAL) && !isTold(Signal.MEMORY_FREE)) {
                double free = gauges[Signal.MEMORY_TOTAL.number()] - used - reserved;
                builder.set(Signal.MEMORY_FREE, Math.max(0, free));
            }
        }
        return builder.build();
    }

    private boolean isTold(Signal signal) {
        return sources[signal.number()] != Integer.MAX_VALUE;
    }
}
