package io.vedette.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Writes and reads what tests need, waiting until it is done. */
final class TestRecords {
    private TestRecords() {}

    /** A record whose key and value are text; a null value is a tombstone. */
    static ProducerRecord<byte[], byte[]> record(String topic, String key, @Nullable String value) {
        return new ProducerRecord<>(topic, key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8));
    }

    static void write(KafkaSettings settings, List<ProducerRecord<byte[], byte[]>> records)
            throws ExecutionException, InterruptedException {
        try (var producer = new KafkaProducer<byte[], byte[]>(settings.producer("test"))) {
            for (var record : records) {
                var unused = producer.send(record).get();
            }
        }
    }

    /** All records of a topic's partition 0, from its beginning to its present end. */
    static List<ConsumerRecord<byte[], byte[]>> readAll(KafkaSettings settings, String topic) {
        var partition = new TopicPartition(topic, 0);
        var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var consumer = new KafkaConsumer<byte[], byte[]>(settings.reader("test", StartAt.EARLIEST))) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
        }
        return found;
    }

    static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    static List<String> values(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(record -> text(record.value())).toList();
    }
}
