package io.vedette.ingest;

import java.util.function.LongFunction;
import org.slf4j.Logger;

/** Warns the first time and then at most once a minute, with how often it happened in between. Thread-safe. */
final class OccasionalWarning {
    private static final long QUIET_NANOS = 60_000_000_000L;

    private final Logger logger;
    private boolean warned;
    private long lastNanos;
    private long since;

    OccasionalWarning(Logger logger) {
        this.logger = logger;
    }

    /**
     * @param nanos the time now, on any clock that does not jump
     * @param text makes the warning, from how many there were since the last one
     */
    synchronized void add(long nanos, long count, LongFunction<String> text) {
        since += count;
        if (!warned || nanos - lastNanos >= QUIET_NANOS) {
            logger.warn("{}", text.apply(since));
            warned = true;
            lastNanos = nanos;
            since = 0;
        }
    }
}
