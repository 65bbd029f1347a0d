package io.vedette.jobs.track;

import io.vedette.jobs.track.NodeState.Member;
import io.vedette.model.entity.Entity;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Frame.Release;
import io.vedette.model.frame.GaugeStats;
import io.vedette.model.frame.Gpu;
import io.vedette.model.frame.Gpus;
import io.vedette.model.frame.Life;
import io.vedette.model.frame.OwnerState;
import io.vedette.model.frame.Window;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Writes the frames of several cards together: those of a node, and those of each replica. Their tick is released when all targets that cards are
 * believed of have come to it, by scrapes or by silence.
 */
final class CardsTogether {
    private static final Comparator<Gpu> BY_INDEX = Comparator.<Gpu>comparingInt(
                    gpu -> gpu.gpu().length())
            .thenComparing(Gpu::gpu)
            .thenComparing(Gpu::uuid);

    private CardsTogether() {}

    static void release(NodeState state, TrackOutput out) {
        long reached = state.ticks.isEmpty() ? Long.MAX_VALUE : Collections.min(state.ticks.values());
        while (!state.pending.isEmpty() && state.pending.firstKey() <= reached) {
            Map.Entry<Long, TreeMap<String, Member>> tick = state.pending.pollFirstEntry();
            if (tick.getKey() > state.lastTickMillis) {
                state.lastTickMillis = tick.getKey();
                tell(state, tick.getKey(), tick.getValue(), out);
            }
        }
        if (state.cards.isEmpty()) {
            endAllBut(state, List.of(), out);
        }
    }

    private static void tell(NodeState state, long tick, Map<String, Member> members, TrackOutput out) {
        List<Frame> all = members.values().stream().map(Member::frame).toList();
        List<String> told = new ArrayList<>();
        String node = all.get(0).entity().node();
        if (!node.isEmpty()) {
            told.add(tell(state, Entity.node(node, shared(all)), OwnerState.NONE, tick, all, out));
        }
        Map<String, List<Frame>> byOwner = new TreeMap<>();
        members.values().forEach(member -> {
            if (!member.owner().isEmpty()) {
                byOwner.computeIfAbsent(member.owner(), key -> new ArrayList<>())
                        .add(member.frame());
            }
        });
        byOwner.forEach((key, cards) -> {
            Owner owner = state.owners.get(key);
            if (owner != null) {
                told.add(tell(state, owner.replica().cards(), owner.state(), tick, cards, out));
            }
        });
        state.cards.values().forEach(card -> {
            Owner owner = state.owners.get(card.owner);
            if (owner != null) {
                told.add(owner.replica().cards().key());
            }
        });
        endAllBut(state, told, out);
    }

    private static String tell(
            NodeState state, Entity entity, OwnerState owner, long tick, List<Frame> cards, TrackOutput out) {
        List<Gpu> gpus = cards.stream()
                .flatMap(frame -> frame.gpus().cards().stream())
                .sorted(BY_INDEX)
                .toList();
        int lost = (int) cards.stream()
                .filter(frame -> frame.gauges().get(Signal.LOST) == 1)
                .count();
        Frame frame = new Frame(
                entity,
                tick,
                cards.stream().mapToLong(Frame::intervalMillis).max().orElse(0),
                cards.stream().anyMatch(card -> card.release() == Release.SCRAPE) ? Release.SCRAPE : Release.SILENCE,
                cards.size(),
                cards.size() - lost,
                Double.NaN,
                Gauges.none(),
                null,
                Life.NONE,
                Double.NaN,
                new Gpus(owner, gpus),
                windows(cards, areAlike(cards)));
        out.frame(frame);
        state.told.put(entity.key(), OwnedCard.last(frame));
        return entity.key();
    }

    private static void endAllBut(NodeState state, Collection<String> told, TrackOutput out) {
        state.told.entrySet().removeIf(before -> {
            boolean ended = !told.contains(before.getKey());
            if (ended) {
                long next = before.getValue().tickMillis() + Frame.TICK_MILLIS;
                out.frame(OwnedCard.lastAt(before.getValue(), Math.max(next, state.lastTickMillis)));
            }
            return ended;
        });
    }

    private static Map<String, String> shared(List<Frame> cards) {
        Map<String, String> labels = new HashMap<>(cards.get(0).entity().labels());
        cards.forEach(card -> labels.entrySet().retainAll(card.entity().labels().entrySet()));
        return labels;
    }

    /** Whether cards are of one product, so that they should do the same. */
    private static boolean areAlike(List<Frame> cards) {
        return cards.stream()
                        .flatMap(frame -> frame.gpus().cards().stream())
                        .map(Gpu::product)
                        .distinct()
                        .count()
                == 1;
    }

    private static List<Window> windows(List<Frame> cards, boolean alike) {
        int count = cards.stream().mapToInt(card -> card.windows().size()).min().orElse(0);
        List<Window> windows = new ArrayList<>(count);
        for (int w = 0; w < count; w++) {
            int at = w;
            long covered = cards.stream()
                    .mapToLong(card -> card.windows().get(at).coveredMillis())
                    .max()
                    .orElse(0);
            Window.Builder window =
                    new Window.Builder(cards.get(0).windows().get(w).durationMillis(), covered);
            if (alike) {
                spread(cards, gpu -> mean(gpu.memoryUsed(), at), Signal.GPU_MEMORY_IMBALANCE, window);
                spread(cards, gpu -> mean(gpu.utilization(), at), Signal.GPU_UTILIZATION_IMBALANCE, window);
            }
            windows.add(window.build());
        }
        return windows;
    }

    private static double mean(double[] byWindow, int window) {
        return window < byWindow.length ? byWindow[window] : Double.NaN;
    }

    /** The largest of the cards' means less the smallest; nothing where fewer than two are known. A card that is lost has no part in it. */
    private static void spread(List<Frame> cards, Function<Gpu, Double> mean, Signal imbalance, Window.Builder window) {
        double[] means = cards.stream()
                .filter(card -> card.gauges().get(Signal.LOST) != 1)
                .flatMap(card -> card.gpus().cards().stream())
                .mapToDouble(mean::apply)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        if (means.length >= 2) {
            double most = means[means.length - 1];
            window.gauge(imbalance, new GaugeStats(most - means[0], most - means[0], means.length));
            if (imbalance == Signal.GPU_UTILIZATION_IMBALANCE) {
                window.gauge(Signal.GPU_UTILIZATION_PEAK, new GaugeStats(most, most, means.length));
            }
        }
    }
}
