package io.vedette.ingest;

import io.vedette.ingest.scrape.ReceivedScrape;
import io.vedette.ingest.scrape.ScrapeTiming;
import io.vedette.ingest.scrape.TargetSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Scrapes targets as an {@link Agent} does, with its schedule, its timeouts and its limits, and hands on what they answered as it was received. Needs no
 * Kafka. Thread-safe.
 */
public final class ScrapeLoop implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final Listener listener;
    private final AgentClock clock;
    private final ScrapeThreads threads;
    private final List<ScrapeSchedule> schedules = new ArrayList<>();
    private final LongAdder skipped = new LongAdder();

    /** Takes what targets answer. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Called by several threads, but for each target by one at a time: its next scrape does not start before this returns.
         *
         * @param target its name
         * @param timeMillis when the scrape was started, Unix milliseconds; later than that of the one before
         */
        void scraped(String target, long timeMillis, ReceivedScrape scrape);
    }

    private ScrapeLoop(int maxBodyBytes, InstantSource wall, Listener listener) {
        this.listener = listener;
        this.clock = new AgentClock(wall, System::nanoTime);
        this.threads = new ScrapeThreads("vedette-scrape", maxBodyBytes, clock);
    }

    /**
     * Starts scraping: each target at once, then by its schedule.
     *
     * @param cards those of this node, where they are to be read, too
     * @param wall read once: from then on time goes on monotonically
     * @throws IllegalArgumentException when a file that a target names cannot be used; the message says which
     */
    public static ScrapeLoop start(
            AgentSettings settings, Optional<NodeCards> cards, InstantSource wall, Listener listener) {
        settings.targets().forEach(TargetSettings::requireReadable);
        ScrapeLoop loop = new ScrapeLoop(settings.limits().bodyBytes(), wall, listener);
        settings.targets().forEach(target -> loop.watch(target, target.timing(settings.timing())));
        cards.ifPresent(those -> loop.watch(
                those.name(),
                settings.timing().interval(),
                () -> those.scrape(settings.timing().timeout())));
        loop.schedules.forEach(ScrapeSchedule::start);
        return loop;
    }

    private void watch(TargetSettings target, ScrapeTiming timing) {
        watch(target.name(), timing.interval(), () -> threads.scraper().receive(target, timing.timeout()));
    }

    private void watch(String target, Duration interval, Supplier<CompletionStage<ReceivedScrape>> scrape) {
        schedules.add(threads.schedule(target, interval, new Work(target, scrape)));
    }

    /** How many instants passed without a scrape, since the one before still ran or the machine slept. */
    public long skipped() {
        return skipped.sum();
    }

    /** Scrapes no more; what has been received is handed on to the end, for 2 s at most. */
    @Override
    public void close() {
        schedules.forEach(ScrapeSchedule::close);
        threads.finish(CLOSE_TIMEOUT);
        threads.hangUp();
    }

    /** A target's scrapes. */
    private final class Work implements ScrapeSchedule.Work {
        private final String target;
        private final Supplier<CompletionStage<ReceivedScrape>> scrape;

        private Work(String target, Supplier<CompletionStage<ReceivedScrape>> scrape) {
            this.target = target;
            this.scrape = scrape;
        }

        @Override
        public CompletionStage<?> scrape() {
            long timeMillis = clock.unixMillis();
            return scrape.get().thenAccept(received -> listener.scraped(target, timeMillis, received));
        }

        @Override
        public void skipped(long count) {
            skipped.add(count);
        }
    }
}
