package io.vedette.bench;

import io.vedette.jobs.connect.KafkaEnds;
import io.vedette.jobs.derive.DeriveJob;
import io.vedette.jobs.derive.DeriveTypes;
import io.vedette.jobs.derive.SampleRecord;
import io.vedette.kafka.KafkaSettings;
import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.otlp.RecordReader;
import io.vedette.model.otlp.UnreadableRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/** The derive job cut off after decoding: what it is measured against. */
final class DecodeJob {
    static final String DECODED = "decoded_scrapes";

    private DecodeJob() {}

    static void define(StreamExecutionEnvironment environment, KafkaSettings kafka) {
        environment
                .fromSource(new KafkaEnds(kafka).samples(0), DeriveJob.watermarks(), "samples", DeriveTypes.SAMPLE)
                .uid("samples")
                .map(record -> record)
                .returns(DeriveTypes.SAMPLE)
                .uid("route")
                .keyBy(SampleRecord::key)
                .process(new Decode())
                .returns(Types.LONG)
                .uid("decode")
                .sinkTo(new DiscardingSink<>())
                .uid("nowhere");
    }

    /** Gives nothing on, so that what comes after it costs nothing. */
    private static final class Decode extends KeyedProcessFunction<String, SampleRecord, Long> {
        private static final long serialVersionUID = 1L;

        private transient RecordReader reader;
        private transient Counter decoded;

        @SuppressWarnings("NullAway.Init") // what is transient is set in open
        Decode() {}

        @Override
        public void open(OpenContext context) {
            reader = new RecordReader(Catalogue.shipped());
            decoded = getRuntimeContext().getMetricGroup().counter(DECODED);
        }

        @Override
        public void processElement(SampleRecord record, Context context, Collector<Long> out) throws UnreadableRecord {
            decoded.inc(reader.read(record.value()).scrapes().size());
        }
    }
}
