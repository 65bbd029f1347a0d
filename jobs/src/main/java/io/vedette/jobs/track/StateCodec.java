package io.vedette.jobs.track;

import io.vedette.jobs.panes.KnownColumns;
import io.vedette.jobs.panes.PaneCodec;
import io.vedette.jobs.panes.PaneHistory;
import io.vedette.jobs.panes.SeriesLayout;
import io.vedette.jobs.wire.Wire;
import io.vedette.model.frame.Frame;
import io.vedette.model.sample.Target;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.TreeMap;

/** Writes and reads the trackers' states, and members' reports. */
public final class StateCodec {
    private StateCodec() {}

    public static void writeTarget(DataOutput out, TargetState state) throws IOException {
        Target target = state.target;
        Wire.writeText(out, target.instance());
        Wire.writeText(out, target.node());
        Wire.writeText(out, target.agent());
        Wire.writeText(out, target.modelName());
        Wire.writeText(out, target.role());
        Wire.writeMap(out, target.labels());
        Wire.writeLong(out, state.intervalMillis);
        Wire.writeLong(out, state.lastScrapeMillis);
        out.writeBoolean(state.lastUp);
        Wire.writeText(out, state.lastFailure);
        out.writeDouble(state.lastDurationSeconds);
        Wire.writeLong(out, state.lastTickMillis);
        Wire.writeLong(out, state.firstSeenMillis);
        Wire.writeLong(out, state.firstUpMillis);
        Wire.writeLong(out, state.downSinceMillis);
        Wire.writeLong(out, state.processStartMillis);
        Wire.writeLong(out, state.contextLength);
        Wire.writeLongs(out, state.restartMillis);
        Wire.writeLong(out, state.contenderMillis);
        Wire.writeLong(out, state.removedMillis);
        Wire.writeLong(out, state.timerMillis);
        Wire.writeInt(out, state.replicas.size());
        for (ReplicaState replica : state.replicas) {
            writeReplica(out, replica);
            Wire.writeLong(out, replica.busyMillis);
        }
        Wire.writeTexts(out, target.gpus());
        Wire.writeLong(out, state.notedMillis);
        CardCodec.writeCards(out, state.cards);
    }

    /**
     * Reads a target's state.
     *
     * @param version 1 has no cards, and does not say when a replica was busy
     */
    public static TargetState readTarget(int version, DataInput in) throws IOException {
        TargetState state = new TargetState(new Target(
                Wire.readText(in),
                Wire.readText(in),
                Wire.readText(in),
                Wire.readText(in),
                Wire.readText(in),
                Wire.readMap(in)));
        state.intervalMillis = Wire.readLong(in);
        state.lastScrapeMillis = Wire.readLong(in);
        state.lastUp = in.readBoolean();
        state.lastFailure = Wire.readText(in);
        state.lastDurationSeconds = in.readDouble();
        state.lastTickMillis = Wire.readLong(in);
        state.firstSeenMillis = Wire.readLong(in);
        state.firstUpMillis = Wire.readLong(in);
        state.downSinceMillis = Wire.readLong(in);
        state.processStartMillis = Wire.readLong(in);
        state.contextLength = Wire.readLong(in);
        state.restartMillis = Wire.readLongs(in);
        state.contenderMillis = Wire.readLong(in);
        state.removedMillis = Wire.readLong(in);
        state.timerMillis = Wire.readLong(in);
        KnownColumns known = new KnownColumns();
        int replicas = Wire.readInt(in);
        for (int i = 0; i < replicas; i++) {
            ReplicaState replica = readReplica(in, known, Windows.GAUGES.length);
            replica.busyMillis = version >= 2 ? Wire.readLong(in) : replica.lastGoodMillis;
            state.replicas.add(replica);
        }
        if (version >= 2) {
            Target bare = state.target;
            state.target = new Target(
                    bare.instance(),
                    bare.node(),
                    bare.agent(),
                    bare.modelName(),
                    bare.role(),
                    Wire.readTexts(in),
                    bare.labels());
            state.notedMillis = Wire.readLong(in);
            state.cards = CardCodec.readCards(in, known);
        }
        return state;
    }

    static void writeReplica(DataOutput out, ReplicaState replica) throws IOException {
        PaneCodec.writeHistory(out, replica.history);
        Wire.writeText(out, replica.engine);
        Wire.writeText(out, replica.modelName);
        Wire.writeLong(out, replica.lastGoodMillis);
        Wire.writeLong(out, replica.coveredUntilMillis);
        PaneCodec.writeLayout(out, replica.layout);
        Wire.writeDoubles(out, replica.values);
        Wire.writeLongs(out, replica.startMillis);
        Wire.writeInts(out, replica.source);
        Wire.writeLongs(out, replica.seenMillis);
        Wire.writeGauges(out, replica.gauges);
        out.writeDouble(replica.tokens);
        out.writeDouble(replica.kvUsage);
        Wire.writeLong(out, replica.progressMillis);
        out.writeDouble(replica.finishedSinceStart);
        Wire.writeText(out, replica.root);
        PaneCodec.writeGrowth(out, replica.unreported);
    }

