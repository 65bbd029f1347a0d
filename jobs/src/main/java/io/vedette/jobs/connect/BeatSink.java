package io.vedette.jobs.connect;

import io.vedette.kafka.BeatWriter;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Writes a beat for each record, whatever it holds. A beat that cannot be written is no failure of the job. */
final class BeatSink implements Sink<Long> {
    private static final long serialVersionUID = 1L;

    private final Properties producer;
    private final String topic;

    BeatSink(Properties producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    @Override
    public SinkWriter<Long> createWriter(WriterInitContext context) {
        return new Writer(new BeatWriter(producer, topic));
    }

    private record Writer(BeatWriter beats) implements SinkWriter<Long> {
        @Override
        public void write(Long second, Context context) {
            beats.beat();
        }

        @Override
        public void flush(boolean endOfInput) {
            // Nothing is held back: a beat is worth something at once or not at all.
        }

        @Override
        public void close() {
            beats.close();
        }
    }
}
