package io.vedette.alerts.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vedette.kafka.CompactedReader;
import io.vedette.kafka.CompactedRecord;
import io.vedette.kafka.KafkaSettings;
import io.vedette.kafka.RejectedRecord;
import io.vedette.kafka.RejectedRecords;
import io.vedette.model.alert.AlertEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every channel was told last of each fingerprint, on the topic {@code vedette.deliveries}, keyed {@code channel|fingerprint}. Read once at the
 * start; from then on this process is the only one that writes it. What is over is kept for an hour. Thread-safe.
 */
final class DeliveryLog implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(DeliveryLog.class);

    /** Longer than what is repeated after a crash may be old without being late. */
    private static final Duration KEPT_AFTER_END = Duration.ofHours(1);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final Map<String, Told> byKey;
    private final Producer<byte[], byte[]> producer;
    private final String topic;

    private DeliveryLog(Map<String, Told> byKey, Producer<byte[], byte[]> producer, String topic) {
        this.byKey = byKey;
        this.producer = producer;
        this.topic = topic;
    }

    /**
     * Reads the log to its end. An entry that can't be read is set aside and counts as none.
     *
     * @throws io.vedette.kafka.KafkaAccessException when Kafka doesn't answer in time
     */
    static DeliveryLog open(KafkaSettings kafka, Duration timeout, RejectedRecords rejected) {
        Map<String, Told> byKey = new ConcurrentHashMap<>();
        String topic = kafka.topics().deliveries();
        CompactedReader.open(kafka, topic, timeout, entry -> take(entry, byKey, rejected))
                .close();
        return new DeliveryLog(byKey, new KafkaProducer<>(kafka.producer("vedette-gateway-deliveries")), topic);
    }

    private static void take(CompactedRecord entry, Map<String, Told> byKey, RejectedRecords rejected) {
        byte[] value = entry.value();
        if (value == null) {
            byKey.remove(entry.key());
            return;
        }
        try {
            byKey.put(entry.key(), ToldJson.read(value));
        } catch (IOException e) {
            rejected.reject(RejectedRecord.of(entry.source(), "unreadable-delivery", String.valueOf(e.getMessage())));
        }
    }

    /** The part of the log that is about one channel. */
    Ledger of(String channel) {
        return new Ledger() {
            @Override
            public Optional<Told> last(String fingerprint) {
                return Optional.ofNullable(byKey.get(channel + '|' + fingerprint));
            }

            @Override
            public List<AlertEvent> open() {
                return byKey.entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith(channel + '|'))
                        .flatMap(entry -> entry.getValue().open().stream())
                        .sorted(Comparator.comparing(AlertEvent::startsAt).thenComparing(event -> event.fingerprint()))
                        .toList();
            }

            @Override
            public void remember(Map<String, Told> told) throws InterruptedException {
                List<Future<?>> written = new ArrayList<>();
                told.forEach((fingerprint, last) -> {
                    byte[] key = (channel + '|' + fingerprint).getBytes(UTF_8);
                    written.add(producer.send(new ProducerRecord<>(topic, key, ToldJson.write(last))));
                });
                await(written);
                told.forEach((fingerprint, last) -> byKey.put(channel + '|' + fingerprint, last));
            }
        };
    }

    /**
     * Forgets what has been over for an hour at a channel. Only for when its group's position is past all that it was told: what comes again would be
     * told again.
     */
    void forgetEnded(String channel, Instant now) {
        Instant before = now.minus(KEPT_AFTER_END);
        byKey.forEach((key, told) -> {
            if (key.startsWith(channel + '|')
                    && !told.firing()
                    && told.updatedAt().isBefore(before)
                    && byKey.remove(key, told)) {
                delete(key);
            }
        });
    }

    /** With a tombstone, lest the topic keep a record of each alert that there ever was. One that is lost leaves an entry that the next start reads. */
    private void delete(String key) {
        try {
            var unused = producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), null));
        } catch (KafkaException e) {
            logger.debug("{} stays on {} for now", key, topic, e);
        }
    }

    private void await(List<Future<?>> written) throws InterruptedException {
        try {
            for (Future<?> one : written) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("what was told could not be written to " + topic, e.getCause());
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
