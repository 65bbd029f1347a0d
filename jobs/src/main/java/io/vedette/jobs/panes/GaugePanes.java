package io.vedette.jobs.panes;

import io.vedette.model.frame.GaugeStats;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Sum, maximum and count of each gauge in each pane; the panes of a gauge lie side by side. */
final class GaugePanes {
    final int gauges;
    private final int capacity;
    final double[] sums;
    final double[] maxima;
    final int[] counts;

    GaugePanes(int capacity, int gauges) {
        this(
                capacity,
                gauges,
                new double[capacity * gauges],
                new double[capacity * gauges],
                new int[capacity * gauges]);
    }

    private GaugePanes(int capacity, int gauges, double[] sums, double[] maxima, int[] counts) {
        this.capacity = capacity;
        this.gauges = gauges;
        this.sums = sums;
        this.maxima = maxima;
        this.counts = counts;
    }

    /** Where a gauge's statistics of a pane's slot stand. */
    int index(int slot, int gauge) {
        return gauge * capacity + slot;
    }

    void observe(int slot, int gauge, double value) {
        int i = index(slot, gauge);
        sums[i] += value;
        maxima[i] = counts[i] == 0 ? value : Math.max(maxima[i], value);
        counts[i]++;
    }

    void clear(int slot) {
        for (int gauge = 0; gauge < gauges; gauge++) {
            int i = index(slot, gauge);
            sums[i] = 0;
            maxima[i] = 0;
            counts[i] = 0;
        }
    }

    void clear() {
        Arrays.fill(sums, 0);
        Arrays.fill(maxima, 0);
        Arrays.fill(counts, 0);
    }

    /** Statistics of a run of panes, from the oldest to the newest, so that the sum is always rounded in the same way; null where there are none. */
    @Nullable
    GaugeStats stats(int firstSlot, int panes, int gauge) {
        int count = 0;
        double sum = 0;
        double max = Double.NEGATIVE_INFINITY;
        int begin = index(0, gauge);
        int end = begin + capacity;
        int i = begin + firstSlot;
        for (int pane = 0; pane < panes; pane++) {
            if (counts[i] > 0) {
                count += counts[i];
                sum += sums[i];
                max = Math.max(max, maxima[i]);
            }
            i = i + 1 == end ? begin : i + 1;
        }
        return count == 0 ? null : new GaugeStats(sum / count, max, count);
    }

    /** Takes a slot's statistics from another's. */
    void take(int slot, GaugePanes other, int otherSlot) {
        for (int gauge = 0; gauge < gauges; gauge++) {
            int i = index(slot, gauge);
            int j = other.index(otherSlot, gauge);
            sums[i] = other.sums[j];
            maxima[i] = other.maxima[j];
            counts[i] = other.counts[j];
        }
    }

    GaugePanes copy() {
        return new GaugePanes(capacity, gauges, sums.clone(), maxima.clone(), counts.clone());
    }
}
