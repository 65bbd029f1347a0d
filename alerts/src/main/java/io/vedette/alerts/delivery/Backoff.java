package io.vedette.alerts.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubling from {@code least} to {@code most}, of which the second half is left to chance so that channels
 * don't knock in step. Thread-safe as far as {@code random} is.
 */
public final class Backoff {
    /** 2^30 times any wait of a millisecond or more is above every limit, and still fits. */
    private static final int MOST_DOUBLINGS = 30;

    private final Duration least;
    private final Duration most;
    private final RandomGenerator random;

    public Backoff(Duration least, Duration most, RandomGenerator random) {
        if (least.toMillis() < 1 || most.compareTo(least) < 0 || most.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "waits must go from a millisecond or more up to a day: " + least + ", " + most);
        }
        this.least = least;
        this.most = most;
        this.random = random;
    }

    /**
     * The wait after an attempt that failed.
     *
     * @param attempt counted from 0
     * @param asked what the receiver asks for; it stands, within {@code least} and {@code most}
     */
    public Duration after(int attempt, Optional<Duration> asked) {
        if (asked.isPresent()) {
            return within(asked.get());
        }
        Duration full = within(least.multipliedBy(1L << Math.min(attempt, MOST_DOUBLINGS)));
        return Duration.ofMillis(Math.round(full.toMillis() * (0.5 + 0.5 * random.nextDouble())));
    }

    private Duration within(Duration wait) {
        return wait.compareTo(least) < 0 ? least : wait.compareTo(most) > 0 ? most : wait;
    }
}
