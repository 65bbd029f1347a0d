package io.vedette.jobs.derive;

import io.vedette.jobs.frames.FrameTypes;
import io.vedette.jobs.track.MemberReport;
import io.vedette.jobs.track.NodeNote;
import io.vedette.model.frame.Frame;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** From samples to frames: {@code route → key by target → panes → key by model → parents}, and beside the
 * models {@code → key by node → cards}. The ends are handed in. */
public final class DeriveJob {
    private DeriveJob() {}

    /** Time comes through the records alone: hand this to the source that reads them. */
    public static WatermarkStrategy<SampleRecord> watermarks() {
        return AppendTimeWatermarks.strategy();
    }

    /** Builds the graph behind a source of records whose watermarks are {@link #watermarks()}. */
    public static DeriveStreams define(DataStream<SampleRecord> samples, DeriveSettings settings) {
        // As parallel as the source and behind it one to one: spread out, a target's records would overtake each other.
        SingleOutputStreamOperator<SampleSlice> slices = samples.forward()
                .process(new SampleRouter())
                .setParallelism(samples.getParallelism())
                .returns(DeriveTypes.SLICE)
                .name("route samples")
                .uid("route-samples");

        SingleOutputStreamOperator<Frame> replicas = slices.keyBy(SampleSlice::target)
                .transform("derive replicas", FrameTypes.FRAME, new TargetOperator(settings))
                .uid("derive-replicas");

        SingleOutputStreamOperator<Frame> models = replicas.getSideOutput(TargetOperator.REPORTS)
                .keyBy(MemberReport::root)
                .transform("derive models", FrameTypes.FRAME, new ModelOperator(settings))
                .uid("derive-models");

        SingleOutputStreamOperator<Frame> cards = replicas.getSideOutput(TargetOperator.NOTES)
                .keyBy(NodeNote::node)
                .transform("derive cards", FrameTypes.FRAME, new NodeOperator())
                .uid("derive-cards");

        return new DeriveStreams(
                replicas,
                models,
                cards,
                slices.getSideOutput(SampleRouter.REJECTED).union(replicas.getSideOutput(TargetOperator.REJECTED)));
    }
}
