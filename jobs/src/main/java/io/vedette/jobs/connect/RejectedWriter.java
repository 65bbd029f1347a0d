package io.vedette.jobs.connect;

import io.vedette.jobs.derive.Rejected;
import io.vedette.kafka.RejectedRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes records that could not be used, as they came, with the reason in a header. */
final class RejectedWriter implements KafkaRecordSerializationSchema<Rejected> {
    private static final long serialVersionUID = 1L;
    private static final int UNKNOWN = -1;
    private static final int LONGEST_WORD = 40;

    private final String topic;
    private final String sourceTopic;

    RejectedWriter(String topic, String sourceTopic) {
        this.topic = topic;
        this.sourceTopic = sourceTopic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(Rejected rejected, KafkaSinkContext context, Long timestamp) {
        byte[] key = rejected.key().getBytes(StandardCharsets.UTF_8);
        return new RejectedRecord(
                        word(rejected.reason()),
                        rejected.reason(),
                        new RejectedRecord.Source(sourceTopic, UNKNOWN, UNKNOWN),
                        key.length == 0 ? null : key,
                        rejected.value(),
                        List.of())
                .toProducerRecord(topic);
    }

    private static String word(String reason) {
        String word = reason.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "-");
        return word.length() <= LONGEST_WORD ? word : word.substring(0, LONGEST_WORD);
    }
}
