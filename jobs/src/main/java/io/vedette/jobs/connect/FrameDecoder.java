package io.vedette.jobs.connect;

import io.vedette.jobs.derive.DeriveTypes;
import io.vedette.jobs.derive.Rejected;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.FrameCodec;
import io.vedette.model.frame.FrameFormatException;
import java.util.Locale;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Decodes frames; what is none goes to {@link #REJECTED} and is counted. */
final class FrameDecoder extends ProcessFunction<Tuple2<String, byte[]>, Frame> {
    private static final long serialVersionUID = 1L;
    static final OutputTag<Rejected> REJECTED = new OutputTag<>("rejected-frames", DeriveTypes.REJECTED);

    private transient Counter rejected;

    @SuppressWarnings("NullAway.Init") // the counter is set in open
    FrameDecoder() {}

    @Override
    public void open(OpenContext context) {
        rejected = getRuntimeContext().getMetricGroup().counter("rejected_records");
    }

    @Override
    public void processElement(Tuple2<String, byte[]> record, Context context, Collector<Frame> out) {
        Frame frame;
        try {
            frame = FrameCodec.decode(record.f1);
        } catch (FrameFormatException e) {
            rejected.inc();
            String reason = e.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            context.output(REJECTED, new Rejected(record.f0, record.f1, reason));
            return;
        }
        out.collect(frame);
    }
}
