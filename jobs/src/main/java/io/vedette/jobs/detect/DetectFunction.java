package io.vedette.jobs.detect;

import io.vedette.jobs.life.AlertLife;
import io.vedette.jobs.life.AlertStateChange;
import io.vedette.jobs.life.DetectStep;
import io.vedette.jobs.life.EntityDetectState;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.frame.Frame;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges each frame of an entity. What it remembers is immutable, so that heap state needs no copies. */
final class DetectFunction extends KeyedProcessFunction<String, Frame, AlertEvent> {
    private static final long serialVersionUID = 1L;
    private static final Logger logger = LoggerFactory.getLogger(DetectFunction.class);

    static final OutputTag<AlertStateChange> STATES = new OutputTag<>("states", DetectTypes.STATE_CHANGE);

    private final DetectSettings settings;
    private transient @Nullable Run run;

    /** What an opened function works with. */
    private record Run(AlertLife life, DetectMetrics metrics, ValueState<EntityDetectState> state) {}

    DetectFunction(DetectSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        run = new Run(
                settings.alertLife(),
                new DetectMetrics(getRuntimeContext().getMetricGroup()),
                getRuntimeContext().getState(new ValueStateDescriptor<>("entity", DetectTypes.ENTITY_STATE)));
    }

    @Override
    public void processElement(Frame frame, Context context, Collector<AlertEvent> alerts) throws IOException {
        if (run == null) {
            throw new IllegalStateException("not opened");
        }
        EntityDetectState before = run.state().value();
        if (AlertLife.isOld(before, frame)) {
            run.metrics().ignored();
            return;
        }
        DetectStep step = judge(run, before, frame);
        if (step == null) {
            return;
        }
        if (step.after() == null) {
            run.state().clear();
        } else {
            run.state().update(step.after());
        }
        run.metrics().evaluated(step);
        step.changes().forEach(change -> context.output(STATES, change));
        step.events().forEach(alerts::collect);
    }

    /** A fault of ours in one rule or frame must not end the job for everybody else. */
    private static @Nullable DetectStep judge(Run run, @Nullable EntityDetectState before, Frame frame) {
        try {
            return run.life().step(before, frame);
        } catch (RuntimeException e) {
            if (run.metrics().failed() == 1) {
                logger.error(
                        "The frame of {} at {} cannot be judged; it is passed over and counted, as are others like it",
                        frame.entity().key(),
                        frame.tickMillis(),
                        e);
            }
            return null;
        }
    }
}
