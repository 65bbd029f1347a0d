package io.vedette.alerts.exposition;

import io.vedette.kafka.KafkaAccessException;
import io.vedette.kafka.KafkaSettings;
import io.vedette.kafka.RejectedRecord;
import io.vedette.kafka.RejectedRecords;
import io.vedette.kafka.StartAt;
import io.vedette.model.frame.FrameCodec;
import io.vedette.model.frame.FrameFormatException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
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
 * Reads {@code vedette.frames} from now on, without a group: only the newest frame counts, so there is no place to come back to. Partitions that are
 * added later are read from the next start on.
 */
public final class FrameReader implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(FrameReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration REOPEN_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final KafkaSettings kafka;
    private final NewestFrames frames;
    private final RejectedRecords rejected;
    private final Thread thread = new Thread(this::run, "vedette-frames");
    private final CountDownLatch closing = new CountDownLatch(1);
    private final LongAdder read = new LongAdder();
    private volatile Consumer<byte[], byte[]> consumer;

    private FrameReader(
            KafkaSettings kafka, NewestFrames frames, RejectedRecords rejected, Consumer<byte[], byte[]> consumer) {
        this.kafka = kafka;
        this.frames = frames;
        this.rejected = rejected;
        this.consumer = consumer;
        thread.setDaemon(true);
    }

    /**
     * Finds out where now is, and reads on from there.
     *
     * @throws KafkaAccessException when Kafka refuses, doesn't answer in time, or has no such topic
     */
    public static FrameReader open(
            KafkaSettings kafka, NewestFrames frames, RejectedRecords rejected, Duration timeout) {
        FrameReader reader;
        try {
            reader = new FrameReader(kafka, frames, rejected, atEnd(kafka, timeout));
        } catch (KafkaException e) {
            throw new KafkaAccessException(
                    "Kafka: topic " + kafka.topics().frames() + " could not be read: " + e.getMessage(), e);
        }
        reader.thread.start();
        return reader;
    }

    private static Consumer<byte[], byte[]> atEnd(KafkaSettings kafka, Duration timeout) {
        Properties properties = kafka.reader("vedette-gateway-frames", StartAt.LATEST);
        properties.setProperty(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(timeout.toMillis()));
        Consumer<byte[], byte[]> opened = new KafkaConsumer<>(properties);
        try {
            String topic = kafka.topics().frames();
            List<TopicPartition> partitions = opened.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new KafkaException("there is no such topic");
            }
            opened.assign(partitions);
            opened.seekToEnd(partitions);
            // Asked for here, since seeking itself waits for the first poll.
            partitions.forEach(opened::position);
            return opened;
        } catch (KafkaException e) {
            opened.close(CloseOptions.timeout(CLOSE_TIMEOUT));
            throw e;
        }
    }

    /** How many frames have been read, since the start. */
    public long framesRead() {
        return read.sum();
    }

    private void run() {
        while (!isClosing()) {
            try {
                while (!isClosing()) {
                    consumer.poll(POLL).forEach(this::take);
                }
            } catch (WakeupException | InterruptException e) {
                // Only close() does either, and the loop's condition sees it.
                clearInterrupt();
            } catch (RuntimeException e) {
                logger.warn("reading frames failed; a new attempt follows", e);
                begin();
            }
        }
        consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
    }

    /** Gets another consumer in the place of a broken one, sooner or later. */
    private void begin() {
        consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
        while (!isClosing()) {
            pause();
            try {
                consumer = atEnd(kafka, REOPEN_TIMEOUT);
                return;
            } catch (RuntimeException e) {
                logger.debug("frames can't be read yet", e);
                clearInterrupt();
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        try {
            frames.accept(FrameCodec.decode(value == null ? new byte[0] : value));
            read.increment();
        } catch (FrameFormatException e) {
            rejected.reject(RejectedRecord.of(record, "unreadable-frame", String.valueOf(e.getMessage())));
        }
    }

    private void pause() {
        try {
            var unused = closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            clearInterrupt();
        }
    }

    private static void clearInterrupt() {
        var unused = Thread.interrupted();
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
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
