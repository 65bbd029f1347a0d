package io.vedette.jobs.track;

import io.vedette.jobs.track.NodeNote.CardReading;
import io.vedette.jobs.track.NodeState.Claim;
import io.vedette.jobs.track.NodeState.Member;
import io.vedette.jobs.track.NodeState.NodeCard;
import io.vedette.jobs.wire.Wire;
import io.vedette.model.entity.Entity;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.FrameCodec;
import io.vedette.model.frame.FrameFormatException;
import io.vedette.model.frame.OwnerState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes and reads what a node remembers, and what it is told. */
public final class NodeCodec {
    private static final int REPLICA = 1;
    private static final int CARDS = 2;

    private NodeCodec() {}

    public static void writeNote(DataOutput out, NodeNote note) throws IOException {
        Wire.writeInt(out, note instanceof NodeNote.OfCards ? CARDS : REPLICA);
        Wire.writeText(out, note.node());
        Wire.writeLong(out, note.atMillis());
        Wire.writeText(out, note.target());
        if (note instanceof NodeNote.OfReplica replica) {
            Wire.writeLong(out, replica.orderMillis());
            writeOwner(out, replica.owner());
            out.writeBoolean(replica.gone());
        } else if (note instanceof NodeNote.OfCards cards) {
            Wire.writeInt(out, cards.cards().size());
            for (CardReading card : cards.cards()) {
                writeFrame(out, card.frame());
                Wire.writeTexts(out, card.owners());
                Wire.writeTexts(out, card.pods());
            }
        }
    }

    public static NodeNote readNote(DataInput in) throws IOException {
        int kind = Wire.readInt(in);
        String node = Wire.readText(in);
        long atMillis = Wire.readLong(in);
        String target = Wire.readText(in);
        if (kind == REPLICA) {
            return new NodeNote.OfReplica(node, atMillis, target, Wire.readLong(in), readOwner(in), in.readBoolean());
        }
        List<CardReading> cards = new ArrayList<>();
        for (int i = Wire.readInt(in); i > 0; i--) {
            cards.add(new CardReading(readFrame(in), Wire.readTexts(in), Wire.readTexts(in)));
        }
        return new NodeNote.OfCards(node, atMillis, target, cards);
    }

    public static void writeNode(DataOutput out, NodeState state) throws IOException {
        Wire.writeInt(out, state.waiting.size());
        for (NodeNote note : state.waiting) {
            writeNote(out, note);
        }
        Wire.writeInt(out, state.owners.size());
        for (Owner owner : state.owners.values()) {
            writeOwner(out, owner);
        }
        Wire.writeInt(out, state.cards.size());
        for (Map.Entry<String, NodeCard> card : state.cards.entrySet()) {
            Wire.writeText(out, card.getKey());
            writeCard(out, card.getValue());
        }
        Wire.writeInt(out, state.ticks.size());
        for (Map.Entry<String, Long> tick : state.ticks.entrySet()) {
            Wire.writeText(out, tick.getKey());
            Wire.writeLong(out, tick.getValue());
        }
        Wire.writeInt(out, state.pending.size());
        for (Map.Entry<Long, TreeMap<String, Member>> tick : state.pending.entrySet()) {
            Wire.writeLong(out, tick.getKey());
            Wire.writeInt(out, tick.getValue().size());
            for (Map.Entry<String, Member> member : tick.getValue().entrySet()) {
                Wire.writeText(out, member.getKey());
                writeFrame(out, member.getValue().frame());
                Wire.writeText(out, member.getValue().owner());
            }
        }
        Wire.writeLong(out, state.lastTickMillis);
        Wire.writeInt(out, state.told.size());
        for (Map.Entry<String, Frame> told : state.told.entrySet()) {
            Wire.writeText(out, told.getKey());
            writeFrame(out, told.getValue());
        }
    }

    public static NodeState readNode(DataInput in) throws IOException {
        NodeState state = new NodeState();
        for (int i = Wire.readInt(in); i > 0; i--) {
            state.waiting.add(readNote(in));
        }
        for (int i = Wire.readInt(in); i > 0; i--) {
            Owner owner = readOwner(in);
            state.owners.put(owner.replica().key(), owner);
        }
        for (int i = Wire.readInt(in); i > 0; i--) {
            state.cards.put(Wire.readText(in), readCard(in));
        }
        for (int i = Wire.readInt(in); i > 0; i--) {
            state.ticks.put(Wire.readText(in), Wire.readLong(in));
        }
        for (int i = Wire.readInt(in); i > 0; i--) {
            TreeMap<String, Member> members = new TreeMap<>();
            state.pending.put(Wire.readLong(in), members);
            for (int m = Wire.readInt(in); m > 0; m--) {
                members.put(Wire.readText(in), new Member(readFrame(in), Wire.readText(in)));
            }
        }
        state.lastTickMillis = Wire.readLong(in);
        for (int i = Wire.readInt(in); i > 0; i--) {
            state.told.put(Wire.readText(in), readFrame(in));
        }
        return state;
    }

