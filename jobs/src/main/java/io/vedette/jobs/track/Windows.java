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
import java.util.List;
import java.util.function.IntPredicate;

/** Reads the windows of a frame out of a history. */
final class Windows {
    /** Gauges whose mean and maximum over windows are kept, in the order in which states have them: new ones stand at the end. */
    static final Signal[] GAUGES = {
        Signal.REQUESTS_RUNNING, Signal.REQUESTS_WAITING, Signal.KV_CACHE_USAGE, Signal.SCRAPE_DURATION
    };

    /** The same of cards. */
    static final Signal[] CARD_GAUGES = {
        Signal.UTILIZATION,
        Signal.MEMORY_USED,
        Signal.MEMORY_TOTAL,
        Signal.MEMORY_RESERVED,
        Signal.MEMORY_FREE,
        Signal.TEMPERATURE,
        Signal.POWER,
        Signal.POWER_LIMIT,
        Signal.SM_CLOCK,
        Signal.MEMORY_CLOCK
    };

    private Windows() {}

    /**
     * The windows that end at the history's end.
     *
     * @param gauges those whose statistics the history has
     * @param present whether the series at an index of the layout is known now; one that is not is shown while it has growth
     */
    static List<Window> of(
            int[] windowPanes, Signal[] gauges, PaneHistory history, SeriesLayout layout, IntPredicate present) {
        List<Window> windows = new ArrayList<>(windowPanes.length);
        for (int w = 0; w < windowPanes.length; w++) {
            windows.add(window(windowPanes[w], w, gauges, history, layout, present));
        }
        return windows;
    }

    private static Window window(
            int panes, int window, Signal[] gauges, PaneHistory history, SeriesLayout layout, IntPredicate present) {
        Window.Builder builder = new Window.Builder(panes * Frame.TICK_MILLIS, history.coveredMillisOf(window));
        long[] sums = history.sums(window);
        for (int i = 0; i < layout.size(); i++) {
            SeriesKey key = layout.key(i);
            int from = layout.offset(i);
            if (present.test(i) || isAnyNonZero(sums, from, key.width())) {
                add(builder, key, sums, from);
            }
        }
        for (int g = 0; g < gauges.length; g++) {
            GaugeStats stats = history.gaugeStats(window, g);
            if (stats != null) {
                builder.gauge(gauges[g], stats);
            }
        }
        return builder.build();
    }

    private static void add(Window.Builder builder, SeriesKey key, long[] sums, int from) {
        Bounds bounds = key.bounds();
        if (bounds == null) {
            builder.growth(key.signal(), key.dimension(), FixedPoint.toDouble(column(sums, from)));
        } else {
            long[] counts = new long[bounds.buckets()];
            int there = Math.min(counts.length, sums.length - from);
            if (there > 0) {
                System.arraycopy(sums, from, counts, 0, there);
            }
            Histogram.Part part = new Histogram.Part(bounds, counts, column(sums, from + counts.length));
            builder.histogram(key.signal(), Histogram.of(List.of(part)));
        }
    }

    private static long column(long[] sums, int column) {
        return column < sums.length ? sums[column] : 0;
    }

    private static boolean isAnyNonZero(long[] sums, int from, int width) {
        int end = Math.min(from + width, sums.length);
        for (int i = from; i < end; i++) {
            if (sums[i] != 0) {
                return true;
            }
        }
        return false;
    }
}
