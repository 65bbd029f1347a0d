package io.vedette.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes beats: an empty record (no key, empty value) to each partition of {@code vedette.samples}. The broker stamps it, and so the jobs' time goes on
 * while nobody sends samples.
 *
 * <p>A beat that cannot be written within a second is counted and forgotten: a late one would be worth nothing. Thread-safe.
 */
public final class BeatWriter implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(BeatWriter.class);
    private static final byte[] EMPTY = {};
    /** While a topic is new or its leader moves, some are lost as a matter of course. */
    private static final int LOST_IN_A_ROW_TO_TELL = 10;
    /** Stands for the partitions as long as Kafka does not say which there are. */
    private static final int ALL_PARTITIONS = -1;

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final LongAdder sent = new LongAdder();
    private final LongAdder failed = new LongAdder();
    /** By partition, since one whose leader is gone holds all time back, however well the others do. */
    private final Map<Integer, Integer> lostInARow = new ConcurrentHashMap<>();

    private final AtomicBoolean told = new AtomicBoolean();

    /**
     * A writer to one topic.
     *
     * @param properties made by {@link #properties}
     */
    public BeatWriter(Properties properties, String topic) {
        this(new KafkaProducer<>(properties), topic);
    }

    BeatWriter(Producer<byte[], byte[]> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    /**
     * Properties of a producer of beats.
     *
     * @throws java.io.UncheckedIOException when a secret's file cannot be read
     */
    public static Properties properties(KafkaSettings settings) {
        var properties = settings.producer("vedette-beats");
        properties.setProperty(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "false");
        properties.setProperty(ProducerConfig.ACKS_CONFIG, "1");
        properties.setProperty(ProducerConfig.RETRIES_CONFIG, "0");
        properties.setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        properties.setProperty(ProducerConfig.LINGER_MS_CONFIG, "0");
        properties.setProperty(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "1000");
        properties.setProperty(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "1000");
        properties.setProperty(ProducerConfig.MAX_BLOCK_MS_CONFIG, "500");
        properties.setProperty(ProducerConfig.BATCH_SIZE_CONFIG, "1024");
        properties.setProperty(ProducerConfig.BUFFER_MEMORY_CONFIG, Integer.toString(256 << 10));
        // New partitions must beat soon: one that does not holds all time back.
        properties.setProperty(ProducerConfig.METADATA_MAX_AGE_CONFIG, "5000");
        return properties;
    }

    /** Writes one to each partition; waits for half a second at most, and never throws. */
    public void beat() {
        try {
            for (PartitionInfo partition : producer.partitionsFor(topic)) {
                var beat = new ProducerRecord<byte[], byte[]>(topic, partition.partition(), null, EMPTY);
                var unused = producer.send(beat, (metadata, failure) -> {
                    if (failure == null) {
                        sent.increment();
                        recover(partition.partition());
                    } else {
                        fail(partition.partition(), failure);
                    }
                });
            }
            recover(ALL_PARTITIONS);
        } catch (InterruptException e) {
            // Closing; the thread's interrupt flag is set again by Kafka.
            return;
        } catch (RuntimeException e) {
            // An exception that left this method would end the schedule.
            fail(ALL_PARTITIONS, e);
        }
    }

    private void recover(int partition) {
        lostInARow.remove(partition);
        if (lostInARow.isEmpty()) {
            told.set(false);
        }
    }

    private void fail(int partition, Exception cause) {
        failed.increment();
        if (lostInARow.merge(partition, 1, Integer::sum) >= LOST_IN_A_ROW_TO_TELL && told.compareAndSet(false, true)) {
            logger.warn(
                    "No beat can be written to {}: as long as Kafka takes none, what falls silent is not noticed",
                    partition == ALL_PARTITIONS ? topic : topic + '-' + partition,
                    cause);
        }
    }

    /** How many beats were written since the start, over all partitions. */
    public long sent() {
        return sent.sum();
    }

    /** How many could not be written. */
    public long failed() {
        return failed.sum();
    }

    /** Waits for 1 s at most. */
    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }
}
