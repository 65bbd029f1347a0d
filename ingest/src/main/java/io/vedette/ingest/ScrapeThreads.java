package io.vedette.ingest;

import io.vedette.ingest.scrape.Scraper;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What scrapes run in: a timer, threads that wait for answers, and threads that parse them. None keeps the process alive. Thread-safe. */
final class ScrapeThreads {
    private static final int MOST_PARSING = 4;

    private final AgentClock clock;
    private final ScheduledThreadPoolExecutor timer;
    private final ExecutorService blocking;
    private final ExecutorService parsing;
    private final Scraper scraper;

    /**
     * Starts them.
     *
     * @param name begins the threads' names
     * @param maxBodyBytes most bytes of one body
     */
    ScrapeThreads(String name, int maxBodyBytes, AgentClock clock) {
        this.clock = clock;
        this.timer = new ScheduledThreadPoolExecutor(1, named(name + "-timer"));
        timer.setRemoveOnCancelPolicy(true);
        this.blocking = Executors.newCachedThreadPool(named(name + "-http"));
        // As many threads as parsing may cost processors.
        int processors = Math.min(MOST_PARSING, Runtime.getRuntime().availableProcessors());
        this.parsing = Executors.newFixedThreadPool(Math.max(1, processors), named(name + "-parse"));
        this.scraper = new Scraper(blocking, parsing, timer, maxBodyBytes);
    }

    private static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + '-' + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    Scraper scraper() {
        return scraper;
    }

    /** A schedule of a target's scrapes, which has yet to be started. */
    ScrapeSchedule schedule(String target, Duration interval, ScrapeSchedule.Work work) {
        return new ScrapeSchedule(
                target,
                interval,
                clock::unixNanos,
                (delay, task) -> {
                    var unused = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
                },
                work);
    }

    /** Runs something again and again, the first time after the interval. */
    void repeat(Duration interval, Runnable task) {
        var unused = timer.scheduleAtFixedRate(task, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs something once, later; nothing once it is stopped. */
    void after(Duration delay, Runnable task) {
        try {
            var unused = timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopped) {
            return;
        }
    }

    /** Nothing is begun any more, and what is being parsed is let go. */
    void stop() {
        var unusedTasks = timer.shutdownNow();
        var unusedParses = parsing.shutdownNow();
    }

    /** Nothing is begun any more, but what has been received is parsed and handed on, for so long at most. */
    void finish(Duration atMost) {
        var unusedTasks = timer.shutdownNow();
        parsing.shutdown();
        try {
            var unused = parsing.awaitTermination(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets go of what has yet to be answered, too. */
    void hangUp() {
        var unusedFetches = blocking.shutdownNow();
    }
}
