package io.vedette.jobs.derive;

import io.vedette.jobs.track.NodeNote;
import io.vedette.jobs.track.NodeState;
import io.vedette.jobs.track.NodeTracker;
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
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/** Keeps a node's state: gives its cards their owners and writes their frames. A shell around {@link NodeTracker}. */
final class NodeOperator extends AbstractStreamOperator<Frame>
        implements OneInputStreamOperator<NodeNote, Frame>, Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    private transient NodeTracker tracker;
    private transient TrackMetrics tracked;
    private transient ValueState<NodeState> nodes;
    private transient InternalTimerService<VoidNamespace> timers;

    @SuppressWarnings("NullAway.Init") // what is transient is set in open and initializeState
    NodeOperator() {}

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        nodes = context.getKeyedStateStore().getState(new ValueStateDescriptor<>("node", DeriveTypes.NODE_STATE));
    }

    @Override
    public void open() throws Exception {
        super.open();
        tracker = new NodeTracker();
        tracked = new TrackMetrics(output, getMetricGroup());
        timers = getInternalTimerService("wait", VoidNamespaceSerializer.INSTANCE, this);
    }

    @Override
    public void processElement(StreamRecord<NodeNote> element) throws Exception {
        keep(tracker.onNote(nodes.value(), element.getValue(), timers.currentWatermark(), tracked));
    }

    /** At the end of a bounded input all notes are here: those that wait are taken, and no time passes. */
    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        NodeState state = nodes.value();
        if (state != null) {
            keep(tracker.release(state, timers.currentWatermark(), tracked));
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("no timer runs on the machine's clock");
    }

    private void keep(@Nullable NodeState state) throws Exception {
        if (state == null) {
            nodes.clear();
            return;
        }
        long look = tracker.nextLookMillis(state);
        if (look != Long.MAX_VALUE) {
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, look);
        }
        nodes.update(state);
    }
}
