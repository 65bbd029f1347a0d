package io.vedette.alerts.delivery;

import io.vedette.kafka.GroupReader;
import io.vedette.kafka.GroupSubscription;
import io.vedette.kafka.KafkaSettings;
import io.vedette.kafka.RejectedRecord;
import io.vedette.kafka.RejectedRecords;
import io.vedette.kafka.StartAt;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A channel at work: a consumer group of its own, so that a dead channel delays nobody, and a timer where the receiver wants to be told again. */
final class Channel implements AutoCloseable {
    private static final String MEMBER = "gateway";
    private static final int MAX_BATCH = 500;
    private static final Duration LEAST_WAIT = Duration.ofSeconds(1);
    private static final Duration RESEND_CHECK = Duration.ofMillis(500);

    private static final Logger logger = LoggerFactory.getLogger(Channel.class);

    private final String name;
    private final Function<ConsumerRecord<byte[], byte[]>, Optional<AlertRecord>> decoder;
    private final Courier courier;
    private final Progress progress = new Progress();
    private final CountDownLatch closing = new CountDownLatch(1);
    /** Held while the channel is being told something: by the reader's thread or by the timer's. */
    private final Lock telling = new ReentrantLock();

    private final GroupReader reader;
    private final Optional<ScheduledExecutorService> timer;

    /** What all channels have in common. */
    record Common(
            KafkaSettings kafka,
            DeliveryLog log,
            OldNews oldNews,
            RejectedRecords rejected,
            DeliveryMetrics metrics,
            InstantSource clock,
            RandomGenerator random) {}

    /**
     * What a channel has of its own.
     *
     * @param decoder empty for what is no alert event
     */
    record Own(
            String name,
            Predicate<Map<String, String>> matchers,
            Transport transport,
            Duration maxWait,
            Function<ConsumerRecord<byte[], byte[]>, Optional<AlertRecord>> decoder) {}

    private Channel(Common common, Own own) {
        name = own.name();
        decoder = own.decoder();
        Duration least = LEAST_WAIT.compareTo(own.maxWait()) < 0 ? LEAST_WAIT : own.maxWait();
        Ledger ledger = common.log().of(name);
        courier = new Courier(
                name,
                own.matchers(),
                common.oldNews()::has,
                own.transport(),
                ledger,
                (alert, reason) -> common.rejected().park(RejectedRecord.of(alert.source(), "refused-alert", reason)),
                new Backoff(least, own.maxWait(), common.random()),
                this::pause,
                common.clock(),
                common.metrics());
        // Everything else must be in place: the reader's thread calls back at once.
        reader = GroupReader.start(
                common.kafka(),
                new GroupSubscription(
                        group(common.kafka(), name),
                        MEMBER,
                        List.of(common.kafka().topics().alerts()),
                        StartAt.EARLIEST,
                        MAX_BATCH),
                new Handler(common.log(), common.clock()));
        timer = own.transport()
                .resendInterval()
                .map(interval -> resending(new Resender(own.transport(), interval, ledger, common.clock())));
    }

    private ScheduledExecutorService resending(Resender resender) {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "vedette-resend-" + name);
            thread.setDaemon(true);
            return thread;
        });
        var unused = executor.scheduleWithFixedDelay(
                () -> resend(resender), 0, RESEND_CHECK.toMillis(), TimeUnit.MILLISECONDS);
        return executor;
    }

    private void resend(Resender resender) {
        // Who is being told something now is told again a little later.
        if (!telling.tryLock()) {
            return;
        }
        try {
            resender.resendIfDue(reader.lag().orElse(1) == 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            logger.error("channel {}: what fires could not be told again", name, e);
        } finally {
            telling.unlock();
        }
    }

    static Channel start(Common common, Own own) {
        return new Channel(common, own);
    }

    /** The consumer group of a channel. Like the topics' names it carries the prefix, so that two Vedettes can share a Kafka. */
    static String group(KafkaSettings kafka, String channel) {
        return kafka.topicPrefix() + "vedette-channel-" + channel;
    }

    String name() {
        return name;
    }

    Progress progress() {
        return progress;
    }

    /** How often what was read could not be handled, so that it comes again. */
    long handlingFailures() {
        return reader.handlerFailures();
    }

    /** How often Kafka refused to be read. */
    long readingFailures() {
        return reader.kafkaFailures();
    }

    private final class Handler implements GroupReader.Handler {
        private final DeliveryLog log;
        private final InstantSource clock;

        Handler(DeliveryLog log, InstantSource clock) {
            this.log = log;
            this.clock = clock;
        }

        @Override
        public void handle(List<ConsumerRecord<byte[], byte[]>> records) throws InterruptedException {
            Channel.this.handle(records);
        }

        @Override
        public void committed() {
            log.forgetEnded(name, clock.instant());
        }
    }

    private void handle(List<ConsumerRecord<byte[], byte[]>> records) throws InterruptedException {
        progress.begins(records);
        telling.lockInterruptibly();
        try {
            courier.deliver(
                    records.stream().map(decoder).flatMap(Optional::stream).toList());
        } finally {
            telling.unlock();
        }
        progress.ends(records);
    }

    private void pause(Duration wait) throws InterruptedException {
        if (closing.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("the channel is being closed");
        }
    }

    /** Stops; what isn't told yet is told after the next start. */
    @Override
    public void close() {
        closing.countDown();
        timer.ifPresent(ScheduledExecutorService::shutdownNow);
        reader.close();
    }
}
