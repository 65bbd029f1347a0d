package io.vedette.jobs.track;

import io.vedette.model.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** State of a node: who may own cards, which cards there are, and what waits for its time. Times are Unix milliseconds. */
public final class NodeState {
    /** Notes that wait until all up to their time are here, in the order in which they are taken. */
    public List<NodeNote> waiting = new ArrayList<>();
    /** By the replica's key. */
    public TreeMap<String, Owner> owners = new TreeMap<>();
    /** By the card's key. */
    public TreeMap<String, NodeCard> cards = new TreeMap<>();
    /** By the target's name: its newest tick, for targets that a card is believed of. */
    public TreeMap<String, Long> ticks = new TreeMap<>();
    /** Cards by tick and key, for ticks whose frames of several cards are not written yet. */
    public TreeMap<Long, TreeMap<String, Member>> pending = new TreeMap<>();
    /** The newest tick of frames of several cards. */
    public long lastTickMillis;
    /** Last frames of several cards, without windows, by key: of the node and of replicas. */
    public TreeMap<String, Frame> told = new TreeMap<>();

    /**
     * A card at a tick, as one of several.
     *
     * @param frame as it was written
     * @param owner key of the replica that owns it; empty where none does
     */
    public record Member(Frame frame, String owner) {}

    /** What a node knows of a card. */
    public static final class NodeCard {
        /** When each target that shows it last did, and at which interval, by the target's name. */
        public TreeMap<String, Claim> claims = new TreeMap<>();
        /** Its index; and whether somebody knows its UUID. */
        public String gpu = "";

        public boolean named;
        /** Key of the replica that owned it at the newest tick; empty where none did. */
        public String owner = "";
        /** Newest tick that was told. */
        public long lastTickMillis;
        /** Instances whose processes hold it, and pods that it was given to, by the target that says so. */
        public TreeMap<String, List<String>> owners = new TreeMap<>();

        public TreeMap<String, List<String>> pods = new TreeMap<>();
        /** Whose plateau this is: the owner's key and start; empty before there is one. */
        public String plateauOf = "";
        /** First tick at which the owner was warm. */
        public long plateauSinceMillis;
        /** The most memory used since then, in the time in which it is learned. */
        public double plateauBytes = Double.NaN;

        NodeCard copy() {
            NodeCard copy = new NodeCard();
            copy.claims = new TreeMap<>(claims);
            copy.gpu = gpu;
            copy.named = named;
            copy.owner = owner;
            copy.lastTickMillis = lastTickMillis;
            copy.owners = new TreeMap<>(owners);
            copy.pods = new TreeMap<>(pods);
            copy.plateauOf = plateauOf;
            copy.plateauSinceMillis = plateauSinceMillis;
            copy.plateauBytes = plateauBytes;
            return copy;
        }
    }

    /**
     * A target that shows a card.
     *
     * @param atMillis append time of the newest note in which the target was heard
     * @param named whether it knows the card's UUID
     */
    public record Claim(long atMillis, long intervalMillis, boolean named) {}

    boolean isEmpty() {
        return waiting.isEmpty() && owners.isEmpty() && cards.isEmpty() && pending.isEmpty() && told.isEmpty();
    }

    public NodeState copy() {
        NodeState copy = new NodeState();
        copy.waiting = new ArrayList<>(waiting);
        copy.owners = new TreeMap<>(owners);
        cards.forEach((key, card) -> copy.cards.put(key, card.copy()));
        copy.ticks = new TreeMap<>(ticks);
        pending.forEach((tick, members) -> copy.pending.put(tick, new TreeMap<>(members)));
        copy.lastTickMillis = lastTickMillis;
        copy.told = new TreeMap<>(told);
        return copy;
    }
}
