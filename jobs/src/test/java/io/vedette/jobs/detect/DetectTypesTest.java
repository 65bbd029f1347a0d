package io.vedette.jobs.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.jobs.life.AlertStateChange;
import io.vedette.jobs.life.CandidateState;
import io.vedette.jobs.life.EntityDetectState;
import io.vedette.jobs.life.FamilyState;
import io.vedette.jobs.life.Fitness;
import io.vedette.jobs.life.Fitness.Standing;
import io.vedette.jobs.life.OpenAlert;
import io.vedette.jobs.life.TrackedState;
import io.vedette.jobs.rules.EntityState;
import io.vedette.jobs.rules.FrameBuilder;
import io.vedette.jobs.xid.XidHistory;
import io.vedette.jobs.xid.XidIncident;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.AlertEvent.Evidence;
import io.vedette.model.alert.AlertEvent.ResolvedReason;
import io.vedette.model.alert.AlertState;
import io.vedette.model.alert.Severity;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is written is read back equal, to the last byte. */
class DetectTypesTest {
    private static final Instant START = Instant.parse("2026-02-07T09:47:40Z");

    private static <T> T throughBytes(TypeInformation<T> type, T value) throws IOException {
        TypeSerializer<T> serializer = type.createSerializer(new SerializerConfigImpl());
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(value, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        T read = serializer.deserialize(in);
        assertThat(in.available()).isZero();
        return read;
    }

    private static AlertEvent event(@Nullable ResolvedReason reason) {
        return new AlertEvent(
                3,
                "queue-blocked",
                "queue",
                Severity.CRITICAL,
                reason == null ? AlertEvent.State.FIRING : AlertEvent.State.RESOLVED,
                FrameBuilder.REPLICA,
                START.minusSeconds(120),
                START,
                reason == null ? null : START.plusSeconds(5),
                START.plusSeconds(5),
                Double.NaN,
                2,
                "s",
                "1m",
                "sümmary",
                "action",
                "docs/runbook.md#queue-blocked",
                true,
                reason,
                List.of(new Evidence("a{window=\"1m\"}", 1, 0.5, Double.POSITIVE_INFINITY)));
    }

    @Test
    void alertEvents() throws IOException {
        assertThat(throughBytes(DetectTypes.ALERT, event(null))).isEqualTo(event(null));
        for (ResolvedReason reason : ResolvedReason.values()) {
            assertThat(throughBytes(DetectTypes.ALERT, event(reason))).isEqualTo(event(reason));
        }
    }

    @Test
    void changesOfStates() throws IOException {
        AlertStateChange pending = new AlertStateChange(
                "c3a8",
                new AlertState("c3a8", "queue-slow", "queue", Severity.WARNING, false, FrameBuilder.MODEL, START));
        AlertStateChange deleted = new AlertStateChange("c3a8", null);

        assertThat(throughBytes(DetectTypes.STATE_CHANGE, pending)).isEqualTo(pending);
        assertThat(throughBytes(DetectTypes.STATE_CHANGE, deleted)).isEqualTo(deleted);
    }

    @Test
    void statesOfEntities() throws IOException {
        CandidateState candidate = new CandidateState(
                "queue-slow",
                Severity.WARNING,
                true,
                1_000,
                2_000,
                120_000,
                CandidateState.NOT,
                5_000,
                Map.of("1m a", 0.5, "10m b", Double.NaN),
                Long.MIN_VALUE);
        OpenAlert open = new OpenAlert(
                "queue-slow", Severity.WARNING, 2, 1_000, 2_000, Double.NaN, "s", "1m", "summary", "action");
        EntityDetectState state = new EntityDetectState(
                FrameBuilder.REPLICA,
                5_000,
                new TrackedState(EntityState.SERVING, 1_000, 5_000, true, 0),
                List.of(
                        new FamilyState("latency", List.of(), null),
                        new FamilyState("queue", List.of(candidate, candidate), open)),
                List.of(
                        new Fitness("queue-deep", Severity.WARNING, Standing.UNSEEN, 5_000, Fitness.NOT, 0),
                        new Fitness("latency", Severity.INFO, Standing.MISFIT, Fitness.NOT, 10_000, -7)),
                new XidHistory(List.of(new XidIncident("31", 1_000, 5_000), new XidIncident("79", 5_000, 5_000))));

        assertThat(throughBytes(DetectTypes.ENTITY_STATE, state)).isEqualTo(state);
    }
}
