package io.vedette.kafka;

import java.time.Duration;

/** Delays that double from half a second to half a minute. Not thread-safe. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Duration next = FIRST;

    /** How long to wait now. */
    Duration next() {
        Duration delay = next;
        Duration doubled = delay.multipliedBy(2);
        next = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        return delay;
    }

    /** After a success: the next delay is the shortest again. */
    void reset() {
        next = FIRST;
    }
}
