package io.vedette.model.otlp;

import io.vedette.model.histogram.Bounds;
import io.vedette.model.otlp.KnownMetric.Interpretation;
import io.vedette.model.sample.EngineScrape;
import io.vedette.model.signal.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the engines of a scrape out of its data points, in whatever order they come. What carries no engine label belongs to the first engine by
 * name. Used for one scrape; not thread-safe.
 */
final class EngineAssembler {
    /** Most engines behind one target; points of others are dropped. */
    static final int MOST_ENGINES = 64;
    /** Most points that are looked at in one scrape; others are dropped. */
    static final int MOST_POINTS = 10_000;

    /** Stands for what has no engine label; the name is that of an engine which nobody names. */
    private final EngineSlot unlabelled = new EngineSlot("0");

    private final List<EngineSlot> engines = new ArrayList<>(2);
    private final PointLabels labels;
    private int points;
    private int dropped;

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

    /** A number whose labels were read. */
    void number(List<Interpretation> interpretations, double value, long startMillis) {
        for (Interpretation meaning : interpretations) {
            String dimension = meaning.dimension(labels);
            EngineSlot slot = dimension == null ? null : slot(meaning);
            if (dimension == null || slot == null) {
                continue;
            }
            double scaled = value * meaning.factor();
            switch (meaning.signal().kind()) {
                case COUNTER ->
                    slot.counter(
                            meaning.signal(),
                            meaning.source(),
                            dimension,
                            scaled >= 0 && scaled < Double.POSITIVE_INFINITY ? scaled : Double.NaN,
                            startMillis);
                case GAUGE -> slot.gauge(meaning.signal(), meaning.source(), scaled);
                case HISTOGRAM -> dropped++;
            }
        }
    }

    /** A histogram whose labels were read. */
    void histogram(List<Interpretation> interpretations, HistogramPointReader point) {
        for (Interpretation meaning : interpretations) {
            EngineSlot slot = meaning.dimension(labels) == null ? null : slot(meaning);
            if (slot == null) {
                continue;
            }
            if (meaning.signal().kind() != Signal.Kind.HISTOGRAM) {
                dropped++;
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

    private @Nullable EngineSlot slot(Interpretation meaning) {
        if (points == MOST_POINTS) {
            dropped++;
            return null;
        }
        points++;
        String engine = labels.first(meaning.engineLabels());
        EngineSlot slot = engine == null ? unlabelled : slot(engine);
        String model = labels.first(meaning.modelLabels());
        if (slot != null && model != null) {
            slot.name(model);
        }
        return slot;
    }

    private @Nullable EngineSlot slot(String engine) {
        for (EngineSlot slot : engines) {
            if (slot.engine().equals(engine)) {
                return slot;
            }
        }
        if (engines.size() == MOST_ENGINES) {
            dropped++;
            return null;
        }
        EngineSlot slot = new EngineSlot(engine);
        engines.add(slot);
        return slot;
    }

    /** The engines by name; to be called once. */
    List<EngineScrape> engines() {
        engines.sort(Comparator.comparing(EngineSlot::engine));
        if (engines.isEmpty()) {
            if (!unlabelled.isEmpty()) {
                engines.add(unlabelled);
            }
        } else {
            engines.get(0).addAll(unlabelled);
        }
        List<EngineScrape> scrapes = new ArrayList<>(engines.size());
        for (EngineSlot slot : engines) {
            scrapes.add(slot.toScrape());
            dropped += slot.dropped();
        }
        return scrapes;
    }
}
