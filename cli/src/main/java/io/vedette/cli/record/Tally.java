package io.vedette.cli.record;

import io.vedette.cli.FailedScrapes;
import io.vedette.model.sample.ScrapeFailure;
import java.util.EnumMap;
import java.util.Map;

/**
 * How much has been recorded.
 *
 * @param scrapes failed ones included
 * @param bytes written
 * @param failures how many failed, by reason
 */
record Tally(long scrapes, long bytes, Map<ScrapeFailure, Long> failures) {
    static final Tally NONE = new Tally(0, 0, Map.of());

    Tally {
        failures = Map.copyOf(failures);
    }

    static Tally good(long bytes) {
        return new Tally(1, bytes, Map.of());
    }

    static Tally failed(ScrapeFailure reason, long bytes) {
        return new Tally(1, bytes, Map.of(reason, 1L));
    }

    Tally and(Tally other) {
        Map<ScrapeFailure, Long> both = new EnumMap<>(ScrapeFailure.class);
        both.putAll(failures);
        other.failures.forEach((reason, count) -> both.merge(reason, count, Long::sum));
        return new Tally(scrapes + other.scrapes, bytes + other.bytes, both);
    }

    /** {@code "none failed"} or {@code "3 failed (2 refused, 1 timeout)"}. */
    String failuresInWords() {
        return FailedScrapes.inWords(failures);
    }
}
