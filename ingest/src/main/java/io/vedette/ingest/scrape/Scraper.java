package io.vedette.ingest.scrape;

import io.vedette.model.exposition.ExpositionLimits;
import io.vedette.model.exposition.ExpositionParser;
import io.vedette.model.sample.ScrapeFailure;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/** Scrapes targets. No method blocks or throws on what a target does. Thread-safe. */
public final class Scraper {
    /** What Prometheus 3 asks for. */
    private static final String ACCEPT_METRICS =
            "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                    + "application/openmetrics-text;version=0.0.1;q=0.5,"
                    + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.1";

    private static final String ACCEPT_JSON = "application/json";
    private static final Duration QUESTION_TIMEOUT = Duration.ofSeconds(2);
    private static final int MAX_ANSWER_BYTES = 1 << 20;
    private static final byte[] NOTHING = {};

    private final HttpFetcher fetcher;
    private final Executor parsing;
    private final ExpositionLimits limits;
    /** A parser remembers names, so it is worth keeping; it serves one thread at a time. */
    private final Queue<ExpositionParser> idleParsers = new ConcurrentLinkedQueue<>();

    /**
     * @param blocking where files are read and names resolved: its threads may be blocked for a while
     * @param parsing where bodies are parsed: as many threads as this may cost processors
     * @param deadlines ends what takes too long
     * @param maxBodyBytes most bytes of a body, before and after decompression
     */
    public Scraper(Executor blocking, Executor parsing, ScheduledExecutorService deadlines, int maxBodyBytes) {
        this.fetcher = new HttpFetcher(blocking, deadlines);
        this.parsing = parsing;
        ExpositionLimits defaults = ExpositionLimits.DEFAULT;
        this.limits = new ExpositionLimits(
                maxBodyBytes,
                defaults.maxSamples(),
                defaults.maxLabels(),
                defaults.maxNameBytes(),
                defaults.maxValueBytes());
    }

    /** One scrape. The outcome comes in a parsing thread, at the latest when the timeout is over and the body, if any, is parsed. */
    public CompletableFuture<ScrapeOutcome> scrape(TargetSettings target, Duration timeout) {
        return receive(target, timeout).thenApply(ReceivedScrape::outcome);
    }

    /** The same, with the body. */
    public CompletableFuture<ReceivedScrape> receive(TargetSettings target, Duration timeout) {
        HttpQuery query = new HttpQuery(
                target.url(), ACCEPT_METRICS, target.credentials(), target.tls(), timeout, limits.maxBodyBytes());
        return fetcher.get(query).thenApplyAsync(this::received, parsing);
    }

    /**
     * Asks for the longest context of the served model, in tokens.
     *
     * @return 0 when the target does not say (which is fine); empty when it did not answer at all and may be asked again
     */
    public CompletableFuture<OptionalLong> contextLength(TargetSettings target) {
        return ask(target, target.modelsUrl()).thenApplyAsync(Scraper::contextLength, parsing);
    }

    /** Asks which version the engine is, in its own words; empty when it does not say. */
    public CompletableFuture<Optional<String>> version(TargetSettings target) {
        return ask(target, target.versionUrl())
                .thenApplyAsync(
                        answer -> answer instanceof HttpAnswer.Ok ok
                                ? EngineAnswers.version(ok.body())
                                : Optional.empty(),
                        parsing);
    }

    private CompletableFuture<HttpAnswer> ask(TargetSettings target, URI question) {
        return fetcher.get(new HttpQuery(
                question, ACCEPT_JSON, target.credentials(), target.tls(), QUESTION_TIMEOUT, MAX_ANSWER_BYTES));
    }

    private ReceivedScrape received(HttpAnswer answer) {
        if (answer instanceof HttpAnswer.Failed failed) {
            return new ReceivedScrape(new ScrapeOutcome.Failed(failed.failure(), failed.detail()), NOTHING);
        }
        HttpAnswer.Ok ok = (HttpAnswer.Ok) answer;
        ExpositionParser idle = idleParsers.poll();
        ExpositionParser parser = idle != null ? idle : new ExpositionParser(limits);
        ScrapeOutcome outcome = MetricsBody.classify(ok, parser);
        idleParsers.offer(parser);
        return new ReceivedScrape(outcome, ok.body());
    }

    private static OptionalLong contextLength(HttpAnswer answer) {
        if (answer instanceof HttpAnswer.Ok ok) {
            return OptionalLong.of(EngineAnswers.contextLength(ok.body()));
        }
        ScrapeFailure failure = ((HttpAnswer.Failed) answer).failure();
        return failure == ScrapeFailure.HTTP || failure == ScrapeFailure.BODY
                ? OptionalLong.of(0)
                : OptionalLong.empty();
    }
}
