package io.vedette.model.otlp;

import io.vedette.model.histogram.Bounds;
import io.vedette.model.otlp.KnownMetric.Interpretation;
import io.vedette.model.sample.EngineScrape;
import io.vedette.model.signal.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the engines of a scrape out of its data points, in whatever order they come. What carries no engine label belongs to the first engine by
 * name, of its replica where it names one; where no engine is named at all, to its model if there are several. Used for one scrape; not thread-safe.
 */
final class EngineAssembler {
    /** Most engines behind one target; points of others are dropped. */
    static final int MOST_ENGINES = 64;
    /** Most points that are looked at in one scrape; others are dropped. */
    static final int MOST_POINTS = 10_000;

    private final List<EngineSlot> engines = new ArrayList<>(2);
    /** What has no engine label, by replica and model. */
    private final List<EngineSlot> unlabelled = new ArrayList<>(2);

    private final PointLabels labels;
    private int points;
    private int dropped;
    private int foreign;

    EngineAssembler(PointLabels labels) {
        this.labels = labels;
    }

    /** Counts samples that cannot be used. */
    void drop(int samples) {
        dropped += samples;
    }

    /** How many samples were dropped, complete after {@link #engines}. */
    int dropped() {
        return dropped;
    }

    /** How many samples were about engines of other targets. */
    int foreign() {
        return foreign;
    }

    /** A number whose labels were read. */
    void number(List<Interpretation> interpretations, double value, long startMillis) {
        countForeign(interpretations);
        for (Interpretation meaning : interpretations) {
            String dimension = meaning.dimension(labels);
            if (dimension == null) {
                continue;
            }
            if (meaning.signal().kind() == Signal.Kind.HISTOGRAM) {
                dropped++;
                continue;
            }
            EngineSlot slot = slot(meaning);
            if (slot == null) {
                continue;
            }
            double scaled = meaning.value(labels, value);
            if (meaning.signal().kind() == Signal.Kind.GAUGE) {
                slot.gauge(meaning.signal(), meaning.source(), scaled);
                continue;
            }
            slot.counter(
                    meaning.signal(),
                    meaning.source(),
                    dimension,
                    scaled >= 0 && scaled < Double.POSITIVE_INFINITY ? scaled : Double.NaN,
                    startMillis);
            if (!meaning.believedWith().isEmpty()) {
                slot.believeWith(meaning.signal(), meaning.source(), meaning.believedWith());
            }
        }
    }

    /** A histogram whose labels were read. */
    void histogram(List<Interpretation> interpretations, HistogramPointReader point) {
        countForeign(interpretations);
        for (Interpretation meaning : interpretations) {
            if (meaning.dimension(labels) == null) {
                continue;
            }
            if (meaning.signal().kind() != Signal.Kind.HISTOGRAM) {
                dropped++;
                continue;
            }
            EngineSlot slot = slot(meaning);
            if (slot == null) {
                continue;
            }
            Bounds bounds = point.bounds(meaning.factor());
            slot.histogram(
                    meaning.signal(),
                    meaning.source(),
                    bounds,
                    point.counts(),
                    point.sum() * meaning.factor(),
                    point.startMillis());
        }
    }

    private void countForeign(List<Interpretation> interpretations) {
        for (Interpretation meaning : interpretations) {
            if (meaning.isForeign(labels)) {
                foreign++;
                return;
            }
        }
    }

    private @Nullable EngineSlot slot(Interpretation meaning) {
        if (points == MOST_POINTS) {
            dropped++;
            return null;
        }
        points++;
        String replica = orEmpty(labels.first(meaning.replicaLabels()));
        String engine = labels.first(meaning.engineLabels());
        String model = orEmpty(labels.first(meaning.modelLabels()));
        return engine == null ? unlabelled(replica, model) : engine(replica, engine, model);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private @Nullable EngineSlot engine(String replica, String engine, String model) {
        for (EngineSlot slot : engines) {
            if (slot.is(replica, engine)) {
                slot.name(model);
                return slot;
            }
        }
        return added(engines, new EngineSlot(replica, engine, model));
    }

    private @Nullable EngineSlot unlabelled(String replica, String model) {
        for (EngineSlot slot : unlabelled) {
            if (slot.is(replica, "") && slot.modelName().equals(model)) {
                return slot;
            }
        }
        return added(unlabelled, new EngineSlot(replica, "", model));
    }

    private @Nullable EngineSlot added(List<EngineSlot> slots, EngineSlot slot) {
        if (slots.size() == MOST_ENGINES) {
            dropped++;
            return null;
        }
        slots.add(slot);
        return slot;
    }

    /** The engines by name; to be called once. */
    List<EngineScrape> engines() {
        engines.sort(Comparator.comparing(EngineSlot::engine));
        assignUnlabelled();
        engines.sort(Comparator.comparing(EngineSlot::engine));
        List<EngineScrape> scrapes = new ArrayList<>(engines.size());
        for (EngineSlot slot : engines) {
            scrapes.add(slot.toScrape());
            dropped += slot.dropped();
        }
        return scrapes;
    }

    /** Gives what has no engine label to an engine, or makes engines of it. */
    private void assignUnlabelled() {
        Map<String, List<EngineSlot>> byReplica = new TreeMap<>();
        for (EngineSlot slot : unlabelled) {
            byReplica
                    .computeIfAbsent(slot.replica(), replica -> new ArrayList<>(1))
                    .add(slot);
        }
        byReplica.forEach((replica, slots) -> {
            EngineSlot first = firstOf(replica);
            if (first == null) {
                engines.addAll(standingAlone(slots));
            } else {
                slots.forEach(first::addAll);
            }
        });
    }

    /** One engine for each model, which gets what names no model. */
    private static List<EngineSlot> standingAlone(List<EngineSlot> slots) {
        slots.sort(Comparator.comparing(EngineSlot::modelName));
        if (slots.size() > 1 && slots.get(0).modelName().isEmpty()) {
            EngineSlot nameless = slots.remove(0);
            slots.get(0).addAll(nameless);
        }
        if (slots.size() > 1) {
            slots.forEach(EngineSlot::callByModel);
        }
        return slots;
    }

    /** The first engine of a replica; for what names no replica, the first of all. */
    private @Nullable EngineSlot firstOf(String replica) {
        for (EngineSlot slot : engines) {
            if (replica.isEmpty() || slot.replica().equals(replica)) {
                return slot;
            }
        }
        return null;
    }
}
