package io.vedette.model.sample;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One scrape of one target as it comes out of a record of {@code vedette.samples}: good, with its engines and cards ordered by name, or failed, with
 * none.
 *
 * @param timeMillis the scrape's time, Unix milliseconds
 * @param failure null when the scrape was good
 * @param durationSeconds how long it took; NaN where unknown
 * @param processStartMillis when the target's process started, by its own word; 0 where it does not say
 * @param contextLength longest context of the served model in tokens; 0 where unknown
 * @param droppedSamples counters, gauges and histograms that were there but made no sense (NaN, negative, bounds that do not ascend, too many)
 * @param foreignSamples those that a router told about engines of other targets: left out too
 */
public record TargetScrape(
        Target target,
        long timeMillis,
        @Nullable ScrapeFailure failure,
        double durationSeconds,
        long processStartMillis,
        long contextLength,
        List<EngineScrape> engines,
        List<CardScrape> cards,
        int droppedSamples,
        int foreignSamples) {
    public TargetScrape {
        engines = List.copyOf(engines);
        cards = List.copyOf(cards);
    }

    /** A scrape of engines in which everything made sense. */
    public TargetScrape(
            Target target,
            long timeMillis,
            @Nullable ScrapeFailure failure,
            double durationSeconds,
            long processStartMillis,
            long contextLength,
            List<EngineScrape> engines) {
        this(target, timeMillis, failure, durationSeconds, processStartMillis, contextLength, engines, List.of(), 0, 0);
    }

    /** A scrape of engines, of which some did not make sense. */
    public TargetScrape(
            Target target,
            long timeMillis,
            @Nullable ScrapeFailure failure,
            double durationSeconds,
            long processStartMillis,
            long contextLength,
            List<EngineScrape> engines,
            int droppedSamples,
            int foreignSamples) {
        this(
                target,
                timeMillis,
                failure,
                durationSeconds,
                processStartMillis,
                contextLength,
                engines,
                List.of(),
                droppedSamples,
                foreignSamples);
    }

    /** A scrape that failed. */
    public static TargetScrape failed(
            Target target, long timeMillis, ScrapeFailure failure, double durationSeconds, long contextLength) {
        return new TargetScrape(
                target, timeMillis, failure, durationSeconds, 0, contextLength, List.of(), List.of(), 0, 0);
    }

    public boolean isGood() {
        return failure == null;
    }
}
