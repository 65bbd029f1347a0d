package io.vedette.jobs.derive;

import io.vedette.jobs.track.MemberReport;
import io.vedette.jobs.track.NodeNote;
import io.vedette.jobs.track.TrackEvent;
import io.vedette.jobs.track.TrackOutput;
import io.vedette.model.frame.Frame;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Hands what a tracker finds to Flink, and counts it. */
final class TrackMetrics implements TrackOutput {
    private final Output<StreamRecord<Frame>> output;
    private final Map<TrackEvent, Counter> events = new EnumMap<>(TrackEvent.class);
    private final Counter frames;

    TrackMetrics(Output<StreamRecord<Frame>> output, MetricGroup metrics) {
        this.output = output;
        for (TrackEvent event : TrackEvent.values()) {
            events.put(event, metrics.counter(event.metric()));
        }
        frames = metrics.counter("frames");
    }

    @Override
    public void frame(Frame frame) {
        frames.inc();
        output.collect(new StreamRecord<>(frame, frame.tickMillis()));
    }

    @Override
    public void report(MemberReport report) {
        output.collect(TargetOperator.REPORTS, new StreamRecord<>(report, report.tickMillis()));
    }

    @Override
    public void note(NodeNote note) {
        output.collect(TargetOperator.NOTES, new StreamRecord<>(note, note.atMillis()));
    }

    @Override
    public void count(TrackEvent event) {
        Counter counter = events.get(event);
        if (counter != null) {
            counter.inc();
        }
    }
}
