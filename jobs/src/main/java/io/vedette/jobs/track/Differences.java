package io.vedette.jobs.track;

import io.vedette.jobs.panes.SeriesKey;
import io.vedette.jobs.panes.SeriesLayout;
import io.vedette.jobs.panes.SharedLayouts;
import io.vedette.model.histogram.Bounds;
import io.vedette.model.histogram.FixedPoint;
import io.vedette.model.sample.CounterSample;
import io.vedette.model.sample.EngineScrape;
import io.vedette.model.sample.HistogramSample;
import io.vedette.model.signal.Signal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What an engine's cumulative series grew by since its last good scrape. A restart is seen by a later start time, else by a decrease, and counts
 * from zero; so does a series that is seen for the first time at a known engine, unless its own start says that it is older than that.
 */
final class Differences {
    /** Different series of one replica above which its history starts anew: only a hostile or broken target gets there. */
    static final int MOST_COLUMNS = 4096;
    /** Clocks and roundings may move a start time by this much. */
    private static final long START_TOLERANCE_MILLIS = 1_000;

    private final ReplicaState replica;
    private final long processStartBefore;
    private final long processStartMillis;
    private final long timeMillis;
    private final SharedLayouts layouts;
    private final TrackOutput out;
    private final double[] one = new double[1];
    /** Series mostly come in the layout's order: the one that is due. */
    private int next;

    private boolean restarted;

    /**
     * Differences of one replica.
     *
     * @param processStartBefore start of the target's process as far as it was known, 0 where unknown
     * @param processStartMillis by the scrape's word, 0 where unknown
     * @param timeMillis time of the scrape
     */
    Differences(
            ReplicaState replica,
            long processStartBefore,
            long processStartMillis,
            long timeMillis,
            SharedLayouts layouts,
            TrackOutput out) {
        this.replica = replica;
        this.processStartBefore = processStartBefore;
        this.timeMillis = timeMillis;
        this.layouts = layouts;
        this.processStartMillis = processStartMillis;
        this.out = out;
    }

    /** Whether a series of the engine began anew. */
    boolean restarted() {
        return restarted;
    }

    /** Takes a scrape's values as the newest and adds what they grew by. The first scrape of an engine grows by nothing. */
    void take(EngineScrape scrape, Growth growth) {
        if (replica.layout.width() > MOST_COLUMNS) {
            replica.layout = new SeriesLayout();
            replica.values = new double[0];
            replica.startMillis = new long[0];
            replica.source = new int[0];
            replica.seenMillis = new long[0];
            replica.history = replica.history.emptied();
            replica.lastGoodMillis = 0;
            out.count(TrackEvent.LAYOUT_RESET);
        }
        for (CounterSample sample : scrape.counters()) {
            one[0] = sample.value();
            take(sample.signal(), sample.dimension(), null, one, sample.startMillis(), sample.source(), growth);
        }
        for (HistogramSample sample : scrape.histograms()) {
            double[] counts = sample.counts();
            double[] columns = Arrays.copyOf(counts, counts.length + 1);
            columns[counts.length] = sample.sum();
            take(sample.signal(), "", sample.bounds(), columns, sample.startMillis(), sample.source(), growth);
        }
        replica.layout = layouts.of(replica.layout);
    }

    private void take(
            Signal signal,
            String dimension,
            @Nullable Bounds bounds,
            double[] columns,
            long startMillis,
            int source,
            Growth growth) {
        int index = replica.layout.indexOf(signal, dimension, bounds, next);
        boolean known = index >= 0;
        boolean otherSource = !known && hasOtherSource(signal, source);
        if (!known) {
            index = replica.addSeries(new SeriesKey(signal, dimension, bounds));
        }
        next = index + 1;
        int offset = replica.layout.offset(index);
        boolean counts;
        boolean fromZero;
        if (known) {
            fromZero = isRestart(bounds, columns, offset, replica.startMillis[index], startMillis);
            counts = fromZero || replica.source[index] == source;
            restarted |= fromZero;
        } else {
            fromZero = true;
            counts = replica.lastGoodMillis > 0
                    && (!otherSource || restarted || hasProcessRestarted())
                    && !isOlderThanLastScrape(startMillis);
        }
        growth.begin(index);
        for (int i = 0; i < columns.length; i++) {
            double difference = fromZero ? columns[i] : columns[i] - replica.values[offset + i];
            growth.add(counts ? believed(difference) : 0);
        }
        System.arraycopy(columns, 0, replica.values, offset, columns.length);
        replica.startMillis[index] = startMillis;
        replica.source[index] = source;
        replica.seenMillis[index] = timeMillis;
    }

    private boolean hasProcessRestarted() {
        return processStartBefore > 0 && isLater(processStartMillis, processStartBefore);
    }

    private boolean hasOtherSource(Signal signal, int source) {
        for (int i = 0; i < replica.layout.size(); i++) {
            if (replica.layout.key(i).signal() == signal && replica.source[i] != source) {
                return true;
            }
        }
        return false;
    }

    private boolean isRestart(@Nullable Bounds bounds, double[] columns, int offset, long startBefore, long startNow) {
        if (startBefore > 0 && isLater(startNow, startBefore) && !onlyLearntNow(startBefore)) {
            return true;
        }
        // The sum of a histogram may fall by rounding; only its counts tell.
        int telling = bounds == null ? 1 : columns.length - 1;
        for (int i = 0; i < telling; i++) {
            if (columns[i] < replica.values[offset + i]) {
                return true;
            }
        }
        return false;
    }

    /** A series that does not say when it started has its process' start. That it says so in the next scrape is no restart. */
    private boolean onlyLearntNow(long startBefore) {
        return Math.abs(startBefore - processStartBefore) <= START_TOLERANCE_MILLIS
                && !isLater(processStartMillis, processStartBefore);
    }

    private static boolean isLater(long startMillis, long thanMillis) {
        return startMillis > thanMillis + START_TOLERANCE_MILLIS;
    }

    /** By its own word, and not merely by that of the process, which says nothing about a series that first appears later. */
    private boolean isOlderThanLastScrape(long startMillis) {
        return startMillis > 0
                && startMillis + START_TOLERANCE_MILLIS < replica.lastGoodMillis
                && Math.abs(startMillis - processStartMillis) > START_TOLERANCE_MILLIS;
    }

    private long believed(double difference) {
        if (!(difference > 0)) {
            return 0;
        }
        if (difference > FixedPoint.LARGEST) {
            out.count(TrackEvent.GROWTH_REFUSED);
            return 0;
        }
        return FixedPoint.of(difference);
    }
}
