package io.vedette.ingest.publish;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vedette.kafka.KafkaSettings;
import io.vedette.model.sample.SampleHeaders;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * Sends records to {@code vedette.samples} from a thread of its own, so that nobody waits for Kafka. While Kafka is away the newest records wait in a
 * bounded buffer. A record whose answer was lost may be sent twice. Thread-safe.
 */
public final class SamplePublisher implements AutoCloseable {
    private static final int MAX_IN_FLIGHT_BYTES = 8 << 20;
    private static final Duration LONGEST_BLOCK = Duration.ofSeconds(5);
    private static final long SHORTEST_PAUSE_MILLIS = 500;
    private static final int MOST_DOUBLINGS = 4;
    private static final long DRAIN_MILLIS = 700;
    private static final Duration CLOSE_TIME = Duration.ofMillis(500);

    private final Supplier<Producer<byte[], byte[]>> producers;
    private final String topic;
    private final RecordBuffer buffer;
    private final int inFlightBytes;
    private final Semaphore inFlight;
    private final LongSupplier unixMillis;
    private final PublishListener listener;
    private final ClockOffset clockOffset = new ClockOffset();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    /** Set by answers, read and reset by the sending thread. */
    private volatile Trouble trouble = Trouble.NONE;
    /** One after the other, since the last good answer. */
    private volatile int uselessProducers;
    /** The sending thread's own. */
    private @Nullable Producer<byte[], byte[]> producer;

    private enum Trouble {
        NONE,
        /** It passes by itself. */
        PASSING,
        /** The producer is of no use any more, for example because our password has changed. */
        LASTING
    }

    /**
     * @param producers makes a producer, and another one whenever one is of no use any more; may throw
     * @param bufferBytes of all records that wait or are on their way
     */
    SamplePublisher(
            Supplier<Producer<byte[], byte[]>> producers,
            String topic,
            int bufferBytes,
            LongSupplier unixMillis,
            PublishListener listener) {
        this.producers = producers;
        this.topic = topic;
        this.inFlightBytes = Math.min(MAX_IN_FLIGHT_BYTES, bufferBytes / 8);
        this.inFlight = new Semaphore(inFlightBytes);
        this.buffer = new RecordBuffer(bufferBytes - inFlightBytes);
        this.unixMillis = unixMillis;
        this.listener = listener;
        this.thread = new Thread(this::run, "vedette-agent-publisher");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Starts a publisher; Kafka may be away.
     *
     * @param bufferBytes of all records that wait or are on their way
     * @param unixMillis the clock that the broker's is compared with
     */
    public static SamplePublisher start(
            KafkaSettings kafka, int bufferBytes, LongSupplier unixMillis, PublishListener listener) {
        return new SamplePublisher(() -> producer(kafka), kafka.topics().samples(), bufferBytes, unixMillis, listener);
    }

    private static Producer<byte[], byte[]> producer(KafkaSettings kafka) {
        var properties = kafka.producer("vedette-agent");
        properties.setProperty(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(LONGEST_BLOCK.toMillis()));
        return new KafkaProducer<>(properties);
    }

    /** Takes a record; never blocks. */
    public void offer(OutgoingRecord record) {
        tellLetGo(buffer.offer(record));
    }

    /** What to add to the agent's clock to get the broker's, in milliseconds; empty before the first answer. */
    public OptionalLong clockOffsetMillis() {
        return clockOffset.millis();
    }

    /** How many records wait to be sent. */
    public int waitingRecords() {
        return buffer.size();
    }

    /** How many bytes wait to be sent. */
    public long waitingBytes() {
        return buffer.bytes();
    }

    private void run() {
        try {
            for (var next = buffer.take(); next != null; next = buffer.take()) {
                if (trouble == Trouble.NONE) {
                    send(next);
                } else {
                    // Something older may have come back meanwhile.
                    tellLetGo(buffer.putBack(next));
                    recover();
                }
            }
        } catch (InterruptedException | InterruptException e) {
            // Only close() interrupts: there is no more time.
            var unused = Thread.interrupted();
        } finally {
            closeProducer(CLOSE_TIME);
            tellLetGo(buffer.size());
        }
    }

    /** Waits a little when the last answers were bad, the longer the more often a producer was of no use. */
    private void recover() throws InterruptedException {
        if (trouble == Trouble.LASTING) {
            closeProducer(Duration.ZERO);
            uselessProducers = Math.min(uselessProducers + 1, MOST_DOUBLINGS);
        }
        trouble = Trouble.NONE;
        var unused = closing.await(SHORTEST_PAUSE_MILLIS << uselessProducers, TimeUnit.MILLISECONDS);
    }

    private void send(RecordBuffer.Numbered next) throws InterruptedException {
        int permits = Math.min(next.record().bytes(), inFlightBytes);
        boolean acquired = false;
        try {
            inFlight.acquire(permits);
            acquired = true;
            if (producer == null) {
                producer = producers.get();
            }
            long sentMillis = unixMillis.getAsLong();
            var unused = producer.send(kafkaRecord(next.record()), (metadata, failure) -> {
                inFlight.release(permits);
                answered(next, sentMillis, metadata, failure);
            });
        } catch (InterruptedException | InterruptException e) {
            tellLetGo(buffer.putBack(next));
            throw e;
        } catch (RuntimeException e) {
            // The record was not taken, so no answer will come for it.
            if (acquired) {
                inFlight.release(permits);
            }
            postpone(next, e);
        }
    }

    private void closeProducer(Duration timeout) {
        if (producer != null) {
            producer.close(timeout);
            producer = null;
        }
    }

    private ProducerRecord<byte[], byte[]> kafkaRecord(OutgoingRecord record) {
        var kafkaRecord = new ProducerRecord<>(topic, record.keyBytes(), record.value());
        if (!record.interval().isZero()) {
            addHeader(kafkaRecord, SampleHeaders.INTERVAL, record.interval().toMillis());
        }
        clockOffset.millis().ifPresent(offset -> addHeader(kafkaRecord, SampleHeaders.CLOCK_OFFSET, offset));
        return kafkaRecord;
    }

    private static void addHeader(ProducerRecord<byte[], byte[]> record, String name, long value) {
        record.headers().add(name, Long.toString(value).getBytes(US_ASCII));
    }

    private void answered(
            RecordBuffer.Numbered sent,
            long sentMillis,
            @Nullable RecordMetadata metadata,
            @Nullable Exception failure) {
        if (failure == null) {
            if (metadata != null && metadata.hasTimestamp()) {
                clockOffset.observe(sentMillis, unixMillis.getAsLong(), metadata.timestamp());
            }
            uselessProducers = 0;
            listener.sent();
        } else if (failure instanceof RecordTooLargeException || failure instanceof RecordBatchTooLargeException) {
            listener.refused(sent.record().key(), failure);
        } else {
            postpone(sent, failure);
        }
    }

    private void postpone(RecordBuffer.Numbered record, Exception cause) {
        if (!(cause instanceof RetriableException)) {
            trouble = Trouble.LASTING;
        } else if (trouble == Trouble.NONE) {
            trouble = Trouble.PASSING;
        }
        tellLetGo(buffer.putBack(record));
        listener.postponed(cause);
    }

    private void tellLetGo(int records) {
        if (records > 0) {
            listener.letGo(records);
        }
    }

    /** Sends what can be sent at once; what is left is let go. Takes 1.2 s at most, records must not be offered any more. */
    @Override
    public void close() {
        closing.countDown();
        buffer.close();
        try {
            thread.join(DRAIN_MILLIS);
            thread.interrupt();
            thread.join(2 * CLOSE_TIME.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
