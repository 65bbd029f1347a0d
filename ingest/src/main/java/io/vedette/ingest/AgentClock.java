package io.vedette.ingest;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Unix time that never jumps: the wall clock when the agent started, plus monotonic time since. Whatever a step of the wall clock later makes it
 * differ by shows as the offset from the broker's clock. Thread-safe.
 */
final class AgentClock {
    private final long startUnixNanos;
    private final long startMonotonicNanos;
    private final LongSupplier monotonicNanos;

    /** @param monotonicNanos as {@link System#nanoTime} */
    AgentClock(InstantSource wall, LongSupplier monotonicNanos) {
        this.startUnixNanos = ChronoUnit.NANOS.between(Instant.EPOCH, wall.instant());
        this.startMonotonicNanos = monotonicNanos.getAsLong();
        this.monotonicNanos = monotonicNanos;
    }

    long unixNanos() {
        return startUnixNanos + (monotonicNanos.getAsLong() - startMonotonicNanos);
    }

    long unixMillis() {
        return TimeUnit.NANOSECONDS.toMillis(unixNanos());
    }
}
