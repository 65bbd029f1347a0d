package io.vedette.jobs.detect;

import io.vedette.jobs.serial.StreamCodec;
import io.vedette.jobs.wire.Wire;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.AlertEvent.Evidence;
import io.vedette.model.alert.AlertEvent.ResolvedReason;
import io.vedette.model.alert.AlertEvent.State;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Alert events between operators. */
public final class AlertEventCodec implements StreamCodec<AlertEvent> {
    private static final long serialVersionUID = 1L;

    @Override
    public void write(AlertEvent event, DataOutput out) throws IOException {
        Wire.writeLong(out, event.sequence());
        Wire.writeText(out, event.alertname());
        Wire.writeText(out, event.family());
        AlertWire.writeSeverity(out, event.severity());
        AlertWire.writeEntity(out, event.entity());
        Wire.writeLong(out, event.pendingSince().toEpochMilli());
        Wire.writeLong(out, event.startsAt().toEpochMilli());
        Wire.writeLong(out, event.updatedAt().toEpochMilli());
        out.writeDouble(event.value());
        out.writeDouble(event.threshold());
        Wire.writeText(out, event.unit());
        Wire.writeText(out, event.window());
        Wire.writeText(out, event.summary());
        Wire.writeText(out, event.action());
        Wire.writeText(out, event.runbookUrl());
        out.writeBoolean(event.late());
        Wire.writeInt(out, event.evidence().size());
        for (Evidence evidence : event.evidence()) {
            Wire.writeText(out, evidence.series());
            out.writeDouble(evidence.value());
            out.writeDouble(evidence.lower());
            out.writeDouble(evidence.upper());
        }
        ResolvedReason reason = event.resolvedReason();
        Instant endsAt = event.endsAt();
        out.writeBoolean(reason != null && endsAt != null);
        if (reason != null && endsAt != null) {
            Wire.writeText(out, reason.word());
            Wire.writeLong(out, endsAt.toEpochMilli());
        }
    }

    @Override
    public AlertEvent read(int version, DataInput in) throws IOException {
        AlertEvent firing = new AlertEvent(
                Wire.readLong(in),
                Wire.readText(in),
                Wire.readText(in),
                AlertWire.readSeverity(in),
                State.FIRING,
                AlertWire.readEntity(in),
                instant(in),
                instant(in),
                null,
                instant(in),
                in.readDouble(),
                in.readDouble(),
                Wire.readText(in),
                Wire.readText(in),
                Wire.readText(in),
                Wire.readText(in),
                Wire.readText(in),
                in.readBoolean(),
                null,
                evidence(in));
        return in.readBoolean() ? ended(firing, reason(Wire.readText(in)), instant(in)) : firing;
    }

    private static List<Evidence> evidence(DataInput in) throws IOException {
        List<Evidence> evidence = new ArrayList<>();
        for (int i = Wire.readInt(in); i > 0; i--) {
            evidence.add(new Evidence(Wire.readText(in), in.readDouble(), in.readDouble(), in.readDouble()));
        }
        return evidence;
    }

    private static Instant instant(DataInput in) throws IOException {
        return Instant.ofEpochMilli(Wire.readLong(in));
    }

    private static ResolvedReason reason(String word) throws IOException {
        return AlertWire.known(
                w -> Arrays.stream(ResolvedReason.values())
                        .filter(r -> r.word().equals(w))
                        .findFirst(),
                word);
    }

    private static AlertEvent ended(AlertEvent event, ResolvedReason reason, Instant endsAt) {
        return new AlertEvent(
                event.sequence(),
                event.alertname(),
                event.family(),
                event.severity(),
                State.RESOLVED,
                event.entity(),
                event.pendingSince(),
                event.startsAt(),
                endsAt,
                event.updatedAt(),
                event.value(),
                event.threshold(),
                event.unit(),
                event.window(),
                event.summary(),
                event.action(),
                event.runbookUrl(),
                event.late(),
                reason,
                event.evidence());
    }
}
