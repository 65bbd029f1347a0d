package io.vedette.ingest;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The instants at which one target is scraped: at once when it is new, then on a grid that never drifts and is the same after a restart. The grid is
 * shifted by a hash of the target's name, which spreads targets over the interval. An instant that comes while the scrape before it still runs, or
 * that the machine slept through, is skipped and counted.
 */
final class ScrapeSchedule implements AutoCloseable {
    private final long intervalNanos;
    private final long phaseNanos;
    private final LongSupplier unixNanos;
    private final Timer timer;
    private final Work work;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile boolean closed;

    /** Runs tasks later, one after the other or at the same time; tasks are short. */
    @FunctionalInterface
    interface Timer {
        void after(Duration delay, Runnable task);
    }

    /** What is done at each instant. */
    interface Work {
        /** Starts a scrape; the stage ends with it. */
        CompletionStage<?> scrape();

        /** Takes note of instants that passed without a scrape. */
        void skipped(long count);
    }

    ScrapeSchedule(String name, Duration interval, LongSupplier unixNanos, Timer timer, Work work) {
        this.intervalNanos = interval.toNanos();
        this.phaseNanos = Math.floorMod(spread(name), intervalNanos);
        this.unixNanos = unixNanos;
        this.timer = timer;
        this.work = work;
    }

    void start() {
        timer.after(Duration.ZERO, this::runFirst);
    }

    private void runFirst() {
        awaitNext(nextAfter(unixNanos.getAsLong()));
        scrapeUnlessRunning();
    }

    private void awaitNext(long instantNanos) {
        timer.after(Duration.ofNanos(Math.max(0, instantNanos - unixNanos.getAsLong())), () -> run(instantNanos));
    }

    private void run(long instantNanos) {
        if (closed) {
            return;
        }
        long now = unixNanos.getAsLong();
        if (now < instantNanos) {
            awaitNext(instantNanos);
            return;
        }
        long next = nextAfter(now);
        awaitNext(next);
        long missed = (next - instantNanos) / intervalNanos - 1;
        if (missed > 0) {
            work.skipped(missed);
        }
        scrapeUnlessRunning();
    }

    private void scrapeUnlessRunning() {
        if (closed) {
            return;
        }
        if (!running.compareAndSet(false, true)) {
            work.skipped(1);
            return;
        }
        Supplier<CompletionStage<?>> scrape = work::scrape;
        var unused = CompletableFuture.completedFuture(scrape)
                .thenCompose(Supplier::get)
                .whenComplete((result, failure) -> running.set(false));
    }

    private long nextAfter(long nanos) {
        return nanos + intervalNanos - Math.floorMod(nanos - phaseNanos, intervalNanos);
    }

    /** The last step of SplitMix64, since hash codes of similar names are near each other. */
    private static long spread(String name) {
        long z = name.hashCode() * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** No further scrape starts; one that runs goes on. */
    @Override
    public void close() {
        closed = true;
    }
}
