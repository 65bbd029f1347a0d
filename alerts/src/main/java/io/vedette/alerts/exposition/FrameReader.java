package io.vedette.alerts.exposition;

import io.vedette.kafka.KafkaSettings;
import io.vedette.kafka.RejectedRecord;
import io.vedette.kafka.RejectedRecords;
import io.vedette.kafka.StartAt;
import io.vedette.model.frame.FrameCodec;
import io.vedette.model.frame.FrameFormatException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code vedette.frames} from now on, without a group: only the newest frame counts, so there is no place to come back to. Partitions that are
 * added later are read from the next start on.
 */
public final class FrameReader implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(FrameReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final KafkaSettings kafka;
    private final NewestFrames frames;
    private final RejectedRecords rejected;
    private final Thread thread = new Thread(this::run, "vedette-frames");
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch reading = new CountDownLatch(1);
    private final LongAdder read = new LongAdder();
    private volatile @Nullable Consumer<byte[], byte[]> consumer;

    private FrameReader(KafkaSettings kafka, NewestFrames frames, RejectedRecords rejected) {
        this.kafka = kafka;
        this.frames = frames;
        this.rejected = rejected;
        thread.setDaemon(true);
    }

    /** Starts reading; never waits for Kafka. */
    public static FrameReader start(KafkaSettings kafka, NewestFrames frames, RejectedRecords rejected) {
        FrameReader reader = new FrameReader(kafka, frames, rejected);
        reader.thread.start();
        return reader;
    }

    /** How many frames have been read, since the start. */
    public long framesRead() {
        return read.sum();
    }

    /** Waits until it knows where now is; false when it doesn't by then. */
    public boolean awaitReading(Duration timeout) throws InterruptedException {
        return reading.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run() {
        boolean failing = false;
        while (!isClosing()) {
            try {
                read();
            } catch (WakeupException | InterruptException e) {
                // Only close() does either, and the loop's condition sees it.
                clearInterrupt();
            } catch (RuntimeException e) {
                if (failing) {
                    logger.debug("reading frames failed again", e);
                } else {
                    logger.warn("reading frames failed; tried again until it works", e);
                }
                failing = true;
                pause();
            }
        }
    }

    private void read() {
        String topic = kafka.topics().frames();
        Consumer<byte[], byte[]> opened = new KafkaConsumer<>(kafka.reader("vedette-gateway-frames", StartAt.LATEST));
        consumer = opened;
        try {
            List<TopicPartition> partitions = opened.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new KafkaException("there is no topic " + topic);
            }
            opened.assign(partitions);
            opened.seekToEnd(partitions);
            partitions.forEach(opened::position);
            reading.countDown();
            while (!isClosing()) {
                opened.poll(POLL).forEach(this::take);
            }
        } finally {
            consumer = null;
            clearInterrupt();
            opened.close(CloseOptions.timeout(CLOSE_TIMEOUT));
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
        Consumer<byte[], byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
        try {
            thread.join(2 * CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
