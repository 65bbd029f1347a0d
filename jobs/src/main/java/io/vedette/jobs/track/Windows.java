package io.vedette.jobs.track;

import io.vedette.jobs.panes.PaneHistory;
import io.vedette.jobs.panes.SeriesKey;
import io.vedette.jobs.panes.SeriesLayout;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.GaugeStats;
import io.vedette.model.frame.Window;
import io.vedette.model.histogram.Bounds;
import io.vedette.model.histogram.FixedPoint;
import io.vedette.model.histogram.Histogram;
import io.vedette.model.signal.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/** Reads the windows of a frame out of a history. */
final class Windows {
    /** Gauges whose mean and maximum over windows are kept. */
    static final Signal[] GAUGES = {Signal.REQUESTS_RUNNING, Signal.REQUESTS_WAITING, Signal.KV_CACHE_USAGE};

    private Windows() {}

    /**
     * The windows that end at the history's end.
     *
     * @param present whether the series at an index of the layout is known now; one that is not is shown while it has growth
     */
    static List<Window> of(int[] windowPanes, PaneHistory history, SeriesLayout layout, IntPredicate present) {
        List<Window> windows = new ArrayList<>(windowPanes.length);
        for (int w = 0; w < windowPanes.length; w++) {
            windows.add(window(windowPanes[w], w, history, layout, present));
        }
        return windows;
    }

    private static Window window(
            int panes, int window, PaneHistory history, SeriesLayout layout, IntPredicate present) {
        long[] sums = history.sums(window);
        Map<Signal, SortedMap<String, Double>> growth = new EnumMap<>(Signal.class);
        Map<Signal, Histogram> histograms = new EnumMap<>(Signal.class);
        for (int i = 0; i < layout.size(); i++) {
            SeriesKey key = layout.key(i);
            long[] columns = columns(sums, layout.offset(i), key.width());
            if (!present.test(i) && Arrays.stream(columns).allMatch(value -> value == 0)) {
                continue;
            }
            Bounds bounds = key.bounds();
            if (bounds == null) {
                growth.computeIfAbsent(key.signal(), s -> new TreeMap<>())
                        .put(key.dimension(), FixedPoint.toDouble(columns[0]));
            } else {
                long[] counts = Arrays.copyOf(columns, bounds.buckets());
                Histogram part = Histogram.of(List.of(new Histogram.Part(bounds, counts, columns[bounds.buckets()])));
                histograms.merge(key.signal(), part, Histogram::merge);
            }
        }
        Map<Signal, GaugeStats> gauges = new EnumMap<>(Signal.class);
        for (int g = 0; g < GAUGES.length; g++) {
            GaugeStats stats = history.gaugeStats(window, g);
            if (stats != null) {
                gauges.put(GAUGES[g], stats);
            }
        }
        return new Window(panes * Frame.TICK_MILLIS, history.coveredMillisOf(window), growth, histograms, gauges);
    }

    private static long[] columns(long[] sums, int offset, int width) {
        long[] columns = new long[width];
        int there = Math.min(width, sums.length - offset);
        if (there > 0) {
            System.arraycopy(sums, offset, columns, 0, there);
        }
        return columns;
    }
}
