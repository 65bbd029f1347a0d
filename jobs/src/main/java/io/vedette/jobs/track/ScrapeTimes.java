package io.vedette.jobs.track;

import io.vedette.model.sample.TargetScrape;

/** What time a scrape is of, and how often a target is scraped. */
final class ScrapeTimes {
    /** A clock offset up to this is noise. */
    private static final long OFFSET_TOLERANCE_MILLIS = 2_000;
    /** Without a word from the agent, until two scrapes have shown it. */
    private static final long DEFAULT_INTERVAL_MILLIS = 15_000;
    /** Longer intervals are taken for this one: no target is believed silent for long without anybody saying so. */
    private static final long LONGEST_INTERVAL_MILLIS = 5 * 60_000;

    private ScrapeTimes() {}

    /** A scrape's own time by the broker's clock, and never later than its append time. */
    static long timeOf(TargetScrape scrape, long appendMillis, long clockOffsetMillis, TrackOutput out) {
        long time = scrape.timeMillis();
        if (Math.abs(clockOffsetMillis) > OFFSET_TOLERANCE_MILLIS) {
            time += clockOffsetMillis;
            out.count(TrackEvent.CLOCK_SHIFTED);
        }
        if (time > appendMillis) {
            if (time > appendMillis + OFFSET_TOLERANCE_MILLIS) {
                out.count(TrackEvent.FROM_THE_FUTURE);
            }
            time = appendMillis;
        }
        return time;
    }

    /**
     * A target's interval as of a new scrape: as its agent says, else as its scrapes show. A hole between two scrapes is no interval, so what they
     * show at most doubles.
     *
     * @param toldMillis 0 where the agent does not say
     */
    static long intervalMillis(TargetState state, long toldMillis, long timeMillis) {
        if (toldMillis > 0) {
            return Math.min(toldMillis, LONGEST_INTERVAL_MILLIS);
        }
        if (state.lastScrapeMillis == 0) {
            return DEFAULT_INTERVAL_MILLIS;
        }
        long shown = Math.min(timeMillis - state.lastScrapeMillis, state.intervalMillis * 2);
        return Math.min(shown, LONGEST_INTERVAL_MILLIS);
    }
}
