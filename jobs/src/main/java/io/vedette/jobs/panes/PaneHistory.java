package io.vedette.jobs.panes;

import io.vedette.model.frame.Frame;
import io.vedette.model.frame.GaugeStats;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Growth of an entity's series in panes of 5 s, and the sums of its windows. Pane k covers ((k − 1) · 5 s, k · 5 s], so a window that ends at a tick
 * is a run of whole panes: it moves by one pane in and one out. All sums are integers, hence exact whatever the order of arrival. Columns that a pane
 * does not have are zero. Not thread-safe; {@link #copy} shares packed panes, which never change.
 */
public final class PaneHistory {
    /** Panes behind the newest window's end that are kept unpacked, since growth still comes in. */
    private static final int OPEN_PANES = 2;
    /** Panes ahead of the windows' end that are held: a scrape reaches at most one pane past the last tick that it releases. */
    private static final int AHEAD = 2;

    final int[] windowPanes;
    final int gaugeCount;
    final int capacity;
    long end;
    final byte[][] packed;
    final long[][] open;
    final int[] coveredMillis;
    final GaugePanes gauges;
    final long[][] sums;
    final long[] coveredSums;

    /**
     * An empty history whose windows are about to end with a first pane.
     *
     * @param windowPanes lengths of the windows in panes, ascending
     * @param gaugeCount number of gauges whose statistics are kept
     */
    public PaneHistory(int[] windowPanes, int gaugeCount, long firstPane) {
        this.windowPanes = windowPanes.clone();
        this.end = firstPane - 1;
        this.gaugeCount = gaugeCount;
        this.capacity = windowPanes[windowPanes.length - 1] + AHEAD + 1;
        this.packed = new byte[capacity][];
        this.open = new long[capacity][];
        this.coveredMillis = new int[capacity];
        this.gauges = new GaugePanes(capacity, gaugeCount);
        this.sums = new long[windowPanes.length][];
        Arrays.fill(sums, new long[0]);
        this.coveredSums = new long[windowPanes.length];
    }

    private PaneHistory(PaneHistory other) {
        this.windowPanes = other.windowPanes;
        this.gaugeCount = other.gaugeCount;
        this.capacity = other.capacity;
        this.end = other.end;
        this.packed = other.packed.clone();
        this.open = new long[capacity][];
        for (int i = 0; i < capacity; i++) {
            this.open[i] = other.open[i] == null ? null : other.open[i].clone();
        }
        this.coveredMillis = other.coveredMillis.clone();
        this.gauges = other.gauges.copy();
        this.sums = new long[windowPanes.length][];
        for (int w = 0; w < windowPanes.length; w++) {
            this.sums[w] = other.sums[w].clone();
        }
        this.coveredSums = other.coveredSums.clone();
    }

    /** Number of the pane that a moment belongs to. */
    public static long paneOf(long millis) {
        return Frame.tickAtOrAfter(millis) / Frame.TICK_MILLIS;
    }

    /** Whether growth in a pane can still matter to a window, or will. */
    public boolean holds(long pane) {
        return pane > end - windowPanes[windowPanes.length - 1] && pane <= end + AHEAD;
    }

    /** The pane that windows end with. */
    public long end() {
        return end;
    }

    /** Adds growth to a pane; growth in a pane that is not held is past every window and goes. */
    public void add(long pane, int firstColumn, long[] amounts) {
        add(pane, firstColumn, amounts, 0, amounts.length);
    }

    /** Adds a part of an array, likewise. */
    public void add(long pane, int firstColumn, long[] amounts, int from, int count) {
        if (!holds(pane)) {
            return;
        }
        int width = firstColumn + count;
        long[] values = opened(slot(pane), width);
        addTo(values, firstColumn, amounts, from, count);
        for (int w = 0; w < windowPanes.length; w++) {
            if (inWindow(pane, w)) {
                sums[w] = widened(sums[w], width);
                addTo(sums[w], firstColumn, amounts, from, count);
            }
        }
    }

    private static void addTo(long[] columns, int firstColumn, long[] amounts, int from, int count) {
        for (int i = 0; i < count; i++) {
            columns[firstColumn + i] += amounts[from + i];
        }
    }

    /** Sets how much of a pane is covered, where that is more than before. */
    public void coverAtLeast(long pane, int millis) {
        if (holds(pane) && millis > coveredMillis[slot(pane)]) {
            int more = millis - coveredMillis[slot(pane)];
            coveredMillis[slot(pane)] = millis;
            for (int w = 0; w < windowPanes.length; w++) {
                if (inWindow(pane, w)) {
                    coveredSums[w] += more;
                }
            }
        }
    }

    /** How much of a pane is covered; 0 for one that is not held. */
    public int coveredMillis(long pane) {
        return holds(pane) ? coveredMillis[slot(pane)] : 0;
    }

    /** Takes a gauge's value into a pane's statistics; NaN is passed over. */
    public void observe(long pane, int gauge, double value) {
        if (holds(pane) && !Double.isNaN(value)) {
            gauges.observe(slot(pane), gauge, value);
        }
    }

    /** Moves the windows' end to a later pane; an earlier one changes nothing. */
    public void advance(long pane) {
        if (pane - end > capacity) {
            clear();
            end = pane;
        }
        while (end < pane) {
            step();
        }
    }

    private void step() {
        end++;
        for (int w = 0; w < windowPanes.length; w++) {
            addPane(w, end, 1);
            addPane(w, end - windowPanes[w], -1);
        }
        clearSlot(slot(end - windowPanes[windowPanes.length - 1]));
        int old = slot(end - OPEN_PANES);
        if (open[old] != null) {
            packed[old] = PackedPane.pack(open[old]);
            open[old] = null;
        }
    }

    private void addPane(int window, long pane, int sign) {
        int slot = slot(pane);
        coveredSums[window] += (long) sign * coveredMillis[slot];
        long[] values = open[slot];
        byte[] bytes = packed[slot];
        if (values != null) {
            sums[window] = widened(sums[window], values.length);
            for (int i = 0; i < values.length; i++) {
                sums[window][i] += sign * values[i];
            }
        } else if (bytes != null) {
            PackedPane.addTo(sums[window], bytes, sign);
        }
    }

    /** Growth of a window by column; columns beyond its length are zero. Valid until the next change; not to be written to. */
    public long[] sums(int window) {
        return sums[window];
    }

    /** Covered milliseconds of a window. */
    public long coveredMillisOf(int window) {
        return coveredSums[window];
    }

    /** Statistics of a gauge's values in a window; null when there are none. */
    public @Nullable GaugeStats gaugeStats(int window, int gauge) {
        return gauges.stats(slot(end - windowPanes[window] + 1), windowPanes[window], gauge);
    }

    private boolean inWindow(long pane, int window) {
        return pane <= end && pane > end - windowPanes[window];
    }

    int slot(long pane) {
        return (int) Math.floorMod(pane, (long) capacity);
    }

    private long[] opened(int slot, int width) {
        long[] values = open[slot];
        byte[] bytes = packed[slot];
        if (values == null) {
            values = new long[width];
            if (bytes != null) {
                values = new long[Math.max(width, sums[windowPanes.length - 1].length)];
                PackedPane.addTo(values, bytes, 1);
                packed[slot] = null;
            }
        }
        values = widened(values, width);
        open[slot] = values;
        return values;
    }

    private static long[] widened(long[] values, int width) {
        return values.length >= width ? values : Arrays.copyOf(values, width);
    }

    private void clear() {
        for (int slot = 0; slot < capacity; slot++) {
            clearSlot(slot);
        }
        for (int w = 0; w < windowPanes.length; w++) {
            Arrays.fill(sums[w], 0);
            coveredSums[w] = 0;
        }
    }

    private void clearSlot(int slot) {
        packed[slot] = null;
        open[slot] = null;
        coveredMillis[slot] = 0;
        gauges.clear(slot);
    }

    /** The oldest pane that is held. */
    long oldest() {
        return end - windowPanes[windowPanes.length - 1] + 1;
    }

    /** The newest pane that is held. */
    long newest() {
        return end + AHEAD;
    }

    /** A pane's growth, packed; not to be written to. */
    byte[] packed(int slot) {
        long[] values = open[slot];
        byte[] bytes = packed[slot];
        return values != null ? PackedPane.pack(values) : bytes != null ? bytes : PackedPane.EMPTY;
    }

    /** Puts a pane where nothing is yet. */
    void restore(long pane, byte[] bytes, int covered) {
        if (bytes.length > 0) {
            int width = PackedPane.width(bytes);
            long[] values = new long[width];
            PackedPane.addTo(values, bytes, 1);
            add(pane, 0, values);
            int slot = slot(pane);
            if (pane <= end - OPEN_PANES) {
                packed[slot] = bytes;
                open[slot] = null;
            }
        }
        coverAtLeast(pane, covered);
    }

    /** The same panes under windows of other lengths; what the old windows did not reach is not there. */
    public PaneHistory reshaped(int[] otherWindowPanes) {
        PaneHistory other = new PaneHistory(otherWindowPanes, gaugeCount, end + 1);
        for (long pane = oldest(); pane <= newest(); pane++) {
            if (other.holds(pane)) {
                int slot = slot(pane);
                other.restore(pane, packed(slot), coveredMillis[slot]);
                other.gauges.take(other.slot(pane), gauges, slot);
            }
        }
        return other;
    }

    /** Whether the windows have these lengths. */
    public boolean hasWindows(int[] lengths) {
        return Arrays.equals(windowPanes, lengths);
    }

    /** A history of the same shape at the same end, with nothing in it. */
    public PaneHistory emptied() {
        return new PaneHistory(windowPanes, gaugeCount, end + 1);
    }

    public PaneHistory copy() {
        return new PaneHistory(this);
    }
}
