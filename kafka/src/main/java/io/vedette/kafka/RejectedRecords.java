package io.vedette.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets records that cannot be used aside in {@code vedette.rejected}. Callers of {@link #reject} never wait and never see an exception:
 * records wait in memory, 8 MiB of them at most, and one thread sends them. What cannot be kept or written is counted as lost. Who must
 * know that a record is safe before going on calls {@link #park}.
 *
 * <p>Watch {@link #lost}: it is above zero only when evidence is missing. Safe for use by several threads.
 */
public final class RejectedRecords implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(RejectedRecords.class);
    private static final long MAX_PENDING_BYTES = 8 << 20;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final ExecutorService sender;
    private final AtomicLong pendingBytes = new AtomicLong();
    private final Map<String, LongAdder> countsByReason = new ConcurrentHashMap<>();
    private final LongAdder lost = new LongAdder();

    /** @param part who rejects, for the client's id, such as {@code gateway} */
    public RejectedRecords(KafkaSettings settings, String part) {
        this(producer(settings, part), settings.topics().rejected());
    }

    /** For tests; the producer becomes this object's to close. */
    RejectedRecords(Producer<byte[], byte[]> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
        this.sender = Executors.newSingleThreadExecutor(task -> {
            var thread = new Thread(task, "vedette-rejected");
            thread.setDaemon(true);
            return thread;
        });
    }

    private static Producer<byte[], byte[]> producer(KafkaSettings settings, String part) {
        var properties = settings.rejectedProducer("vedette-" + part + "-rejected");
        properties.setProperty(ProducerConfig.MAX_BLOCK_MS_CONFIG, "30000");
        return new KafkaProducer<>(properties);
    }

    /** Counts the record under its reason and sets it aside. Returns at once. */
    public void reject(RejectedRecord record) {
        count(record);
        long size = record.sizeBytes();
        if (pendingBytes.addAndGet(size) > MAX_PENDING_BYTES) {
            lose(size, null);
            return;
        }
        try {
            sender.execute(() -> send(record, size));
        } catch (RejectedExecutionException e) {
            lose(size, e);
        }
    }

    /**
     * Sets the record aside and waits until Kafka has it, then counts it under its reason.
     *
     * @throws KafkaAccessException when Kafka does not take it within two minutes or refuses it; it may be there all the same
     * @throws InterruptedException when interrupted while waiting; it may be there all the same
     */
    public void park(RejectedRecord record) throws InterruptedException {
        try {
            var unused = producer.send(record.toProducerRecord(topic)).get();
        } catch (InterruptException e) {
            // Kafka has set the thread's flag again, which goes with the exception here.
            var unused = Thread.interrupted();
            throw new InterruptedException("interrupted while a record was set aside");
        } catch (ExecutionException e) {
            throw notParked(e.getCause() == null ? e : e.getCause());
        } catch (RuntimeException e) {
            throw notParked(e);
        }
        count(record);
    }

    private KafkaAccessException notParked(Throwable cause) {
        return new KafkaAccessException("Kafka: a record could not be set aside in " + topic + ": " + cause, cause);
    }

    private void count(RejectedRecord record) {
        LongAdder count = countsByReason.computeIfAbsent(record.reason(), reason -> new LongAdder());
        count.increment();
        if (count.sum() == 1) {
            logger.warn("Rejected a record: {}; more are counted, and all of them are in {}", record, topic);
        }
    }

    private void send(RejectedRecord record, long size) {
        try {
            var unused = producer.send(record.toProducerRecord(topic), (metadata, failure) -> {
                if (failure == null) {
                    pendingBytes.addAndGet(-size);
                } else {
                    lose(size, failure);
                }
            });
        } catch (RuntimeException e) {
            lose(size, e);
        }
    }

    private void lose(long size, @Nullable Exception cause) {
        pendingBytes.addAndGet(-size);
        lost.increment();
        if (lost.sum() == 1) {
            logger.warn("A rejected record could not be written to {}; more are counted", topic, cause);
        }
    }

    /** How many records were rejected for each reason, since the start, written or not. A copy. */
    public Map<String, Long> countsByReason() {
        var counts = new TreeMap<String, Long>();
        countsByReason.forEach((reason, count) -> counts.put(reason, count.sum()));
        return counts;
    }

    /** How many rejected records could not be written, since the start. */
    public long lost() {
        return lost.sum();
    }

    /** Writes what is waiting, for 4 s at most; what is left then is lost. */
    @Override
    public void close() {
        sender.shutdown();
        try {
            if (!sender.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                lost.add(sender.shutdownNow().size());
            }
        } catch (InterruptedException e) {
            lost.add(sender.shutdownNow().size());
            Thread.currentThread().interrupt();
        }
        producer.close(CLOSE_TIMEOUT);
    }
}
