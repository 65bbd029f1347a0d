package io.vedette.jobs.track;

import io.vedette.jobs.track.NodeState.NodeCard;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Frame.Release;
import io.vedette.model.frame.Gpus;
import io.vedette.model.frame.Latest;
import io.vedette.model.frame.OwnerState;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A card's frame with what its owner adds: who that is and how it is, the share of the card that it reserves, and what it was seen to use beyond that.
 * An engine takes its reservation at its start; graphs, workspaces and the libraries' own memory come on top of it while it warms up, and then it stays
 * so. What a warm replica uses at most in its first five minutes is its plateau.
 */
final class OwnedCard {
    static final long LEARN_MILLIS = 300_000;

    private OwnedCard() {}

    /** @param owner null where the card has none */
    static Frame frame(NodeCard card, Frame frame, @Nullable Owner owner) {
        if (owner == null) {
            card.plateauOf = "";
            return frame;
        }
        learn(card, frame, owner);
        Latest latest = frame.latest();
        return new Frame(
                frame.entity().ownedBy(owner.replica()),
                frame.tickMillis(),
                frame.intervalMillis(),
                frame.release(),
                frame.members(),
                frame.membersUp(),
                frame.up(),
                with(frame.gauges(), card, frame.tickMillis(), owner),
                latest == null
                        ? null
                        : new Latest(
                                latest.timeMillis(),
                                latest.up(),
                                latest.failure(),
                                with(latest.gauges(), card, frame.tickMillis(), owner)),
                frame.life(),
                frame.promptLimit(),
                new Gpus(owner.state(), frame.gpus().cards()),
                frame.windows());
    }

    private static void learn(NodeCard card, Frame frame, Owner owner) {
        boolean warm = owner.state() == OwnerState.SERVING || owner.state() == OwnerState.IDLE;
        String whose = owner.replica().key() + '|' + owner.startMillis();
        if (!whose.equals(card.plateauOf)) {
            card.plateauOf = warm ? whose : "";
            card.plateauSinceMillis = frame.tickMillis();
            card.plateauBytes = Double.NaN;
        }
        double used = frame.gauges().get(Signal.MEMORY_USED);
        if (warm && !Double.isNaN(used) && frame.tickMillis() - card.plateauSinceMillis < LEARN_MILLIS) {
            card.plateauBytes = Double.isNaN(card.plateauBytes) ? used : Math.max(card.plateauBytes, used);
        }
    }

    private static Gauges with(Gauges gauges, NodeCard card, long tickMillis, Owner owner) {
        double total = gauges.get(Signal.MEMORY_TOTAL);
        if (Double.isNaN(total) || Double.isNaN(owner.reservation())) {
            return gauges;
        }
        boolean learned = !card.plateauOf.isEmpty() && tickMillis - card.plateauSinceMillis >= LEARN_MILLIS;
        double overhead = learned ? Math.max(0, card.plateauBytes - owner.reservation() * total) : Double.NaN;
        return gauges.with(Signal.MEMORY_RESERVATION, owner.reservation()).with(Signal.MEMORY_OVERHEAD, overhead);
    }

    /** The last frame of what the entity of a frame was. */
    static Frame last(Frame frame) {
        return lastAt(frame, frame.tickMillis());
    }

    /** The same at another tick. */
    static Frame lastAt(Frame frame, long tickMillis) {
        return new Frame(
                frame.entity(),
                tickMillis,
                frame.intervalMillis(),
                Release.GONE,
                0,
                0,
                Double.NaN,
                Gauges.none(),
                null,
                frame.life(),
                Double.NaN,
                Gpus.NONE,
                List.of());
    }
}
