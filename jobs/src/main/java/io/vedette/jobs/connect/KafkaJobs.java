package io.vedette.jobs.connect;

import io.vedette.jobs.derive.DeriveJob;
import io.vedette.jobs.derive.DeriveSettings;
import io.vedette.jobs.derive.DeriveStreams;
import io.vedette.jobs.derive.DeriveTypes;
import io.vedette.jobs.derive.SampleRecord;
import io.vedette.jobs.detect.DetectJob;
import io.vedette.jobs.detect.DetectSettings;
import io.vedette.jobs.detect.DetectStreams;
import io.vedette.jobs.frames.FrameTypes;
import io.vedette.kafka.KafkaSettings;
import io.vedette.model.frame.Frame;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Both jobs between their topics. */
public final class KafkaJobs {
    /** Name of the derive job. */
    public static final String DERIVE = "derive";
    /** Name of the detect job. */
    public static final String DETECT = "detect";

    private KafkaJobs() {}

    /**
     * {@code vedette.samples → derive → vedette.frames}.
     *
     * @param fromMillis where a job without state begins, Unix milliseconds of the broker's clock
     */
    public static void derive(
            StreamExecutionEnvironment environment, KafkaSettings kafka, DeriveSettings settings, long fromMillis) {
        KafkaEnds ends = new KafkaEnds(kafka);
        DataStream<SampleRecord> samples = environment
                .fromSource(ends.samples(fromMillis), DeriveJob.watermarks(), "samples", DeriveTypes.SAMPLE)
                .uid("samples");
        DeriveStreams derived = DeriveJob.define(samples, settings);
        // Each of the three is chained to its operator, so that a frame is encoded once and crosses no hop.
        derived.replicas()
                .sinkTo(ends.frameSink("-replicas"))
                .name("replicas' frames")
                .uid("replica-frames");
        derived.models()
                .sinkTo(ends.frameSink("-models"))
                .name("models' frames")
                .uid("model-frames");
        derived.cards().sinkTo(ends.frameSink("-cards")).name("cards' frames").uid("card-frames");
        derived.rejected()
                .sinkTo(ends.rejectedSink(KafkaEnds.DERIVE_GROUP, kafka.topics().samples()))
                .name("rejected")
                .uid("rejected");
    }

    /**
     * {@code vedette.frames → detect → vedette.alerts, vedette.states}.
     *
     * @param fromMillis where a job without state begins, Unix milliseconds
     */
    public static void detect(
            StreamExecutionEnvironment environment, KafkaSettings kafka, DetectSettings settings, long fromMillis) {
        KafkaEnds ends = new KafkaEnds(kafka);
        DataStream<Tuple2<String, byte[]>> records = environment
                .fromSource(ends.frames(fromMillis), WatermarkStrategy.noWatermarks(), "frames")
                .uid("frames");
        SingleOutputStreamOperator<Frame> frames = records.process(new FrameDecoder())
                .returns(FrameTypes.FRAME)
                .name("decode frames")
                .uid("decode-frames");
        DetectStreams detected = DetectJob.define(frames, settings);
        detected.alerts().sinkTo(ends.alertSink()).name("alerts").uid("alerts");
        detected.states().sinkTo(ends.stateSink()).name("states").uid("states");
        frames.getSideOutput(FrameDecoder.REJECTED)
                .sinkTo(ends.rejectedSink(KafkaEnds.DETECT_GROUP, kafka.topics().frames()))
                .name("rejected")
                .uid("rejected");
    }
}
