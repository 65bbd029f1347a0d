package io.vedette.ingest;

import io.vedette.ingest.publish.OutgoingRecord;
import io.vedette.ingest.scrape.ScrapeOutcome;
import io.vedette.ingest.scrape.ScrapeTiming;
import io.vedette.kafka.Topic;
import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.catalogue.EngineFlavour;
import io.vedette.model.exposition.MetricFamily;
import io.vedette.model.exposition.NumberFamily;
import io.vedette.model.exposition.Problem;
import io.vedette.model.exposition.Scrape;
import io.vedette.model.otlp.RecordWriter;
import io.vedette.model.otlp.RecordedCards;
import io.vedette.model.otlp.RecordedEngines;
import io.vedette.model.sample.ScrapeFailure;
import io.vedette.model.sample.Target;
import io.vedette.model.yaml.PrometheusDuration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One target: turns each scrape into a record, and knows the target's longest context. Scrapes never overlap; else thread-safe. */
final class TargetWatch implements ScrapeSchedule.Work {
    private static final Logger logger = LoggerFactory.getLogger(TargetWatch.class);
    private static final String PROCESS_START = "process_start_time_seconds";
    /** Room for key, headers and framing. */
    private static final int MAX_VALUE_BYTES = Topic.MAX_RECORD_BYTES - (16 << 10);

    private final Target target;
    private final Catalogue catalogue;
    private final ScrapeTiming timing;
    private final Endpoint endpoint;
    private final AgentClock clock;
    private final AgentMetrics metrics;
    private final Consumer<OutgoingRecord> records;
    private final OccasionalWarning problemWarning = new OccasionalWarning(logger);
    private final AtomicBoolean askingForLength = new AtomicBoolean();
    private volatile long contextLength;
    private volatile boolean contextLengthKnown;
    private volatile double processStart = Double.NaN;
    private volatile @Nullable ScrapeFailure lastFailure;
    private volatile @Nullable EngineFlavour flavour;

    /** How the target is reached. */
    interface Endpoint {
        CompletionStage<ScrapeOutcome> scrape();

        /** In tokens; 0 when the target does not say, empty when it may be asked again. */
        CompletionStage<OptionalLong> contextLength();
    }

    TargetWatch(
            Target target,
            Catalogue catalogue,
            ScrapeTiming timing,
            Endpoint endpoint,
            AgentClock clock,
            AgentMetrics metrics,
            Consumer<OutgoingRecord> records) {
        this.target = target;
        this.catalogue = catalogue;
        this.timing = timing;
        this.endpoint = endpoint;
        this.clock = clock;
        this.metrics = metrics;
        this.records = records;
    }

    @Override
    public void skipped(long count) {
        metrics.skipped(count);
    }

    @Override
    public CompletionStage<?> scrape() {
        long startNanos = clock.unixNanos();
        long timeMillis = clock.unixMillis();
        return endpoint.scrape().thenAccept(outcome -> {
            double seconds = (clock.unixNanos() - startNanos) / 1e9;
            if (outcome instanceof ScrapeOutcome.Good good) {
                publish(good.body(), timeMillis, seconds);
            } else {
                fail((ScrapeOutcome.Failed) outcome, timeMillis, seconds);
            }
        });
    }

    private void publish(Scrape body, long timeMillis, double seconds) {
        byte[] value = RecordWriter.scrape(target, body, timeMillis, seconds, contextLength);
        if (value.length > MAX_VALUE_BYTES) {
            String detail = body.sampleCount() + " samples make a record of " + value.length + " bytes, more than the "
                    + MAX_VALUE_BYTES + " that Kafka takes";
            fail(new ScrapeOutcome.Failed(ScrapeFailure.BODY, detail), timeMillis, seconds);
            return;
        }
        records.accept(new OutgoingRecord(target.instance(), value, timing.interval()));
        metrics.scraped(null, seconds);
        report(body);
        ScrapeFailure failedBefore = lastFailure;
        lastFailure = null;
        if (failedBefore != null) {
            logger.warn("{} answers again (it failed: {})", target.instance(), failedBefore.word());
        }
        double started = processStart(body);
        if (failedBefore != null || Double.compare(started, processStart) != 0) {
            contextLengthKnown = false;
        }
        if (failedBefore != null || flavour == null || Double.compare(started, processStart) != 0) {
            recognise(body, value);
        }
        processStart = started;
        if (!contextLengthKnown) {
            askForContextLength();
        }
    }

    /** Says once that a target is no engine, and what one has become. */
    private void recognise(Scrape body, byte[] record) {
        EngineFlavour before = flavour;
        EngineFlavour now = EngineFlavour.of(body);
        flavour = now;
        if (now.equals(before)) {
            return;
        }
        switch (now.kind()) {
            case ROUTER ->
                logger.warn(
                        "{} is a router of vLLM's production stack: what it tells about the engines behind it is set aside, so that"
                                + " nothing is counted twice; make the engines themselves targets",
                        target.instance());
            case OTHER -> {
                if (RecordedEngines.of(record, catalogue).isEmpty()
                        && RecordedCards.of(record, catalogue).isEmpty()) {
                    logger.warn("{} has metrics, but none of vLLM's or of cards", target.instance());
                }
            }
            default -> {
                if (before != null) {
                    logger.info("{} is {} now", target.instance(), now.describe(Optional.empty()));
                }
            }
        }
    }

    private void fail(ScrapeOutcome.Failed failed, long timeMillis, double seconds) {
        byte[] value = RecordWriter.failure(target, failed.failure(), timeMillis, seconds, contextLength);
        records.accept(new OutgoingRecord(target.instance(), value, timing.interval()));
        metrics.scraped(failed.failure(), seconds);
        if (failed.failure() != lastFailure) {
            logger.warn(
                    "{} cannot be scraped ({}): {}; it is tried again each {}",
                    target.instance(),
                    failed.failure().word(),
                    failed.detail(),
                    PrometheusDuration.format(timing.interval()));
        }
        lastFailure = failed.failure();
    }

    private void report(Scrape body) {
        if (body.problems().isEmpty()) {
            return;
        }
        metrics.problems(body.problemCounts());
        Problem first = body.problems().get(0);
        long count = body.problemCounts().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        problemWarning.add(
                clock.unixNanos(),
                count,
                total -> target.instance() + ": " + total + " problems in what it answered; line " + first.line() + ": "
                        + first.reason() + ", " + first.detail());
    }

    /** A scrape does not wait for it: records carry the length once it is known. */
    private void askForContextLength() {
        if (!askingForLength.compareAndSet(false, true)) {
            return;
        }
        var unused = CompletableFuture.completedFuture(endpoint)
                .thenCompose(Endpoint::contextLength)
                .whenComplete((answer, failure) -> {
                    if (answer != null && answer.isPresent()) {
                        contextLength = answer.getAsLong();
                        contextLengthKnown = true;
                    }
                    askingForLength.set(false);
                });
    }

    private static double processStart(Scrape body) {
        for (MetricFamily family : body.families()) {
            if (family.name().equals(PROCESS_START) && family instanceof NumberFamily numbers) {
                return numbers.points().get(0).value();
            }
        }
        return Double.NaN;
    }
}
