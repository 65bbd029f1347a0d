package io.vedette.jobs.detect;

import io.vedette.jobs.life.AlertStateChange;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** The detect operator as Flink runs it, without Flink. Flink's own harness is no public API: only this class knows it. */
final class DetectHarness implements AutoCloseable {
    private final KeyedOneInputStreamOperatorTestHarness<String, Frame, AlertEvent> harness;

    /** @param restored where it goes on; null for the beginning */
    DetectHarness(DetectSettings settings, @Nullable OperatorSubtaskState restored) throws Exception {
        harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new DetectFunction(settings)),
                frame -> frame.entity().key(),
                Types.STRING);
        harness.setup(
                DetectTypes.ALERT.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
        if (restored != null) {
            harness.initializeState(restored);
        }
        harness.open();
    }

    DetectHarness feed(List<Frame> frames) throws Exception {
        for (Frame frame : frames) {
            harness.processElement(frame, frame.tickMillis());
        }
        return this;
    }

    OperatorSubtaskState snapshot() throws Exception {
        return harness.snapshot(1, 1);
    }

    List<AlertEvent> events() {
        return harness.extractOutputValues();
    }

    List<AlertStateChange> changes() {
        Queue<StreamRecord<AlertStateChange>> output = harness.getSideOutput(DetectFunction.STATES);
        List<AlertStateChange> changes = new ArrayList<>();
        if (output != null) {
            output.forEach(record -> changes.add(record.getValue()));
        }
        return changes;
    }

    /** How many entities are remembered. */
    int remembered() {
        return harness.numKeyedStateEntries();
    }

    @Override
    public void close() {
        try {
            harness.close();
        } catch (Exception e) {
            throw new IllegalStateException("the harness does not close", e);
        }
    }
}
