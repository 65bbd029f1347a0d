package io.vedette.ingest.scrape;

import io.vedette.model.yaml.PrometheusDuration;
import java.time.Duration;

/**
 * How often a target is scraped and how long it may take.
 *
 * @param interval from 1 s to 5 min: what is silent for 15 min is forgotten
 * @param timeout over connection, header and body: from 10 ms to the interval
 */
public record ScrapeTiming(Duration interval, Duration timeout) {
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(5);
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(10);

    /** Every 5 s, within 3 s. */
    public static final ScrapeTiming DEFAULT = new ScrapeTiming(Duration.ofSeconds(5), Duration.ofSeconds(3));

    public ScrapeTiming {
        checkInterval(interval);
        checkTimeout(timeout);
        if (timeout.compareTo(interval) > 0) {
            throw new IllegalArgumentException("timeout (" + PrometheusDuration.format(timeout)
                    + ") must not be longer than the interval (" + PrometheusDuration.format(interval) + ")");
        }
    }

    static void checkInterval(Duration interval) {
        if (interval.compareTo(SHORTEST_INTERVAL) < 0 || interval.compareTo(LONGEST_INTERVAL) > 0) {
            throw new IllegalArgumentException(
                    "interval must be from 1s to 5m: " + PrometheusDuration.format(interval));
        }
    }

    static void checkTimeout(Duration timeout) {
        if (timeout.compareTo(SHORTEST_TIMEOUT) < 0) {
            throw new IllegalArgumentException("timeout must be 10ms or longer: " + PrometheusDuration.format(timeout));
        }
    }
}
