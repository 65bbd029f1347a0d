package io.vedette.jobs.track;

import io.vedette.jobs.panes.PaneGrowth;
import io.vedette.jobs.panes.PaneHistory;
import io.vedette.jobs.panes.SeriesKey;
import io.vedette.jobs.panes.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Growth of a replica's series between two moments, handed out to panes in their order. Not thread-safe. */
final class Growth {
    private final long fromMillis;
    private final long toMillis;
    private final List<Integer> series = new ArrayList<>();
    private final List<long[]> amounts = new ArrayList<>();
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

    void add(int seriesIndex, long[] fixed) {
        series.add(seriesIndex);
        amounts.add(fixed);
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
        boolean reported = !replica.root.isEmpty();
        List<PaneGrowth.SeriesGrowth> told = new ArrayList<>(reported ? series.size() : 0);
        for (int i = 0; i < series.size(); i++) {
            long[] whole = amounts.get(i);
            long[] share = new long[whole.length];
            for (int column = 0; column < whole.length; column++) {
                if (whole[column] != 0) {
                    share[column] = Spread.share(whole[column], fromMillis, toMillis, pane);
                }
            }
            int index = series.get(i);
            if (Arrays.stream(share).anyMatch(amount -> amount != 0)) {
                replica.history.add(pane, replica.layout.offset(index), share);
            }
            if (reported) {
                SeriesKey key = replica.layout.key(index);
                told.add(new PaneGrowth.SeriesGrowth(key, share));
            }
        }
        int covered = replica.history.coveredMillis(pane) + Spread.overlapMillis(fromMillis, toMillis, pane);
        replica.history.coverAtLeast(pane, covered);
        if (reported) {
            replica.unreported.add(new PaneGrowth(pane, covered, told));
        }
    }
}
