package io.vedette.ingest.scrape;

import io.vedette.model.sample.ScrapeFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A scraper with threads of its own. */
final class ScraperFixture implements AutoCloseable {
    static final int MAX_BODY_BYTES = 1 << 20;
    private static final Duration AMPLE = Duration.ofSeconds(30);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor();
    private final Scraper scraper = new Scraper(threads, threads, deadlines, MAX_BODY_BYTES);

    static TargetSettings target(String url, Credentials credentials, TlsSettings tls) {
        return new TargetSettings(
                TargetSettings.address(url), Map.of(), Optional.empty(), Optional.empty(), credentials, tls);
    }

    ScrapeOutcome scrape(TargetSettings target, Duration timeout) {
        return scraper.scrape(target, timeout).join();
    }

    ReceivedScrape receive(String url) {
        return scraper.receive(TargetSettings.of(url), AMPLE).join();
    }

    ScrapeOutcome scrape(String url) {
        return scrape(TargetSettings.of(url), AMPLE);
    }

    ScrapeOutcome scrape(TargetSettings target) {
        return scrape(target, AMPLE);
    }

    OptionalLong contextLength(String url) {
        return scraper.contextLength(TargetSettings.of(url)).join();
    }

    Optional<String> version(String url) {
        return scraper.version(TargetSettings.of(url)).join();
    }

    static ScrapeOutcome failed(ScrapeFailure failure, String detail) {
        return new ScrapeOutcome.Failed(failure, detail);
    }

    @Override
    public void close() {
        var unusedTasks = threads.shutdownNow();
        var unusedDeadlines = deadlines.shutdownNow();
    }
}