    /** @param gauges how many gauges its history has at least */
    static ReplicaState readReplica(DataInput in, KnownColumns known, int gauges) throws IOException {
        ReplicaState replica = new ReplicaState(PaneCodec.readHistory(in, gauges));
        replica.engine = Wire.readText(in);
        replica.modelName = Wire.readText(in);
        replica.lastGoodMillis = Wire.readLong(in);
        replica.coveredUntilMillis = Wire.readLong(in);
        replica.layout = PaneCodec.readLayout(in);
        replica.values = Wire.readDoubles(in);
        replica.startMillis = Wire.readLongs(in);
        replica.source = Wire.readInts(in);
        replica.seenMillis = Wire.readLongs(in);
        replica.gauges = Wire.readGauges(in);
        replica.tokens = in.readDouble();
        replica.kvUsage = in.readDouble();
        replica.progressMillis = Wire.readLong(in);
        replica.finishedSinceStart = in.readDouble();
        replica.root = Wire.readText(in);
        replica.unreported = new ArrayList<>(PaneCodec.readGrowth(in, known));
        replica.fit();
        return replica;
    }

    public static void writeModel(DataOutput out, ModelState state) throws IOException {
        PaneCodec.writeHistory(out, state.history);
        Wire.writeText(out, state.modelName);
        Wire.writeText(out, state.role);
        Wire.writeLong(out, state.lastTickMillis);
        out.writeBoolean(state.begun);
        PaneCodec.writeLayout(out, state.layout);
        Wire.writeLongs(out, state.seenMillis);
        Wire.writeInt(out, state.members.size());
        for (var member : state.members.entrySet()) {
            Wire.writeText(out, member.getKey());
            Wire.writeLong(out, member.getValue().joinsMillis);
            Wire.writeLong(out, member.getValue().intervalMillis);
            out.writeBoolean(member.getValue().counted);
            PaneCodec.writeGrowth(out, member.getValue().queued);
        }
        Wire.writeInt(out, state.pending.size());
        for (var tick : state.pending.entrySet()) {
            Wire.writeLong(out, tick.getKey());
            Wire.writeInt(out, tick.getValue().size());
            for (MemberReport report : tick.getValue().values()) {
                writeReport(out, report);
            }
        }
    }

    public static ModelState readModel(DataInput in) throws IOException {
        KnownColumns known = new KnownColumns();
        PaneHistory history = PaneCodec.readHistory(in, Windows.GAUGES.length);
        ModelState state = new ModelState(history);
        state.modelName = Wire.readText(in);
        state.role = Wire.readText(in);
        state.lastTickMillis = Wire.readLong(in);
        state.begun = in.readBoolean();
        SeriesLayout layout = PaneCodec.readLayout(in);
        state.layout = layout;
        state.seenMillis = Wire.readLongs(in);
        int members = Wire.readInt(in);
        for (int i = 0; i < members; i++) {
            String key = Wire.readText(in);
            ModelState.Member member = new ModelState.Member();
            member.joinsMillis = Wire.readLong(in);
            member.intervalMillis = Wire.readLong(in);
            member.counted = in.readBoolean();
            member.queued = new ArrayList<>(PaneCodec.readGrowth(in, known));
            state.members.put(key, member);
        }
        int ticks = Wire.readInt(in);
        for (int i = 0; i < ticks; i++) {
            TreeMap<String, MemberReport> reports = new TreeMap<>();
            state.pending.put(Wire.readLong(in), reports);
            int count = Wire.readInt(in);
            for (int r = 0; r < count; r++) {
                MemberReport report = readReport(in, known);
                reports.put(report.member(), report);
            }
        }
        state.fit();
        return state;
    }

    public static void writeReport(DataOutput out, MemberReport report) throws IOException {
        Wire.writeText(out, report.root());
        Wire.writeText(out, report.member());
        Wire.writeText(out, report.modelName());
        Wire.writeText(out, report.role());
        Wire.writeMap(out, report.labels());
        Wire.writeLong(out, report.tickMillis());
        Wire.writeLong(out, report.releasedAtMillis());
        Wire.writeText(out, report.release().name());
        Wire.writeLong(out, report.intervalMillis());
        out.writeDouble(report.up());
        Wire.writeGauges(out, report.gauges());
        out.writeDouble(report.promptLimit());
        PaneCodec.writeGrowth(out, report.growth());
    }

    /** Reads a report; its columns are those that are known already where they are the same. */
    public static MemberReport readReport(DataInput in, KnownColumns known) throws IOException {
        return new MemberReport(
                Wire.readText(in),
                Wire.readText(in),
                Wire.readText(in),
                Wire.readText(in),
                Wire.readMap(in),
                Wire.readLong(in),
                Wire.readLong(in),
                Frame.Release.valueOf(Wire.readText(in)),
                Wire.readLong(in),
                in.readDouble(),
                Wire.readGauges(in),
                in.readDouble(),
                PaneCodec.readGrowth(in, known));
    }
}
