package io.vedette.jobs.track;

import io.vedette.model.frame.Frame;
import java.util.List;

/** What a target tells about a node: its cards, or replicas that may own them. */
public sealed interface NodeNote {
    /** The node's key: its name, or for a target without one, the target's own. */
    String node();

    /** Append time by which it holds, Unix milliseconds: notes are taken in this order. */
    long atMillis();

    /** The target. */
    String target();

    /** Orders the notes of a target at one moment, ascending. */
    long orderMillis();

    /**
     * A replica that has changed.
     *
     * @param gone whether it is no more
     */
    record OfReplica(String node, long atMillis, String target, long orderMillis, Owner owner, boolean gone)
            implements NodeNote {}

    /** Cards of a target at a tick, all that are on this node. */
    record OfCards(String node, long atMillis, String target, List<CardReading> cards) implements NodeNote {
        public OfCards {
            cards = List.copyOf(cards);
            if (cards.isEmpty()) {
                throw new IllegalArgumentException("a note of cards needs one");
            }
        }

        public long tickMillis() {
            return cards.get(0).frame().tickMillis();
        }

        @Override
        public long orderMillis() {
            return tickMillis();
        }
    }

    /**
     * A card at a tick, without an owner.
     *
     * @param owners instances whose processes hold the card
     * @param pods that the card was given to
     */
    record CardReading(Frame frame, List<String> owners, List<String> pods) {
        public CardReading {
            owners = List.copyOf(owners);
            pods = List.copyOf(pods);
        }
    }
}
