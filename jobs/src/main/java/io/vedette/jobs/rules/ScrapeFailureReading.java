package io.vedette.jobs.rules;

import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Latest;
import io.vedette.model.sample.ScrapeFailure;
import java.util.Arrays;
import java.util.List;

/**
 * Whether the newest scrape failed for a reason: 1 or 0, which it is for a good scrape too; NaN where there is none, as for a model.
 *
 * @param reason the word of a {@link ScrapeFailure}
 */
record ScrapeFailureReading(String reason) implements Reading {
    static final List<String> REASONS =
            Arrays.stream(ScrapeFailure.values()).map(ScrapeFailure::word).toList();

    @Override
    public double read(Scope scope) {
        Frame frame = scope.situation().frame();
        Latest latest = frame.latest();
        if (latest == null || frame.release() != Frame.Release.SCRAPE) {
            return Double.NaN;
        }
        return !latest.up() && latest.failure().equals(reason) ? 1 : 0;
    }
}
