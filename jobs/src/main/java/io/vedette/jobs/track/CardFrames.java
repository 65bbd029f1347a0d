package io.vedette.jobs.track;

import io.vedette.model.entity.Entity;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Frame.Release;
import io.vedette.model.frame.Gpu;
import io.vedette.model.frame.Gpus;
import io.vedette.model.frame.Latest;
import io.vedette.model.frame.Life;
import io.vedette.model.frame.OwnerState;
import io.vedette.model.frame.Window;
import io.vedette.model.sample.Card;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes cards' frames, as far as their target knows them, and tells the cards' node of them. */
final class CardFrames {
    private final int[] windowPanes;

    CardFrames(int[] windowPanes) {
        this.windowPanes = windowPanes;
    }

    /**
     * Cards at a tick to which their histories have been brought.
     *
     * @param latest what the newest scrape said of a card; null where there was none
     */
    void emit(
            TargetState target,
            List<CardState> cards,
            long tick,
            long releasedAtMillis,
            Release release,
            Function<CardState, @Nullable Latest> latest,
            TrackOutput out) {
        tell(target, cards, releasedAtMillis, card -> frame(target, card, tick, release, latest.apply(card)), out);
    }

    /** The last frames of cards. */
    void last(
            TargetState target,
            List<CardState> cards,
            long tick,
            long releasedAtMillis,
            Release release,
            TrackOutput out) {
        tell(
                target,
                cards,
                releasedAtMillis,
                card -> new Frame(
                        entity(target, card),
                        tick,
                        target.intervalMillis,
                        release,
                        0,
                        0,
                        Double.NaN,
                        Gauges.none(),
                        null,
                        life(target),
                        Double.NaN,
                        Gpus.NONE,
                        List.of()),
                out);
    }

    private static void tell(
            TargetState target,
            List<CardState> cards,
            long atMillis,
            Function<CardState, Frame> frame,
            TrackOutput out) {
        Map<String, List<NodeNote.CardReading>> byNode = new TreeMap<>();
        for (CardState card : cards) {
            byNode.computeIfAbsent(nodeKey(target, card), node -> new ArrayList<>())
                    .add(new NodeNote.CardReading(frame.apply(card), card.owners, card.pods));
        }
        byNode.forEach((node, readings) ->
                out.note(new NodeNote.OfCards(node, target.noteAt(atMillis), target.target.instance(), readings)));
    }

    /** What the newest scrape said, for a tick that no scrape released; null when there was none. */
    static @Nullable Latest latestOf(TargetState target, CardState card) {
        boolean shown = target.lastUp && card.missingMillis == 0;
        Gauges lost = card.lost ? Gauges.none().with(Signal.LOST, 1) : Gauges.none();
        return target.lastScrapeMillis == 0
                ? null
                : new Latest(
                        target.lastScrapeMillis,
                        target.lastUp,
                        target.lastFailure,
                        shown ? card.series.gauges : target.lastUp ? lost : Gauges.none());
    }

    private Frame frame(TargetState target, CardState card, long tick, Release release, @Nullable Latest latest) {
        ReplicaState series = card.series;
        boolean heard =
                target.lastScrapeMillis > 0 && tick - target.lastScrapeMillis <= TargetTracker.patienceMillis(target);
        List<Window> windows = Windows.of(
                windowPanes,
                Windows.CARD_GAUGES,
                series.history,
                series.layout,
                i -> series.seenMillis[i] > 0 && series.seenMillis[i] >= series.lastGoodMillis);
        return new Frame(
                entity(target, card),
                tick,
                target.intervalMillis,
                release,
                0,
                0,
                heard ? (target.lastUp ? 1 : 0) : Double.NaN,
                gauges(target, card, tick),
                latest,
                life(target),
                Double.NaN,
                new Gpus(OwnerState.NONE, List.of(gpu(card.card, windows))),
                windows);
    }

    private static Gauges gauges(TargetState target, CardState card, long tick) {
        if (card.lost && card.missingMillis <= tick) {
            return Gauges.none().with(Signal.LOST, 1);
        }
        boolean fresh = card.series.lastGoodMillis > 0
                && tick - card.series.lastGoodMillis <= TargetTracker.patienceMillis(target);
        return fresh ? card.series.gauges : Gauges.none();
    }

    private static Gpu gpu(Card card, List<Window> windows) {
        return new Gpu(
                card.gpu(),
                card.uuid(),
                card.product(),
                means(windows, Signal.MEMORY_USED),
                means(windows, Signal.UTILIZATION));
    }

    private static double[] means(List<Window> windows, Signal gauge) {
        return windows.stream()
                .mapToDouble(window -> {
                    var stats = window.gauges().get(gauge);
                    return stats == null ? Double.NaN : stats.mean();
                })
                .toArray();
    }

    private static Entity entity(TargetState target, CardState card) {
        return Entity.gpu(node(target, card), card.card.gpu(), card.card.uuid(), target.target.labels());
    }

    private static String node(TargetState target, CardState card) {
        return target.target.node().isEmpty() ? card.card.node() : target.target.node();
    }

    /** Cards of which no node is known are kept apart by their target. */
    private static String nodeKey(TargetState target, CardState card) {
        String node = node(target, card);
        return node.isEmpty() ? "target|" + target.target.instance() : node;
    }

    private static Life life(TargetState target) {
        return new Life(target.firstSeenMillis, target.firstUpMillis, target.downSinceMillis, 0, Double.NaN, 0, 0);
    }
}
