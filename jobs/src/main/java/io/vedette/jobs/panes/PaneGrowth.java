package io.vedette.jobs.panes;

import java.util.List;

/**
 * What a member adds to one pane of its parent.
 *
 * @param pane the pane's number
 * @param coveredMillis how much of the pane the member has covered in all, from 0 to its length
 * @param series growth by series, in fixed point, as many columns as the series is wide
 */
public record PaneGrowth(long pane, int coveredMillis, List<SeriesGrowth> series) {
    public PaneGrowth {
        series = List.copyOf(series);
    }

    /** Growth of one series. */
    public record SeriesGrowth(SeriesKey key, long[] columns) {
        public SeriesGrowth {
            if (columns.length != key.width()) {
                throw new IllegalArgumentException(key + " is " + key.width() + " columns wide, not " + columns.length);
            }
        }
    }
}
