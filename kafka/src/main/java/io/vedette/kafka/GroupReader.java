package io.vedette.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics as a member of a consumer group, on a thread of its own, and hands each batch to a handler. Offsets are committed
 * only after the handler has returned, so every record is handled at least once, across restarts too. When the handler throws, the
 * same records are delivered again after a back-off; nothing is skipped. The reader outlives any failure of Kafka.
 */
public final class GroupReader implements AutoCloseable {
    /** How long a handler may take for a batch before the group gives its partitions to another member. */
    public static final Duration MAX_HANDLING = Duration.ofMinutes(30);

    private static final Logger logger = LoggerFactory.getLogger(GroupReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final KafkaSettings settings;
    private final GroupSubscription subscription;
    private final Handler handler;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Backoff backoff = new Backoff();
    private final LongAdder handlerFailures = new LongAdder();
    private final LongAdder kafkaFailures = new LongAdder();
    private volatile @Nullable Consumer<byte[], byte[]> consumer;
    private volatile long lag = -1;

    /** Takes records; see {@link #handle}. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Handles a batch, in order within each partition. Returning means that all of it is done (delivered, or parked in
         * {@code vedette.rejected}); throwing, that all of it comes again later, possibly with newer records behind. On
         * {@link GroupReader#close} the thread is interrupted if it does not return soon.
         *
         * @param records at least one
         */
        void handle(List<ConsumerRecord<byte[], byte[]>> records) throws Exception;

        /** The group's position is past all that has been handled: none of it comes again. Called by the same thread; must not throw. */
        default void committed() {}
    }

    private GroupReader(KafkaSettings settings, GroupSubscription subscription, Handler handler) {
        this.settings = settings;
        this.subscription = subscription;
        this.handler = handler;
        this.thread = new Thread(this::run, "vedette-group-" + subscription.group());
        thread.setDaemon(true);
    }

    /** Starts reading; never waits for Kafka. */
    public static GroupReader start(KafkaSettings settings, GroupSubscription subscription, Handler handler) {
        var reader = new GroupReader(settings, subscription, handler);
        reader.thread.start();
        return reader;
    }

    private void run() {
        while (!isClosing()) {
            try {
                read(new KafkaConsumer<>(subscription.properties(settings)));
            } catch (WakeupException | InterruptException e) {
                // Closing, which the loop's condition sees; a stray interrupt leads to a new consumer.
                clearInterrupt();
            } catch (RuntimeException | Error e) {
                kafkaFailures.increment();
                logger.warn(
                        "Reading {} as group {} failed; a new attempt follows",
                        subscription.topics(),
                        subscription.group(),
                        e);
                pauseWithoutConsumer();
            }
        }
    }

    private void read(Consumer<byte[], byte[]> opened) {
        consumer = opened;
        try {
            opened.subscribe(subscription.topics());
            while (!isClosing()) {
                ConsumerRecords<byte[], byte[]> records = opened.poll(POLL);
                if (!records.isEmpty()) {
                    deliver(opened, records);
                }
                updateLag(opened);
            }
        } finally {
            consumer = null;
            clearInterrupt();
            opened.close(CloseOptions.timeout(CLOSE_TIMEOUT));
        }
    }

    private void deliver(Consumer<byte[], byte[]> opened, ConsumerRecords<byte[], byte[]> records) {
        var batch = new ArrayList<ConsumerRecord<byte[], byte[]>>(records.count());
        records.forEach(batch::add);
        try {
            handler.handle(batch);
        } catch (Exception | LinkageError | AssertionError e) {
            if (!isClosing()) {
                handlerFailures.increment();
                logger.warn(
                        "Group {} could not handle {} records; they are delivered again",
                        subscription.group(),
                        batch.size(),
                        e);
                rewind(opened, records);
                pause(opened, backoff.next());
            }
            return;
        }
        backoff.reset();
        if (commit(opened, records)) {
            handler.committed();
        }
    }

    private boolean commit(Consumer<byte[], byte[]> opened, ConsumerRecords<byte[], byte[]> records) {
        try {
            try {
                opened.commitSync(records.nextOffsets());
            } catch (WakeupException e) {
                // Woken to close: what has been handled is still worth a commit, which this time is not disturbed.
                opened.commitSync(records.nextOffsets(), CLOSE_TIMEOUT);
            }
            return true;
        } catch (CommitFailedException | RebalanceInProgressException e) {
            logger.info(
                    "Group {} lost its partitions while it handled records; they may come again",
                    subscription.group(),
                    e);
            return false;
        }
    }

    /** Goes back to the first of the records wherever the partition is still ours. */
    private static void rewind(Consumer<byte[], byte[]> opened, ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            if (opened.assignment().contains(partition)) {
                opened.seek(partition, records.records(partition).get(0).offset());
            }
        }
    }

    /** Waits without records while still polling, since a member that does not poll loses its partitions. */
    private void pause(Consumer<byte[], byte[]> opened, Duration delay) {
        long deadline = System.nanoTime() + delay.toNanos();
        long remaining = delay.toNanos();
        while (remaining > 0 && !isClosing()) {
            opened.pause(opened.assignment());
            Duration wait = Duration.ofNanos(Math.min(remaining, POLL.toNanos()));
            // Partitions that were assigned during the poll are not paused yet.
            rewind(opened, opened.poll(wait));
            updateLag(opened);
            remaining = deadline - System.nanoTime();
        }
        opened.resume(opened.paused());
    }

    private void pauseWithoutConsumer() {
        try {
            var unused = closing.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // Only close() interrupts, and the loop's condition sees it.
            clearInterrupt();
        }
    }

    private static void clearInterrupt() {
        var unused = Thread.interrupted();
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void updateLag(Consumer<byte[], byte[]> opened) {
        long sum = 0;
        boolean known = false;
        for (TopicPartition partition : opened.assignment()) {
            OptionalLong partitionLag = opened.currentLag(partition);
            if (partitionLag.isPresent()) {
                known = true;
                sum += partitionLag.getAsLong();
            }
        }
        if (known) {
            lag = sum;
        }
    }

    /** How many records are still to be handled, as of the last answer from Kafka; empty until there was one. */
    public OptionalLong lag() {
        long current = lag;
        return current < 0 ? OptionalLong.empty() : OptionalLong.of(current);
    }

    /** How often the handler threw, since the start. */
    public long handlerFailures() {
        return handlerFailures.sum();
    }

    /** How often Kafka refused to be read (rights, settings, another live member of the same name), since the start. */
    public long kafkaFailures() {
        return kafkaFailures.sum();
    }

    /**
     * Stops reading: lets the handler finish for a second, then interrupts it. What it has not finished is delivered again by the
     * next reader of the group. Waits for 3 s at most.
     */
    @Override
    public void close() {
        closing.countDown();
        Consumer<byte[], byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
            if (thread.isAlive()) {
                thread.interrupt();
                thread.join(2 * CLOSE_TIMEOUT.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
