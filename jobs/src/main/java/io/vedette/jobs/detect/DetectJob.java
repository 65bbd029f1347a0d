package io.vedette.jobs.detect;

import io.vedette.model.alert.AlertEvent;
import io.vedette.model.frame.Frame;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** From frames to alerts: {@code key by entity → detect}. The ends are handed in. */
public final class DetectJob {
    private static final String NAME = "detect";

    private DetectJob() {}

    /** Builds the graph behind a source of frames. Frames of an entity must come in order; those that repeat are passed over. */
    public static DetectStreams define(DataStream<Frame> frames, DetectSettings settings) {
        return define(frames, settings, NAME);
    }

    /** The same under another name, for a graph that judges the same frames by different rules. */
    public static DetectStreams define(DataStream<Frame> frames, DetectSettings settings, String name) {
        SingleOutputStreamOperator<AlertEvent> alerts = frames.keyBy(
                        frame -> frame.entity().key(), Types.STRING)
                .process(new DetectFunction(settings))
                .returns(DetectTypes.ALERT)
                .name(name)
                .uid(name);
        return new DetectStreams(alerts, alerts.getSideOutput(DetectFunction.STATES));
    }
}
