package io.vedette.kafka;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a compacted topic: first all that is there, then what comes. Belongs to no group and commits nothing. Partitions that are
 * added later are read from the next start on.
 */
public final class CompactedReader implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(CompactedReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final Listener listener;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Backoff backoff = new Backoff();
    private final LongAdder failures = new LongAdder();
    private volatile long lag;

    /** Takes records. An exception is counted and logged, and the record counts as taken: there is no second delivery. */
    @FunctionalInterface
    public interface Listener {
        /** Called by one thread at a time: by that of {@link CompactedReader#open} first, then by the reader's own. */
        void accept(CompactedRecord record);
    }

    private CompactedReader(Consumer<byte[], byte[]> consumer, String topic, Listener listener) {
        this.consumer = consumer;
        this.topic = topic;
        this.listener = listener;
        this.thread = new Thread(this::tail, "vedette-compacted-" + topic);
        thread.setDaemon(true);
    }

    /**
     * Reads the topic from its beginning to where it ends now, hands the newest record of each key that is not deleted to the
     * listener (in the order in which they were written), then returns and goes on with what comes, deletions included.
     *
     * @param timeout how long to wait for Kafka in all
     * @throws KafkaAccessException when Kafka does not answer in time, refuses, or has no such topic
     */
    public static CompactedReader open(KafkaSettings settings, String topic, Duration timeout, Listener listener) {
        var properties = settings.reader("vedette-compacted-" + topic, StartAt.EARLIEST);
        properties.setProperty(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(timeout.toMillis()));
        var reader = new CompactedReader(new KafkaConsumer<>(properties), topic, listener);
        try {
            reader.newestPerKey(timeout).values().forEach(reader::hand);
        } catch (KafkaException e) {
            reader.consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
            throw new KafkaAccessException(
                    "Kafka: topic " + topic + " could not be read to its end within " + timeout.toSeconds() + " s: "
                            + e.getMessage(),
                    e);
        }
        reader.thread.start();
        return reader;
    }

    private Map<String, CompactedRecord> newestPerKey(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new KafkaException("there is no such topic");
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        var newest = new LinkedHashMap<String, CompactedRecord>();
        while (!reached(ends)) {
            if (System.nanoTime() - deadline > 0) {
                throw new KafkaException("its end was not reached");
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                CompactedRecord current = CompactedRecord.of(record);
                newest.remove(current.key());
                if (!current.deleted()) {
                    newest.put(current.key(), current);
                }
            }
        }
        return newest;
    }

    private boolean reached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void tail() {
        try {
            while (!isClosing()) {
                pollOnce();
            }
        } finally {
            var unused = Thread.interrupted();
            consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
        }
    }

    private void pollOnce() {
        try {
            consumer.poll(POLL).forEach(record -> hand(CompactedRecord.of(record)));
            updateLag();
            backoff.reset();
        } catch (WakeupException | InterruptException e) {
            // Only close() does either, and the loop's condition sees it.
            var unused = Thread.interrupted();
        } catch (RuntimeException e) {
            failures.increment();
            logger.warn("Reading {} failed; a new attempt follows", topic, e);
            pause();
        }
    }

    private void pause() {
        try {
            var unused = closing.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hand(CompactedRecord record) {
        try {
            listener.accept(record);
        } catch (RuntimeException e) {
            failures.increment();
            logger.warn("A record of {} (key {}) could not be taken", topic, record.key(), e);
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void updateLag() {
        lag = consumer.assignment().stream()
                .map(consumer::currentLag)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .sum();
    }

    /** How many records have been written that the listener has not had yet, as of the last answer from Kafka. */
    public long lag() {
        return lag;
    }

    /** How often reading failed or the listener threw, since the start. */
    public long failures() {
        return failures.sum();
    }

    /** Stops reading. Waits for 2 s at most. */
    @Override
    public void close() {
        closing.countDown();
        consumer.wakeup();
        try {
            thread.join(2 * CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
