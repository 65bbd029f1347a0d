package io.vedette.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
 * Writes an empty record (no key, empty value) to each partition of {@code vedette.samples} once a second. The broker stamps it, and
 * so the jobs' time goes on while nobody sends samples.
 *
 * <p>A beat that cannot be written within a second is counted and forgotten: a late one would be worth nothing. Thread-safe.
 */
public final class Beats implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(Beats.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final byte[] EMPTY = {};
    /** While a topic is new or its leader moves, some are lost as a matter of course. */
    private static final int LOST_IN_A_ROW_TO_TELL = 10;
    /** Stands for the partitions as long as Kafka does not say which there are. */
    private static final int ALL_PARTITIONS = -1;

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final ScheduledExecutorService clock;
    private final LongAdder sent = new LongAdder();
    private final LongAdder failed = new LongAdder();
    /** By partition, since one whose leader is gone holds all time back, however well the others do. */
    private final Map<Integer, Integer> lostInARow = new ConcurrentHashMap<>();

    private final AtomicBoolean told = new AtomicBoolean();

    Beats(Producer<byte[], byte[]> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
        this.clock = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "vedette-beats");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts beating at once. Never waits for Kafka. */
    public static Beats start(KafkaSettings settings) {
        var beats = new Beats(
                new KafkaProducer<>(producer(settings)), settings.topics().samples());
        // A fixed delay, since a fixed rate would make up for lost beats in a burst.
        var unused = beats.clock.scheduleWithFixedDelay(beats::beat, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return beats;
    }

    private static Properties producer(KafkaSettings settings) {
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

    /** Beats once. For the clock's thread. */
    void beat() {
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

    /** Stops beating; waits for 1 s at most. */
    @Override
    public void close() {
        var unused = clock.shutdownNow();
        producer.close(Duration.ofSeconds(1));
    }
}
