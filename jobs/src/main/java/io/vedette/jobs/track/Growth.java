package io.vedette.jobs.track;

import io.vedette.jobs.panes.PaneGrowth;
import io.vedette.jobs.panes.PaneHistory;
import io.vedette.jobs.panes.SeriesColumns;
import io.vedette.jobs.panes.Spread;
import java.util.Arrays;

/** Growth of a replica's series between two moments, handed out to panes in their order. Not thread-safe. */
final class Growth {
    private final long fromMillis;
    private final long toMillis;
    private int[] series = new int[64];
    private int size;
    private long[] amounts = new long[512];
    private int width;
    private long nextPane;

    /**
     * Growth in (from, to].
     *
     * @throws IllegalArgumentException when the span is empty
     */
    Growth(long fromMillis, long toMillis) {
        if (toMillis <= fromMillis) {
            throw new IllegalArgumentException("growth takes time: " + fromMillis + " to " + toMillis);
        }
        this.fromMillis = fromMillis;
        this.toMillis = toMillis;
        this.nextPane = PaneHistory.paneOf(fromMillis + 1);
    }

    /** Begins a series; its columns follow. */
    void begin(int seriesIndex) {
        if (size == series.length) {
            series = Arrays.copyOf(series, 2 * size);
        }
        series[size++] = seriesIndex;
    }

    /** Adds the next column's growth, in fixed point. */
    void add(long fixed) {
        if (width == amounts.length) {
            amounts = Arrays.copyOf(amounts, 2 * width);
        }
        amounts[width++] = fixed;
    }

    /** Gives the panes up to one their shares, after the history has been brought up to the one before. */
    void addThrough(long pane, ReplicaState replica) {
        replica.history.advance(pane - 1);
        long last = Math.min(pane, PaneHistory.paneOf(toMillis));
        while (nextPane <= last && !replica.history.holds(nextPane)) {
            nextPane++;
        }
        for (; nextPane <= last; nextPane++) {
            addTo(nextPane, replica);
        }
    }

    private void addTo(long pane, ReplicaState replica) {
        long[] shares = Spread.shares(amounts, width, fromMillis, toMillis, pane);
        int column = 0;
        for (int i = 0; i < size; i++) {
            int columns = replica.layout.key(series[i]).width();
            if (isAnyNonZero(shares, column, columns)) {
                replica.history.add(pane, replica.layout.offset(series[i]), shares, column, columns);
            }
            column += columns;
        }
        int covered = replica.history.coveredMillis(pane) + Spread.overlapMillis(fromMillis, toMillis, pane);
        replica.history.coverAtLeast(pane, covered);
        if (!replica.root.isEmpty()) {
            SeriesColumns columns = replica.told.columns(replica.layout, series, size);
            replica.unreported.add(PaneGrowth.of(pane, covered, columns, shares));
        }
    }

    private static boolean isAnyNonZero(long[] values, int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (values[i] != 0) {
                return true;
            }
        }
        return false;
    }
}
