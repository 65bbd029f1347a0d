package io.vedette.ingest.publish;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * How far the broker's clock is ahead of this one, from produce answers: the append time less the middle of send and answer. The median of the last
 * {@value #WINDOW} answers that took under a second. Thread-safe.
 */
final class ClockOffset {
    private static final int WINDOW = 20;
    private static final long LONGEST_ANSWER_MILLIS = 1000;

    private final long[] offsets = new long[WINDOW];
    private int count;
    private int next;

    /** All in Unix milliseconds; the first two by this clock, the last by the broker's. */
    synchronized void observe(long sentMillis, long answeredMillis, long appendedMillis) {
        if (answeredMillis < sentMillis || answeredMillis - sentMillis >= LONGEST_ANSWER_MILLIS) {
            return;
        }
        offsets[next] = appendedMillis - (sentMillis + answeredMillis) / 2;
        next = (next + 1) % WINDOW;
        count = Math.min(count + 1, WINDOW);
    }

    /** What to add to this clock to get the broker's, in milliseconds; empty before the first answer. */
    synchronized OptionalLong millis() {
        if (count == 0) {
            return OptionalLong.empty();
        }
        long[] sorted = Arrays.copyOf(offsets, count);
        Arrays.sort(sorted);
        return OptionalLong.of(sorted[count / 2]);
    }
}
