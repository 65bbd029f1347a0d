package io.vedette.jobs.derive;

import io.vedette.jobs.track.Jump;
import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.otlp.AgentTargets;
import io.vedette.model.otlp.RecordReader;
import io.vedette.model.otlp.RecordSlicer;
import io.vedette.model.otlp.UnreadableRecord;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Sends each target's part of a record on its way, undecoded. A record of the agent's is known by its key and interval and passes unopened; others
 * (a Collector's, which may hold several targets and have no key, and agents' lists of targets) are cut up. Beats end here.
 */
final class SampleRouter extends ProcessFunction<SampleRecord, SampleSlice> implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;
    static final OutputTag<Rejected> REJECTED = new OutputTag<>("unroutable", DeriveTypes.REJECTED);

    private transient RouterState state;
    private transient ListState<RouterState> saved;
    private transient RecordSlicer slicer;
    private transient RecordReader reader;
    private transient Counter rejected;

    @SuppressWarnings("NullAway.Init") // what is transient is set in initializeState
    SampleRouter() {}

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        saved = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("routing", RouterState.TYPE));
        slicer = new RecordSlicer();
        reader = new RecordReader(Catalogue.shipped());
        rejected = getRuntimeContext().getMetricGroup().counter("rejected_records");
        state = new RouterState();
        for (RouterState part : saved.get()) {
            state.merge(part);
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        saved.update(List.of(state.copy()));
    }

    @Override
    public void processElement(SampleRecord record, Context context, Collector<SampleSlice> out) {
        Jump jump = state.advance(record.partition(), record.appendMillis());
        if (record.value().length == 0) {
            return;
        }
        if (!record.key().isEmpty() && record.intervalMillis() > 0) {
            out.collect(slice(record, record.key(), record.value(), "", jump));
            return;
        }
        List<RecordSlicer.Part> parts;
        try {
            parts = slicer.slice(record.value());
        } catch (UnreadableRecord e) {
            reject(record.key(), record.value(), e.reason(), context);
            return;
        }
        if (parts.isEmpty()) {
            reject(record.key(), record.value(), UnreadableRecord.Reason.UNNAMED, context);
        }
        for (RecordSlicer.Part part : parts) {
            if (part.instance().isEmpty()) {
                routeTargetList(record, part, jump, context, out);
            } else {
                out.collect(slice(record, part.instance(), part.value(), "", jump));
            }
        }
    }

    private void routeTargetList(
            SampleRecord record, RecordSlicer.Part part, Jump jump, Context context, Collector<SampleSlice> out) {
        List<AgentTargets> lists;
        try {
            lists = reader.read(part.value()).targetLists();
        } catch (UnreadableRecord e) {
            reject(record.key(), part.value(), e.reason(), context);
            return;
        }
        for (AgentTargets list : lists) {
            for (String removed : state.replace(list.agent(), record.appendMillis(), list.instances())) {
                out.collect(slice(record, removed, new byte[0], list.agent(), jump));
            }
        }
    }

    private void reject(String key, byte[] value, UnreadableRecord.Reason reason, Context context) {
        rejected.inc();
        context.output(REJECTED, new Rejected(key, value, reason.word()));
    }

    private static SampleSlice slice(SampleRecord record, String target, byte[] value, String removedBy, Jump jump) {
        return new SampleSlice(
                target,
                value,
                removedBy,
                record.appendMillis(),
                record.intervalMillis(),
                record.clockOffsetMillis(),
                jump);
    }
}
