package io.vedette.jobs.detect;

import io.vedette.jobs.life.CandidateState;
import io.vedette.jobs.life.EntityDetectState;
import io.vedette.jobs.life.FamilyState;
import io.vedette.jobs.life.Fitness;
import io.vedette.jobs.life.Fitness.Standing;
import io.vedette.jobs.life.OpenAlert;
import io.vedette.jobs.life.TrackedState;
import io.vedette.jobs.rules.EntityState;
import io.vedette.jobs.serial.StreamCodec;
import io.vedette.jobs.wire.Wire;
import io.vedette.jobs.xid.XidHistory;
import io.vedette.jobs.xid.XidIncident;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What detection remembers of an entity, in checkpoints. Version 1 had no references frozen at onset, no revisions of levels and no fitness,
 * version 2 no XIDs.
 */
public final class EntityDetectStateCodec implements StreamCodec<EntityDetectState> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
        return 3;
    }

    @Override
    public void write(EntityDetectState state, DataOutput out) throws IOException {
        AlertWire.writeEntity(out, state.entity());
        Wire.writeLong(out, state.tickMillis());
        TrackedState tracked = state.tracked();
        Wire.writeText(out, tracked.state().word());
        Wire.writeLong(out, tracked.sinceMillis());
        Wire.writeLong(out, tracked.heardMillis());
        out.writeBoolean(tracked.everUp());
        Wire.writeLong(out, tracked.downSinceMillis());
        Wire.writeInt(out, state.families().size());
        for (FamilyState family : state.families()) {
            writeFamily(family, out);
        }
        Wire.writeInt(out, state.fitness().size());
        for (Fitness fitness : state.fitness()) {
            Wire.writeText(out, fitness.ruleId());
            AlertWire.writeSeverity(out, fitness.severity());
            Wire.writeText(out, fitness.standing().word());
            Wire.writeLong(out, fitness.heldMillis());
            Wire.writeLong(out, fitness.falseMillis());
            out.writeLong(fitness.revision());
        }
        Wire.writeInt(out, state.xids().incidents().size());
        for (XidIncident incident : state.xids().incidents()) {
            Wire.writeText(out, incident.number());
            Wire.writeLong(out, incident.firstMillis());
            Wire.writeLong(out, incident.lastMillis());
        }
    }

    private static void writeFamily(FamilyState family, DataOutput out) throws IOException {
        Wire.writeText(out, family.family());
        Wire.writeInt(out, family.candidates().size());
        for (CandidateState candidate : family.candidates()) {
            Wire.writeText(out, candidate.ruleId());
            AlertWire.writeSeverity(out, candidate.severity());
            out.writeBoolean(candidate.firing());
            Wire.writeLong(out, candidate.pendingSinceMillis());
            Wire.writeLong(out, candidate.firingSinceMillis());
            Wire.writeLong(out, candidate.heldMillis());
            Wire.writeLong(out, candidate.falseMillis());
            Wire.writeLong(out, candidate.unknownMillis());
            writeReferences(candidate, out);
            out.writeLong(candidate.revision());
        }
        OpenAlert open = family.open();
        out.writeBoolean(open != null);
        if (open != null) {
            Wire.writeText(out, open.alertname());
            AlertWire.writeSeverity(out, open.severity());
            Wire.writeLong(out, open.sequence());
            Wire.writeLong(out, open.pendingSinceMillis());
            Wire.writeLong(out, open.startsAtMillis());
            out.writeDouble(open.threshold());
            Wire.writeText(out, open.unit());
            Wire.writeText(out, open.window());
            Wire.writeText(out, open.summary());
            Wire.writeText(out, open.action());
        }
    }

    /** In the order of their keys, so that equal states are equal bytes. */
    private static void writeReferences(CandidateState candidate, DataOutput out) throws IOException {
        Wire.writeInt(out, candidate.references().size());
        for (Map.Entry<String, Double> reference : new TreeMap<>(candidate.references()).entrySet()) {
            Wire.writeText(out, reference.getKey());
            out.writeDouble(reference.getValue());
        }
    }

    @Override
    public EntityDetectState read(int version, DataInput in) throws IOException {
        return new EntityDetectState(
                AlertWire.readEntity(in),
                Wire.readLong(in),
                readTracked(in),
                readFamilies(version, in),
                version >= 2 ? readFitness(in) : List.of(),
                version >= 3 ? readXids(in) : XidHistory.NONE);
    }

    private static XidHistory readXids(DataInput in) throws IOException {
        List<XidIncident> incidents = new ArrayList<>();
        for (int i = Wire.readInt(in); i > 0; i--) {
            incidents.add(new XidIncident(Wire.readText(in), Wire.readLong(in), Wire.readLong(in)));
        }
        return new XidHistory(incidents);
    }

    private static List<Fitness> readFitness(DataInput in) throws IOException {
        List<Fitness> fitness = new ArrayList<>();
        for (int i = Wire.readInt(in); i > 0; i--) {
            fitness.add(new Fitness(
                    Wire.readText(in),
                    AlertWire.readSeverity(in),
                    AlertWire.known(Standing::ofWord, Wire.readText(in)),
                    Wire.readLong(in),
                    Wire.readLong(in),
                    in.readLong()));
        }
        return fitness;
    }

    private static TrackedState readTracked(DataInput in) throws IOException {
        return new TrackedState(
                AlertWire.known(EntityState::ofWord, Wire.readText(in)),
                Wire.readLong(in),
                Wire.readLong(in),
                in.readBoolean(),
                Wire.readLong(in));
    }

    private static List<FamilyState> readFamilies(int version, DataInput in) throws IOException {
        List<FamilyState> families = new ArrayList<>();
        for (int i = Wire.readInt(in); i > 0; i--) {
            families.add(new FamilyState(
                    Wire.readText(in), readCandidates(version, in), in.readBoolean() ? readOpen(in) : null));
        }
        return families;
    }

    private static List<CandidateState> readCandidates(int version, DataInput in) throws IOException {
        List<CandidateState> candidates = new ArrayList<>();
        for (int i = Wire.readInt(in); i > 0; i--) {
            candidates.add(new CandidateState(
                    Wire.readText(in),
                    AlertWire.readSeverity(in),
                    in.readBoolean(),
                    Wire.readLong(in),
                    Wire.readLong(in),
                    Wire.readLong(in),
                    Wire.readLong(in),
                    Wire.readLong(in),
                    version >= 2 ? readReferences(in) : Map.of(),
                    version >= 2 ? in.readLong() : 0));
        }
        return candidates;
    }

    private static Map<String, Double> readReferences(DataInput in) throws IOException {
        Map<String, Double> references = new HashMap<>();
        for (int i = Wire.readInt(in); i > 0; i--) {
            references.put(Wire.readText(in), in.readDouble());
        }
        return references;
    }

    private static OpenAlert readOpen(DataInput in) throws IOException {
        return new OpenAlert(
                Wire.readText(in),
                AlertWire.readSeverity(in),
                Wire.readLong(in),
                Wire.readLong(in),
                Wire.readLong(in),
                in.readDouble(),
                Wire.readText(in),
                Wire.readText(in),
                Wire.readText(in),
                Wire.readText(in));
    }
}
