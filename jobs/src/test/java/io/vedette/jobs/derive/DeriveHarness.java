package io.vedette.jobs.derive;

import io.vedette.jobs.frames.FrameTypes;
import io.vedette.jobs.track.MemberReport;
import io.vedette.jobs.track.NodeNote;
import io.vedette.model.frame.Frame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * The operators of the derive job, chained by hand, each in several subtasks: records go in, in any order over their partitions, and frames come out.
 * The watermark is that of the partition which is furthest behind.
 */
final class DeriveHarness implements AutoCloseable {
    private static final int MAX_PARALLELISM = 128;

    private final List<OneInputStreamOperatorTestHarness<SampleRecord, SampleSlice>> routers = new ArrayList<>();
    private final List<KeyedOneInputStreamOperatorTestHarness<String, SampleSlice, Frame>> targets = new ArrayList<>();
    private final List<KeyedOneInputStreamOperatorTestHarness<String, MemberReport, Frame>> models = new ArrayList<>();
    private final List<KeyedOneInputStreamOperatorTestHarness<String, NodeNote, Frame>> cards = new ArrayList<>();
    private final PartitionClock[] partitions;
    private final int parallelism;
    private long watermark = Long.MIN_VALUE;

    /** All frames so far, in the order in which they were written. */
    final List<Frame> frames = new ArrayList<>();

    final List<Rejected> rejected = new ArrayList<>();

    /** What a checkpoint holds: the states of all subtasks of each operator. */
    record Checkpoint(
            int partitions,
            int parallelism,
            OperatorSubtaskState routers,
            OperatorSubtaskState targets,
            OperatorSubtaskState models,
            @Nullable OperatorSubtaskState cards) {}

    private static final class PartitionClock implements WatermarkOutput {
        private final AppendTimeWatermarks generator = new AppendTimeWatermarks();
        private long mark = Long.MIN_VALUE;

        @Override
        public void emitWatermark(org.apache.flink.api.common.eventtime.Watermark to) {
            mark = to.getTimestamp();
        }

        @Override
        public void markIdle() {
            throw new IllegalStateException("beats keep every partition busy");
        }

        @Override
        public void markActive() {
            throw new IllegalStateException("no partition was ever idle");
        }
    }

    DeriveHarness(int partitions, int parallelism) throws Exception {
        this(DeriveSettings.defaults(), partitions, parallelism, null);
    }

    /** Carries on from a checkpoint. */
    DeriveHarness(Checkpoint checkpoint, int parallelism) throws Exception {
        this(DeriveSettings.defaults(), checkpoint, parallelism);
    }

    /** Carries on from a checkpoint with other settings. */
    DeriveHarness(DeriveSettings settings, Checkpoint checkpoint, int parallelism) throws Exception {
        this(settings, checkpoint.partitions, parallelism, checkpoint);
    }

    private DeriveHarness(DeriveSettings settings, int partitions, int parallelism, @Nullable Checkpoint from)
            throws Exception {
        this.parallelism = parallelism;
        this.partitions = new PartitionClock[partitions];
        Arrays.setAll(this.partitions, i -> new PartitionClock());
        for (int i = 0; i < parallelism; i++) {
            routers.add(new OneInputStreamOperatorTestHarness<>(
                    new ProcessOperator<>(new SampleRouter()), MAX_PARALLELISM, parallelism, i));
            targets.add(new KeyedOneInputStreamOperatorTestHarness<>(
                    new TargetOperator(settings), SampleSlice::target, Types.STRING, MAX_PARALLELISM, parallelism, i));
            models.add(new KeyedOneInputStreamOperatorTestHarness<>(
                    new ModelOperator(settings), MemberReport::root, Types.STRING, MAX_PARALLELISM, parallelism, i));
            cards.add(new KeyedOneInputStreamOperatorTestHarness<>(
                    new NodeOperator(), NodeNote::node, Types.STRING, MAX_PARALLELISM, parallelism, i));
            open(routers.get(i), DeriveTypes.SLICE, from == null ? null : part(from, from.routers, i));
            open(targets.get(i), FrameTypes.FRAME, from == null ? null : part(from, from.targets, i));
            open(models.get(i), FrameTypes.FRAME, from == null ? null : part(from, from.models, i));
            open(cards.get(i), FrameTypes.FRAME, from == null || from.cards == null ? null : part(from, from.cards, i));
        }
    }

    private OperatorSubtaskState part(Checkpoint from, OperatorSubtaskState state, int subtask) {
        return AbstractStreamOperatorTestHarness.repartitionOperatorState(
                state, MAX_PARALLELISM, from.parallelism, parallelism, subtask);
    }

    private static <T> void open(
            AbstractStreamOperatorTestHarness<T> harness,
            TypeInformation<T> output,
            @Nullable OperatorSubtaskState state)
            throws Exception {
        harness.setup(output.createSerializer(new SerializerConfigImpl()));
        if (state == null) {
            harness.initializeEmptyState();
        } else {
            harness.initializeState(state);
        }
        harness.open();
    }

