package io.vedette.jobs.connect;

import io.vedette.model.frame.Frame;
import io.vedette.model.frame.FrameCodec;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes frames, keyed by root, with their tick as the record's time. */
final class FrameWriter implements KafkaRecordSerializationSchema<Frame> {
    private static final long serialVersionUID = 1L;

    private final String topic;

    FrameWriter(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(Frame frame, KafkaSinkContext context, Long timestamp) {
        byte[] key = frame.entity().rootKey().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(topic, null, frame.tickMillis(), key, FrameCodec.encode(frame));
    }
}
