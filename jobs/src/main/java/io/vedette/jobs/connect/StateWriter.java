package io.vedette.jobs.connect;

import io.vedette.jobs.life.AlertStateChange;
import io.vedette.model.alert.AlertJson;
import io.vedette.model.alert.AlertState;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes what is pending or firing, keyed by fingerprint, and deletions of it. */
final class StateWriter implements KafkaRecordSerializationSchema<AlertStateChange> {
    private static final long serialVersionUID = 1L;

    private final String topic;

    StateWriter(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(AlertStateChange change, KafkaSinkContext context, Long timestamp) {
        byte[] key = change.fingerprint().getBytes(StandardCharsets.UTF_8);
        AlertState state = change.state();
        return new ProducerRecord<>(topic, key, state == null ? AlertJson.deletion() : AlertJson.write(state));
    }
}