    DeriveHarness readAll(List<SampleRecord> records) throws Exception {
        for (SampleRecord record : records) {
            read(record);
        }
        return this;
    }

    /** Reads a record, and lets time go on where it may. */
    private void read(SampleRecord record) throws Exception {
        PartitionClock partition = partitions[record.partition()];
        var router = routers.get(record.partition() % parallelism);
        router.processElement(new StreamRecord<>(record, record.appendMillis()));
        take(router, SampleRouter.REJECTED, rejected);
        List<SampleSlice> slices = new ArrayList<>();
        takeRecords(router.getOutput(), slices);
        for (SampleSlice slice : slices) {
            var target = targets.get(subtask(slice.target()));
            target.processElement(new StreamRecord<>(slice, record.appendMillis()));
            forward(target);
        }
        partition.generator.onEvent(record, record.appendMillis(), partition);
        passTime(Arrays.stream(partitions).mapToLong(p -> p.mark).min().orElseThrow());
    }

    private void passTime(long to) throws Exception {
        if (to <= watermark) {
            return;
        }
        watermark = to;
        for (var target : targets) {
            target.processWatermark(new Watermark(to));
            forward(target);
        }
        for (var model : models) {
            model.processWatermark(new Watermark(to));
            takeRecords(model.getOutput(), frames);
        }
        for (var node : cards) {
            node.processWatermark(new Watermark(to));
            takeRecords(node.getOutput(), frames);
        }
    }

    /** Ends the input, as a bounded source does. */
    DeriveHarness end() throws Exception {
        passTime(Long.MAX_VALUE);
        return this;
    }

    private void forward(KeyedOneInputStreamOperatorTestHarness<String, SampleSlice, Frame> target) throws Exception {
        takeRecords(target.getOutput(), frames);
        take(target, TargetOperator.REJECTED, rejected);
        List<MemberReport> reports = new ArrayList<>();
        take(target, TargetOperator.REPORTS, reports);
        for (MemberReport report : reports) {
            var model = models.get(subtask(report.root()));
            model.processElement(new StreamRecord<>(report, report.tickMillis()));
            takeRecords(model.getOutput(), frames);
        }
        List<NodeNote> notes = new ArrayList<>();
        take(target, TargetOperator.NOTES, notes);
        for (NodeNote note : notes) {
            var node = cards.get(subtask(note.node()));
            node.processElement(new StreamRecord<>(note, note.atMillis()));
            takeRecords(node.getOutput(), frames);
        }
    }

    private int subtask(String key) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(key, MAX_PARALLELISM, parallelism);
    }

    private static <T> void take(AbstractStreamOperatorTestHarness<?> from, OutputTag<T> tag, List<T> to) {
        Queue<StreamRecord<T>> side = from.getSideOutput(tag);
        while (side != null && !side.isEmpty()) {
            to.add(side.remove().getValue());
        }
    }

    @SuppressWarnings("unchecked") // the harness' queue holds records of its output type, and watermarks
    private static <T> void takeRecords(Queue<Object> output, List<T> to) {
        while (!output.isEmpty()) {
            if (output.remove() instanceof StreamRecord<?> record) {
                to.add((T) record.getValue());
            }
        }
    }

    Checkpoint checkpoint() throws Exception {
        return new Checkpoint(
                partitions.length, parallelism, state(routers), state(targets), state(models), state(cards));
    }

    private static OperatorSubtaskState state(List<? extends AbstractStreamOperatorTestHarness<?>> subtasks)
            throws Exception {
        OperatorSubtaskState[] parts = new OperatorSubtaskState[subtasks.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = subtasks.get(i).snapshot(1, 1);
        }
        return AbstractStreamOperatorTestHarness.repackageState(parts);
    }

    /** Targets, models and nodes that have state. */
    int states() {
        return targets.stream().mapToInt(t -> t.numKeyedStateEntries()).sum()
                + models.stream().mapToInt(m -> m.numKeyedStateEntries()).sum()
                + cards.stream().mapToInt(c -> c.numKeyedStateEntries()).sum();
    }

    int timers() {
        return targets.stream().mapToInt(t -> t.numEventTimeTimers()).sum()
                + models.stream().mapToInt(m -> m.numEventTimeTimers()).sum()
                + cards.stream().mapToInt(c -> c.numEventTimeTimers()).sum();
    }

    /** The frames by entity; those of an entity in the order in which they were written. */
    List<Frame> framesByEntity() {
        return byEntity(frames);
    }

    static List<Frame> byEntity(List<Frame> frames) {
        return frames.stream()
                .sorted(Comparator.comparing(frame -> frame.entity().key()))
                .toList();
    }

    @Override
    public void close() {
        for (List<? extends AbstractStreamOperatorTestHarness<?>> operator : List.of(routers, targets, models, cards)) {
            for (AbstractStreamOperatorTestHarness<?> subtask : operator) {
                try {
                    subtask.close();
                } catch (Exception e) {
                    throw new IllegalStateException("a subtask did not close", e);
                }
            }
        }
    }
}
