package io.vedette.model.frame;

/**
 * What is known of a replica's life, from which its state follows. Times are Unix milliseconds, 0 where unknown or not so.
 *
 * @param firstSeenMillis first scrape of the target, good or failed
 * @param firstUpMillis first good scrape; 0 while there was none
 * @param downSinceMillis first of the failed scrapes since the last good one; 0 while up
 * @param processStartMillis when the engine's process started, by its own word; 0 where it does not say
 * @param finishedSinceStart requests finished since the process started; NaN where unknown
 * @param restarts how often the process start moved in the last 30 min
 * @param contextLength longest context that the model takes, in tokens; 0 where unknown
 */
public record Life(
        long firstSeenMillis,
        long firstUpMillis,
        long downSinceMillis,
        long processStartMillis,
        double finishedSinceStart,
        int restarts,
        long contextLength) {
    /** Of an entity that has no life of its own, such as a model. */
    public static final Life NONE = new Life(0, 0, 0, 0, Double.NaN, 0, 0);
}
