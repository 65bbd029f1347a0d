package io.vedette.jobs.derive;

import io.vedette.jobs.track.MemberReport;
import io.vedette.jobs.track.ModelState;
import io.vedette.jobs.track.ModelTracker;
import io.vedette.model.frame.Frame;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/** Keeps a model's state: adds its members up and writes its frames. A shell around {@link ModelTracker}. */
final class ModelOperator extends AbstractStreamOperator<Frame>
        implements OneInputStreamOperator<MemberReport, Frame>, Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    private final DeriveSettings settings;

    private transient ModelTracker tracker;
    private transient TrackMetrics tracked;
    private transient ValueState<ModelState> models;
    private transient InternalTimerService<VoidNamespace> timers;

    @SuppressWarnings("NullAway.Init") // what is transient is set in open and initializeState
    ModelOperator(DeriveSettings settings) {
        this.settings = settings;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        models = context.getKeyedStateStore().getState(new ValueStateDescriptor<>("model", DeriveTypes.MODEL_STATE));
    }

    @Override
    public void open() throws Exception {
        super.open();
        tracker = new ModelTracker(settings.windowPanes());
        tracked = new TrackMetrics(output, getMetricGroup());
        timers = getInternalTimerService("wait", VoidNamespaceSerializer.INSTANCE, this);
    }

    @Override
    public void processElement(StreamRecord<MemberReport> element) throws Exception {
        keep(tracker.onReport(models.value(), element.getValue(), timers.currentWatermark(), tracked));
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        // The end of a bounded input is no time that passes: no tick is released by it.
        if (mark.getTimestamp() == Watermark.MAX_WATERMARK.getTimestamp()) {
            output.emitWatermark(mark);
        } else {
            super.processWatermark(mark);
        }
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        ModelState state = models.value();
        if (state != null) {
            keep(tracker.release(state, timers.currentWatermark(), tracked));
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("no timer runs on the machine's clock");
    }

    private void keep(@Nullable ModelState state) throws Exception {
        if (state == null) {
            models.clear();
            return;
        }
        long look = tracker.nextLookMillis(state, timers.currentWatermark());
        if (look != Long.MAX_VALUE) {
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, look);
        }
        models.update(state);
    }
}
