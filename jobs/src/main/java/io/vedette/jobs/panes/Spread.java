package io.vedette.jobs.panes;

import io.vedette.model.frame.Frame;

/**
 * Spreads growth evenly over the time in which it happened, pane by pane, so that what the panes get adds up to the growth exactly. Reading a
 * counter at a window's edge by linear interpolation between the two scrapes around it (PromQL: {@code smoothed}) gives the same.
 */
public final class Spread {
    private Spread() {}

    /** The parts of growths that fall into a pane, one by one as {@link #share} gives them. */
    public static long[] shares(long[] growths, int count, long fromMillis, long toMillis, long pane) {
        double before = fractionUntilEnd(fromMillis, toMillis, pane - 1);
        double until = fractionUntilEnd(fromMillis, toMillis, pane);
        long[] shares = new long[count];
        for (int i = 0; i < count; i++) {
            if (growths[i] != 0) {
                shares[i] = part(growths[i], until) - part(growths[i], before);
            }
        }
        return shares;
    }

    /**
     * The part of growth that falls into a pane.
     *
     * @param fromMillis the growth began after this
     * @param toMillis and had ended by this; later than {@code fromMillis}
     */
    public static long share(long growth, long fromMillis, long toMillis, long pane) {
        return part(growth, fractionUntilEnd(fromMillis, toMillis, pane))
                - part(growth, fractionUntilEnd(fromMillis, toMillis, pane - 1));
    }

    /** How much of a span, from 0 to 1, is over when a pane ends. */
    static double fractionUntilEnd(long fromMillis, long toMillis, long pane) {
        long millis = pane * Frame.TICK_MILLIS;
        if (millis <= fromMillis) {
            return 0;
        }
        return millis >= toMillis ? 1 : (double) (millis - fromMillis) / (toMillis - fromMillis);
    }

    /** A fraction of growth, rounded; all of it, exactly, at 1. */
    static long part(long growth, double fraction) {
        return fraction == 1 ? growth : Math.round(growth * fraction);
    }

    /** How many milliseconds of a pane lie within a span. */
    public static int overlapMillis(long fromMillis, long toMillis, long pane) {
        long start = Math.max(fromMillis, (pane - 1) * Frame.TICK_MILLIS);
        long end = Math.min(toMillis, pane * Frame.TICK_MILLIS);
        return (int) Math.max(0, end - start);
    }
}