    private static void writeCard(DataOutput out, NodeCard card) throws IOException {
        Wire.writeText(out, card.gpu);
        out.writeBoolean(card.named);
        Wire.writeText(out, card.owner);
        Wire.writeInt(out, card.claims.size());
        for (Map.Entry<String, Claim> claim : card.claims.entrySet()) {
            Wire.writeText(out, claim.getKey());
            Wire.writeLong(out, claim.getValue().atMillis());
            Wire.writeLong(out, claim.getValue().intervalMillis());
            out.writeBoolean(claim.getValue().named());
        }
        Wire.writeLong(out, card.lastTickMillis);
        writeLists(out, card.owners);
        writeLists(out, card.pods);
        Wire.writeText(out, card.plateauOf);
        Wire.writeLong(out, card.plateauSinceMillis);
        out.writeDouble(card.plateauBytes);
    }

    private static NodeCard readCard(DataInput in) throws IOException {
        NodeCard card = new NodeCard();
        card.gpu = Wire.readText(in);
        card.named = in.readBoolean();
        card.owner = Wire.readText(in);
        for (int i = Wire.readInt(in); i > 0; i--) {
            card.claims.put(Wire.readText(in), new Claim(Wire.readLong(in), Wire.readLong(in), in.readBoolean()));
        }
        card.lastTickMillis = Wire.readLong(in);
        card.owners.putAll(readLists(in));
        card.pods.putAll(readLists(in));
        card.plateauOf = Wire.readText(in);
        card.plateauSinceMillis = Wire.readLong(in);
        card.plateauBytes = in.readDouble();
        return card;
    }

    private static void writeLists(DataOutput out, Map<String, List<String>> lists) throws IOException {
        Wire.writeInt(out, lists.size());
        for (Map.Entry<String, List<String>> list : lists.entrySet()) {
            Wire.writeText(out, list.getKey());
            Wire.writeTexts(out, list.getValue());
        }
    }

    private static Map<String, List<String>> readLists(DataInput in) throws IOException {
        Map<String, List<String>> lists = new TreeMap<>();
        for (int i = Wire.readInt(in); i > 0; i--) {
            lists.put(Wire.readText(in), Wire.readTexts(in));
        }
        return lists;
    }

    private static void writeOwner(DataOutput out, Owner owner) throws IOException {
        Entity replica = owner.replica();
        Wire.writeText(out, replica.instance());
        Wire.writeText(out, replica.engine());
        Wire.writeText(out, replica.modelName());
        Wire.writeText(out, replica.role());
        Wire.writeText(out, replica.node());
        Wire.writeMap(out, replica.labels());
        Wire.writeTexts(out, owner.gpus());
        Wire.writeText(out, owner.pod());
        out.writeDouble(owner.reservation());
        Wire.writeText(out, owner.state().word());
        Wire.writeLong(out, owner.startMillis());
    }

    private static Owner readOwner(DataInput in) throws IOException {
        Entity replica = Entity.replica(
                Wire.readText(in),
                Wire.readText(in),
                Wire.readText(in),
                Wire.readText(in),
                Wire.readText(in),
                Wire.readMap(in));
        List<String> gpus = Wire.readTexts(in);
        String pod = Wire.readText(in);
        double reservation = in.readDouble();
        String state = Wire.readText(in);
        return new Owner(
                replica,
                gpus,
                pod,
                reservation,
                OwnerState.ofWord(state).orElseThrow(() -> new IOException("unknown state of an owner: " + state)),
                Wire.readLong(in));
    }

    private static void writeFrame(DataOutput out, Frame frame) throws IOException {
        Wire.writeBytes(out, FrameCodec.encode(frame));
    }

    private static Frame readFrame(DataInput in) throws IOException {
        try {
            return FrameCodec.decode(Wire.readBytes(in));
        } catch (FrameFormatException e) {
            throw new IOException("a frame in state is broken", e);
        }
    }
}
