package io.vedette.jobs.track;

import io.vedette.jobs.track.NodeNote.CardReading;
import io.vedette.jobs.track.NodeState.Claim;
import io.vedette.jobs.track.NodeState.Member;
import io.vedette.jobs.track.NodeState.NodeCard;
import io.vedette.model.entity.Entity;
import io.vedette.model.frame.Frame;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * From what targets tell of a node to the frames of its cards, of the cards of each replica, and of the node. Notes are taken in the order of their
 * time, and only when all up to then are here, so that who owns a card at a tick never depends on whose records are read first. Pure; not thread-safe.
 */
public final class NodeTracker {
    private static final Comparator<NodeNote> ORDER = Comparator.comparingLong(NodeNote::atMillis)
            .thenComparing(note -> note instanceof NodeNote.OfCards)
            .thenComparing(NodeNote::target)
            .thenComparingLong(NodeNote::orderMillis);

    /**
     * Takes a note, which may have to wait.
     *
     * @param known the node's state; null when the node is new
     * @return the state; null when there is nothing to remember
     */
    public @Nullable NodeState onNote(@Nullable NodeState known, NodeNote note, long watermarkMillis, TrackOutput out) {
        NodeState state = known == null ? new NodeState() : known;
        int place = state.waiting.size();
        while (place > 0 && ORDER.compare(state.waiting.get(place - 1), note) > 0) {
            place--;
        }
        state.waiting.add(place, note);
        return release(state, watermarkMillis, out);
    }

    /**
     * Takes the notes whose time has come.
     *
     * @return the state; null when there is nothing to remember
     */
    public @Nullable NodeState release(NodeState state, long watermarkMillis, TrackOutput out) {
        int taken = 0;
        while (taken < state.waiting.size() && state.waiting.get(taken).atMillis() <= watermarkMillis) {
            NodeNote note = state.waiting.get(taken);
            taken++;
            if (note instanceof NodeNote.OfReplica replica) {
                take(state, replica);
            } else if (note instanceof NodeNote.OfCards cards) {
                take(state, cards, out);
            }
        }
        state.waiting.subList(0, taken).clear();
        return state.isEmpty() ? null : state;
    }

    /** When the first waiting note is next to be looked at; {@link Long#MAX_VALUE} when none waits. */
    public long nextLookMillis(NodeState state) {
        return state.waiting.isEmpty() ? Long.MAX_VALUE : state.waiting.get(0).atMillis();
    }

    private static void take(NodeState state, NodeNote.OfReplica note) {
        String key = note.owner().replica().key();
        if (note.gone()) {
            state.owners.remove(key);
        } else {
            state.owners.put(key, note.owner());
        }
    }

    private void take(NodeState state, NodeNote.OfCards note, TrackOutput out) {
        for (CardReading reading : note.cards()) {
            take(state, note, reading, out);
        }
        boolean believed =
                state.cards.values().stream().anyMatch(card -> note.target().equals(believed(card, note.atMillis())));
        if (believed) {
            state.ticks.put(note.target(), note.tickMillis());
        } else {
            state.ticks.remove(note.target());
        }
        CardsTogether.release(state, out);
    }

    private static void take(NodeState state, NodeNote.OfCards note, CardReading reading, TrackOutput out) {
        Frame frame = reading.frame();
        String key = keyOf(state, frame.entity());
        if (!key.equals(frame.entity().key())) {
            forget(state, frame, out);
        }
        NodeCard card = state.cards.computeIfAbsent(key, k -> new NodeCard());
        card.gpu = frame.entity().gpu().isEmpty() ? card.gpu : frame.entity().gpu();
        card.named |= !frame.entity().uuid().isEmpty();
        if (frame.isLast()) {
            boolean told = note.target().equals(believed(card, note.atMillis()));
            card.claims.remove(note.target());
            card.owners.remove(note.target());
            card.pods.remove(note.target());
            if (card.claims.isEmpty()) {
                state.cards.remove(key);
                if (told && frame.tickMillis() > card.lastTickMillis) {
                    out.frame(OwnedCard.frame(card, frame, state.owners.get(card.owner)));
                }
            }
            return;
        }
        if (frame.release() == Frame.Release.SCRAPE || !card.claims.containsKey(note.target())) {
            boolean named = !frame.entity().uuid().isEmpty();
            card.claims.put(note.target(), new Claim(note.atMillis(), frame.intervalMillis(), named));
        }
        card.owners.put(note.target(), reading.owners());
        card.pods.put(note.target(), reading.pods());
        if (!note.target().equals(believed(card, note.atMillis()))) {
            out.count(TrackEvent.CONTESTED_CARD);
            return;
        }
        if (frame.tickMillis() > card.lastTickMillis) {
            Owner owner = Ownership.of(state, card, frame);
            Frame told = OwnedCard.frame(card, frame, owner);
            card.lastTickMillis = frame.tickMillis();
            card.owner = owner == null ? "" : owner.replica().key();
            out.frame(told);
            state.pending
                    .computeIfAbsent(frame.tickMillis(), tick -> new TreeMap<>())
                    .put(key, new Member(told, card.owner));
        }
    }

    /** A card without a UUID is the one of its index, where another target knows that one's UUID. */
    private static String keyOf(NodeState state, Entity card) {
        if (card.uuid().isEmpty()) {
            for (Map.Entry<String, NodeCard> known : state.cards.entrySet()) {
                if (known.getValue().named && known.getValue().gpu.equals(card.gpu())) {
                    return known.getKey();
                }
            }
        }
        return card.key();
    }

    /** Ends what a card was told as before its UUID was known. */
    private static void forget(NodeState state, Frame frame, TrackOutput out) {
        if (state.cards.remove(frame.entity().key()) != null) {
            out.frame(OwnedCard.last(frame));
        }
    }

    /**
     * The target that is believed of a card: among those that were heard lately the one that knows its UUID and reads most often, then the first by
     * name; null when none was.
     */
    private static @Nullable String believed(NodeCard card, long atMillis) {
        String best = null;
        Claim bestClaim = null;
        for (Map.Entry<String, Claim> entry : card.claims.entrySet()) {
            Claim claim = entry.getValue();
            boolean better = bestClaim == null || isBetter(claim, bestClaim, atMillis);
            if (better) {
                best = entry.getKey();
                bestClaim = claim;
            }
        }
        return best;
    }

    private static boolean isBetter(Claim claim, Claim than, long atMillis) {
        boolean heard = isHeard(claim, atMillis);
        if (heard != isHeard(than, atMillis)) {
            return heard;
        }
        if (claim.named() != than.named()) {
            return claim.named();
        }
        return claim.intervalMillis() < than.intervalMillis();
    }

    private static boolean isHeard(Claim claim, long atMillis) {
        return atMillis - claim.atMillis() <= 2 * TargetTracker.patienceMillis(claim.intervalMillis());
    }
}
