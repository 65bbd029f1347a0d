package io.vedette.model.frame;

import io.vedette.model.entity.Entity;
import io.vedette.model.histogram.Bounds;
import io.vedette.model.histogram.Histogram;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;

/** Writes one frame. What windows have in common (bounds, dimensions, which buckets are empty) is written once for all of them. */
final class FrameEncoder {
    private final Frame frame;
    private final List<Window> windows;
    /** A bounds' number is its place, from 1. */
    private final List<Bounds> bounds = new ArrayList<>();

    private final ProtoWriter out = new ProtoWriter(2_048);

    FrameEncoder(Frame frame) {
        this.frame = frame;
        this.windows = frame.windows();
    }

    byte[] encode() {
        out.number(1, FrameCodec.VERSION);
        out.message(2, entity(frame.entity(), out.nested()));
        out.number(3, frame.tickMillis());
        out.number(4, frame.intervalMillis());
        out.number(5, WireNumbers.of(frame.release()));
        out.optional(6, frame.up());
        out.message(7, gauges(frame.gauges(), out.nested()));
        Latest latest = frame.latest();
        if (latest != null) {
            out.message(8, latest(latest, out.nested()));
        }
        out.message(9, life(frame.life(), out.nested()));
        for (Window window : windows) {
            ProtoWriter message = out.nested();
            message.number(1, window.durationMillis());
            message.number(2, window.coveredMillis());
            out.message(10, message);
        }
        collectBounds();
        bounds.forEach(this::writeBounds);
        forEach(Signal.Kind.COUNTER, this::writeGrowth);
        forEach(Signal.Kind.HISTOGRAM, this::writeObservations);
        forEach(Signal.Kind.GAUGE, this::writeGaugeStats);
        out.optional(15, frame.promptLimit());
        out.number(16, frame.members());
        out.number(17, frame.membersUp());
        out.number(18, WireNumbers.of(frame.gpus().owner()));
        for (Gpu card : frame.gpus().cards()) {
            out.message(19, card(card, out.nested()));
        }
        return out.toByteArray();
    }

    private static void forEach(Signal.Kind kind, Consumer<Signal> write) {
        for (Signal signal : Signal.values()) {
            if (signal.kind() == kind) {
                write.accept(signal);
            }
        }
    }

    private static ProtoWriter entity(Entity entity, ProtoWriter message) {
        message.number(1, WireNumbers.of(entity.kind()));
        message.string(2, entity.instance());
        message.string(3, entity.engine());
        message.string(4, entity.modelName());
        message.string(5, entity.role());
        message.string(6, entity.node());
        entity.labels().forEach((name, value) -> {
            ProtoWriter label = message.nested();
            label.element(1, name);
            label.element(2, value);
            message.message(7, label);
        });
        message.string(8, entity.gpu());
        message.string(9, entity.uuid());
        return message;
    }

    private static ProtoWriter card(Gpu card, ProtoWriter message) {
        message.string(1, card.gpu());
        message.string(2, card.uuid());
        message.string(3, card.product());
        message.packedDoubles(4, longs(card.memoryUsed()));
        message.packedDoubles(5, longs(card.utilization()));
        return message;
    }

    private static Longs longs(double[] values) {
        Longs longs = new Longs(values.length);
        for (double value : values) {
            longs.add(value);
        }
        return longs;
    }

    private static ProtoWriter gauges(Gauges gauges, ProtoWriter message) {
        Longs signals = new Longs();
        Longs values = new Longs();
        gauges.forEach((signal, value) -> {
            signals.add(signal.number());
            values.add(value);
        });
        message.packed(1, signals);
        message.packedDoubles(2, values);
        return message;
    }

    private static ProtoWriter latest(Latest latest, ProtoWriter message) {
        message.number(1, latest.timeMillis());
        message.bool(2, latest.up());
        message.string(3, latest.failure());
        message.message(4, gauges(latest.gauges(), message.nested()));
        return message;
    }

    private static ProtoWriter life(Life life, ProtoWriter message) {
        message.number(1, life.firstSeenMillis());
        message.number(2, life.firstUpMillis());
        message.number(3, life.downSinceMillis());
        message.number(4, life.processStartMillis());
        message.optional(5, life.finishedSinceStart());
        message.number(6, life.restarts());
        message.number(7, life.contextLength());
        return message;
    }

    private void collectBounds() {
        for (Window window : windows) {
            for (Histogram histogram : window.histograms().values()) {
                for (Histogram.Part part : histogram.parts()) {
                    if (!bounds.contains(part.bounds())) {
                        bounds.add(part.bounds());
                    }
                }
            }
        }
    }

    private void writeBounds(Bounds written) {
        ProtoWriter message = out.nested();
        written.decimal()
                .ifPresentOrElse(
                        decimal -> {
                            message.number(1, decimal.decimals());
                            message.packedSigned(2, Longs.of(decimal.steps()));
                        },
                        () -> {
                            message.packedDoubles(3, longs(written.toArray()));
                        });
        out.message(11, message);
    }

