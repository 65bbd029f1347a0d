package io.vedette.alerts.delivery;

import io.vedette.kafka.KafkaAccessException;
import io.vedette.kafka.KafkaSettings;
import io.vedette.kafka.StartAt;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.AlertFormatException;
import io.vedette.model.alert.AlertJson;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;

/**
 * Alerts in the backlog whose end stands there too and is old: a channel that was away for days is not told of them as if they began now. Immutable.
 */
final class OldNews {
    /** As long as an alert may be over before nobody needs to hear of it: what detect counts as late. */
    static final Duration AGE = Duration.ofMinutes(10);

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    /** The last old end of each fingerprint. A firing event that stands before it is ended by it or by an earlier one. */
    private final Map<String, Place> lastEnds;

    private record Place(int partition, long offset) {}

    private OldNews(Map<String, Place> lastEnds) {
        this.lastEnds = Map.copyOf(lastEnds);
    }

    /**
     * Reads the backlog.
     *
     * @param now when the gateway starts
     * @param patience how long to wait for the next record
     * @throws KafkaAccessException when Kafka refuses or doesn't answer in time
     */
    static OldNews in(Backlog backlog, KafkaSettings kafka, Instant now, Duration patience) {
        Map<String, Place> lastEnds = new HashMap<>();
        if (backlog.partitions().isEmpty()) {
            return new OldNews(lastEnds);
        }
        Instant old = now.minus(AGE);
        Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(kafka.reader("vedette-gateway-backlog", StartAt.EARLIEST));
        try {
            read(consumer, backlog, patience, record -> {
                AlertEvent event = AlertJson.readEvent(record.value() == null ? new byte[0] : record.value());
                if (event.state() == AlertEvent.State.RESOLVED
                        && event.updatedAt().isBefore(old)) {
                    lastEnds.put(event.fingerprint(), new Place(record.partition(), record.offset()));
                }
            });
        } catch (KafkaException e) {
            throw new KafkaAccessException(
                    "Kafka: what is new on " + kafka.topics().alerts() + " could not be read: " + e.getMessage(), e);
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
        }
        return new OldNews(lastEnds);
    }

    private static void read(
            Consumer<byte[], byte[]> consumer,
            Backlog backlog,
            Duration patience,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> taker) {
        consumer.assign(backlog.partitions());
        backlog.partitions().forEach(partition -> consumer.seek(partition, backlog.begin(partition)));
        long heard = System.nanoTime();
        while (!backlog.partitions().stream().allMatch(p -> consumer.position(p) >= backlog.end(p))) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                try {
                    taker.accept(record);
                } catch (AlertFormatException ignored) {
                    // The console sets it aside.
                }
            }
            if (!records.isEmpty()) {
                heard = System.nanoTime();
            } else if (System.nanoTime() - heard > patience.toNanos()) {
                throw new KafkaException("nothing comes any more");
            }
        }
    }

    /** Whether a firing event is of an alert that was over long ago. */
    boolean has(AlertRecord alert) {
        Place end = lastEnds.get(alert.event().fingerprint());
        return end != null
                && end.partition == alert.source().partition()
                && alert.source().offset() < end.offset;
    }
}
