package io.vedette.jobs.derive;

import io.vedette.jobs.track.MemberReport;
import io.vedette.jobs.track.NodeNote;
import io.vedette.jobs.track.PromptLimits;
import io.vedette.jobs.track.TargetState;
import io.vedette.jobs.track.TargetTracker;
import io.vedette.model.frame.Frame;
import io.vedette.model.sample.TargetScrape;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a target's state: decodes its scrapes, takes differences, fills panes and writes frames. A shell around {@link TargetTracker}; an operator
 * of its own, and no process function, since it must see each watermark to know when nothing was observed.
 */
final class TargetOperator extends AbstractStreamOperator<Frame>
        implements OneInputStreamOperator<SampleSlice, Frame>, Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1L;
    static final OutputTag<MemberReport> REPORTS = new OutputTag<>("reports", DeriveTypes.REPORT);
    static final OutputTag<NodeNote> NOTES = new OutputTag<>("notes", DeriveTypes.NOTE);
    static final OutputTag<Rejected> REJECTED = new OutputTag<>("undecodable", DeriveTypes.REJECTED);

    private final DeriveSettings settings;

    private transient TargetTracker tracker;
    private transient SliceDecoder decoder;
    private transient TrackMetrics tracked;
    private transient ValueState<TargetState> targets;
    private transient ListState<ObservedTime> times;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient ObservedTime observed;

    @SuppressWarnings("NullAway.Init") // what is transient is set in open and initializeState
    TargetOperator(DeriveSettings settings) {
        this.settings = settings;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        targets = context.getKeyedStateStore().getState(new ValueStateDescriptor<>("target", DeriveTypes.TARGET_STATE));
        times = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("observed", ObservedTime.TYPE));
        observed = ObservedTime.NONE;
        for (ObservedTime restored : times.get()) {
            observed = observed.or(restored);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        tracker = new TargetTracker(settings.windowPanes(), new PromptLimits(settings.promptLimits()));
        decoder = new SliceDecoder(settings.catalogue(), getMetricGroup());
        tracked = new TrackMetrics(output, getMetricGroup());
        timers = getInternalTimerService("silence", VoidNamespaceSerializer.INSTANCE, this);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        times.update(List.of(observed));
    }

    @Override
    public void processElement(StreamRecord<SampleSlice> element) throws Exception {
        SampleSlice slice = element.getValue();
        TargetState state = targets.value();
        if (!slice.removedBy().isEmpty()) {
            keep(tracker.onRemoved(state, slice.target(), slice.removedBy(), slice.appendMillis()));
            return;
        }
        TargetScrape scrape = decoder.decode(slice, rejected -> output.collect(REJECTED, new StreamRecord<>(rejected)));
        if (scrape != null) {
            TargetState next = tracker.onScrape(
                    state,
                    scrape,
                    slice.appendMillis(),
                    slice.intervalMillis(),
                    slice.clockOffsetMillis(),
                    observed.jump().or(slice.jump()),
                    tracked);
            if (state != null && state != next) {
                forgetTimer(state);
            }
            keep(next);
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        // The end of a bounded input is no time that passes: nothing falls silent at it.
        if (mark.getTimestamp() == Watermark.MAX_WATERMARK.getTimestamp()) {
            output.emitWatermark(mark);
            return;
        }
        observed = observed.advance(mark.getTimestamp());
        super.processWatermark(mark);
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        TargetState state = targets.value();
        if (state != null && state.timerMillis == timer.getTimestamp()) {
            state.timerMillis = 0;
            keep(tracker.onTime(state, observed.watermarkMillis(), observed.jump(), tracked));
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("no timer runs on the machine's clock");
    }

    /** Stores a state and sees to it that one timer is set, no later than at the tracker's deadline. */
    private void keep(@Nullable TargetState state) throws Exception {
        if (state == null) {
            targets.clear();
            return;
        }
        long deadline = Math.max(tracker.deadlineMillis(state), observed.watermarkMillis() + 1);
        if (state.timerMillis == 0 || deadline < state.timerMillis) {
            forgetTimer(state);
            state.timerMillis = deadline;
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, deadline);
        }
        targets.update(state);
    }

    private void forgetTimer(TargetState state) {
        if (state.timerMillis != 0) {
            timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, state.timerMillis);
        }
    }
}
