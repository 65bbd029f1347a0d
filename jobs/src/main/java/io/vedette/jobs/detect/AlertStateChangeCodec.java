package io.vedette.jobs.detect;

import io.vedette.jobs.life.AlertStateChange;
import io.vedette.jobs.serial.StreamCodec;
import io.vedette.jobs.wire.Wire;
import io.vedette.model.alert.AlertState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;

/** Changes of what is pending or firing, between operators. */
public final class AlertStateChangeCodec implements StreamCodec<AlertStateChange> {
    private static final long serialVersionUID = 1L;

    @Override
    public void write(AlertStateChange change, DataOutput out) throws IOException {
        Wire.writeText(out, change.fingerprint());
        AlertState state = change.state();
        out.writeBoolean(state != null);
        if (state != null) {
            Wire.writeText(out, state.alertname());
            Wire.writeText(out, state.family());
            AlertWire.writeSeverity(out, state.severity());
            out.writeBoolean(state.firing());
            AlertWire.writeEntity(out, state.entity());
            Wire.writeLong(out, state.since().toEpochMilli());
        }
    }

    @Override
    public AlertStateChange read(int version, DataInput in) throws IOException {
        String fingerprint = Wire.readText(in);
        return new AlertStateChange(
                fingerprint,
                in.readBoolean()
                        ? new AlertState(
                                fingerprint,
                                Wire.readText(in),
                                Wire.readText(in),
                                AlertWire.readSeverity(in),
                                in.readBoolean(),
                                AlertWire.readEntity(in),
                                Instant.ofEpochMilli(Wire.readLong(in)))
                        : null);
    }
}