    /** One message for all windows where the counter is split in the same way. */
    private void writeGrowth(Signal counter) {
        List<WindowGroup<Set<String>, Collection<Double>>> splits = new ArrayList<>();
        for (int i = 0; i < windows.size(); i++) {
            SortedMap<String, Double> growth = windows.get(i).growth().get(counter);
            if (growth != null) {
                WindowGroup.of(growth.keySet(), splits).add(i, growth.values());
            }
        }
        for (WindowGroup<Set<String>, Collection<Double>> split : splits) {
            ProtoWriter message = begin(counter, split.windows());
            split.key().forEach(dimension -> message.element(3, dimension));
            EitherNumbers.of(byDimension(split)).write(message, 4, 5);
            out.message(12, message);
        }
    }

    private static Longs byDimension(WindowGroup<Set<String>, Collection<Double>> split) {
        int dimensions = split.key().size();
        int columns = split.values().size();
        Longs values = new Longs(dimensions * columns);
        List<Iterator<Double>> iterators = new ArrayList<>(columns);
        for (Collection<Double> growth : split.values()) {
            iterators.add(growth.iterator());
        }
        for (int i = 0; i < dimensions; i++) {
            for (Iterator<Double> window : iterators) {
                values.add(window.next().doubleValue());
            }
        }
        return values;
    }

    /** One message for all windows with a part of the same bounds. */
    private void writeObservations(Signal signal) {
        Longs unobserved = new Longs(0);
        List<WindowGroup<Bounds, Histogram.Part>> groups = new ArrayList<>(1);
        for (int i = 0; i < windows.size(); i++) {
            Histogram histogram = windows.get(i).histograms().get(signal);
            if (histogram != null) {
                if (histogram.parts().isEmpty()) {
                    unobserved.add(i);
                }
                for (Histogram.Part part : histogram.parts()) {
                    WindowGroup.of(part.bounds(), groups).add(i, part);
                }
            }
        }
        if (unobserved.size() > 0) {
            out.message(13, begin(signal, unobserved));
        }
        groups.sort(Comparator.comparing(WindowGroup::key));
        for (WindowGroup<Bounds, Histogram.Part> group : groups) {
            ProtoWriter message = begin(signal, group.windows());
            message.number(3, bounds.indexOf(group.key()) + 1);
            writeCounts(message, group.key().buckets(), group.values());
            out.message(13, message);
        }
    }

    private static void writeCounts(ProtoWriter message, int buckets, List<Histogram.Part> parts) {
        Longs gaps = new Longs(buckets);
        Longs counts = new Longs(buckets * parts.size());
        int next = 0;
        for (int bucket = 0; bucket < buckets; bucket++) {
            if (hasCount(parts, bucket)) {
                gaps.add(bucket - next);
                for (Histogram.Part part : parts) {
                    counts.add(FixedWire.write(part.counts()[bucket]));
                }
                next = bucket + 1;
            }
        }
        Longs sums = new Longs(parts.size());
        for (Histogram.Part part : parts) {
            sums.add(FixedWire.write(part.sum()));
        }
        message.packed(4, gaps);
        message.packed(5, counts);
        message.packedSigned(6, sums);
    }

    private static boolean hasCount(List<Histogram.Part> parts, int bucket) {
        for (Histogram.Part part : parts) {
            if (part.counts()[bucket] > 0) {
                return true;
            }
        }
        return false;
    }

    private void writeGaugeStats(Signal gauge) {
        if (!isInAnyWindow(gauge)) {
            return;
        }
        Longs indices = new Longs();
        Longs means = new Longs();
        Longs maxima = new Longs();
        Longs counts = new Longs();
        for (int i = 0; i < windows.size(); i++) {
            GaugeStats stats = windows.get(i).gauges().get(gauge);
            if (stats != null) {
                indices.add(i);
                means.add(stats.mean());
                maxima.add(stats.max());
                counts.add(stats.count());
            }
        }
        ProtoWriter message = begin(gauge, indices);
        EitherNumbers.of(means).write(message, 3, 4);
        EitherNumbers.of(maxima).write(message, 5, 6);
        message.packed(7, counts);
        out.message(14, message);
    }

    private boolean isInAnyWindow(Signal gauge) {
        for (Window window : windows) {
            if (window.gauges().containsKey(gauge)) {
                return true;
            }
        }
        return false;
    }

    /** A message with a signal's values for some windows. */
    private ProtoWriter begin(Signal signal, Longs indices) {
        ProtoWriter message = out.nested();
        message.number(1, signal.number());
        if (indices.size() < windows.size()) {
            message.packed(2, indices);
        }
        return message;
    }
}
