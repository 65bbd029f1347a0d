package io.vedette.jobs.panes;

import java.util.Arrays;

/** Sum, maximum and count of each gauge in each pane. */
final class GaugePanes {
    final int gauges;
    final double[] sums;
    final double[] maxima;
    final int[] counts;

    GaugePanes(int capacity, int gauges) {
        this(gauges, new double[capacity * gauges], new double[capacity * gauges], new int[capacity * gauges]);
    }

    private GaugePanes(int gauges, double[] sums, double[] maxima, int[] counts) {
        this.gauges = gauges;
        this.sums = sums;
        this.maxima = maxima;
        this.counts = counts;
    }

    void observe(int slot, int gauge, double value) {
        int i = slot * gauges + gauge;
        sums[i] += value;
        maxima[i] = counts[i] == 0 ? value : Math.max(maxima[i], value);
        counts[i]++;
    }

    void clear(int slot) {
        Arrays.fill(sums, slot * gauges, (slot + 1) * gauges, 0);
        Arrays.fill(maxima, slot * gauges, (slot + 1) * gauges, 0);
        Arrays.fill(counts, slot * gauges, (slot + 1) * gauges, 0);
    }

    int count(PaneHistory history, int panes, int gauge) {
        int count = 0;
        for (long pane = history.end - panes + 1; pane <= history.end; pane++) {
            count += counts[history.slot(pane) * gauges + gauge];
        }
        return count;
    }

    double sum(PaneHistory history, int panes, int gauge) {
        double sum = 0;
        for (long pane = history.end - panes + 1; pane <= history.end; pane++) {
            sum += sums[history.slot(pane) * gauges + gauge];
        }
        return sum;
    }

    double max(PaneHistory history, int panes, int gauge) {
        double max = Double.NaN;
        for (long pane = history.end - panes + 1; pane <= history.end; pane++) {
            int i = history.slot(pane) * gauges + gauge;
            if (counts[i] > 0) {
                max = Double.isNaN(max) ? maxima[i] : Math.max(max, maxima[i]);
            }
        }
        return max;
    }

    /** Takes a slot's statistics from another's. */
    void take(int slot, GaugePanes other, int otherSlot) {
        System.arraycopy(other.sums, otherSlot * gauges, sums, slot * gauges, gauges);
        System.arraycopy(other.maxima, otherSlot * gauges, maxima, slot * gauges, gauges);
        System.arraycopy(other.counts, otherSlot * gauges, counts, slot * gauges, gauges);
    }

    GaugePanes copy() {
        return new GaugePanes(gauges, sums.clone(), maxima.clone(), counts.clone());
    }
}
