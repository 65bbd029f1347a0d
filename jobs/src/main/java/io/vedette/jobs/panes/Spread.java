package io.vedette.jobs.panes;

import io.vedette.model.frame.Frame;

/**
 * Spreads growth evenly over the time in which it happened, pane by pane, so that what the panes get adds up to the growth exactly. Reading a
 * counter at a window's edge by linear interpolation between the two scrapes around it (PromQL: {@code smoothed}) gives the same.
 */
public final class Spread {
    private Spread() {}

    /**
     * The part of growth that falls into a pane.
     *
     * @param fromMillis the growth began after this
     * @param toMillis and had ended by this; later than {@code fromMillis}
     */
    public static long share(long growth, long fromMillis, long toMillis, long pane) {
        return until(growth, fromMillis, toMillis, pane * Frame.TICK_MILLIS)
                - until(growth, fromMillis, toMillis, (pane - 1) * Frame.TICK_MILLIS);
    }

    private static long until(long growth, long fromMillis, long toMillis, long millis) {
        if (millis <= fromMillis) {
            return 0;
        }
        return millis >= toMillis
                ? growth
                : Math.round(growth * ((double) (millis - fromMillis) / (toMillis - fromMillis)));
    }

    /** How many milliseconds of a pane lie within a span. */
    public static int overlapMillis(long fromMillis, long toMillis, long pane) {
        long start = Math.max(fromMillis, (pane - 1) * Frame.TICK_MILLIS);
        long end = Math.min(toMillis, pane * Frame.TICK_MILLIS);
        return (int) Math.max(0, end - start);
    }
}
