package io.vedette.jobs.connect;

import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.AlertJson;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes alert events, keyed by root. */
final class AlertWriter implements KafkaRecordSerializationSchema<AlertEvent> {
    private static final long serialVersionUID = 1L;

    private final String topic;

    AlertWriter(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(AlertEvent event, KafkaSinkContext context, Long timestamp) {
        byte[] key = event.entity().rootKey().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(topic, key, AlertJson.write(event));
    }
}
