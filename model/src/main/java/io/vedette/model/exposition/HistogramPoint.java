package io.vedette.model.exposition;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One series of a histogram, without its {@code le} label. Bucket {@code i} counts the observations ≤ {@code bound(i)};
 * the last one, at {@code i = boundCount()}, counts all. Immutable.
 */
public final class HistogramPoint {

    private final Labels labels;
    private final double[] bounds;
    private final double[] cumulativeCounts;
    private final double sum;
    private final long timestampMillis;
    private final long startMillis;

    /**
     * Copies both arrays.
     *
     * @param bounds finite and strictly ascending; the bound +Inf is not among them; may be empty
     * @param cumulativeCounts one more than bounds, finite, ≥ 0, never falling; the last is the number of observations
     * @param sum of the observations; NaN if the endpoint gave none
     * @param timestampMillis as in {@link NumberPoint}
     * @param startMillis as in {@link NumberPoint}
     */
    public HistogramPoint(
            Labels labels,
            double[] bounds,
            double[] cumulativeCounts,
            double sum,
            long timestampMillis,
            long startMillis) {
        this(labels, sum, bounds.clone(), cumulativeCounts.clone(), timestampMillis, startMillis);
        if (!ascends(bounds)) {
            throw new IllegalArgumentException("bounds must be finite and ascend: " + Arrays.toString(bounds));
        }
        if (!(cumulativeCounts.length == bounds.length + 1 && accumulates(cumulativeCounts))) {
            throw new IllegalArgumentException("counts must be finite, ≥ 0, not fall, and be one more than the "
                    + bounds.length + " bounds: " + Arrays.toString(cumulativeCounts));
        }
    }

    private HistogramPoint(
            Labels labels,
            double sum,
            double[] bounds,
            double[] cumulativeCounts,
            long timestampMillis,
            long startMillis) {
        this.labels = labels;
        this.bounds = bounds;
        this.cumulativeCounts = cumulativeCounts;
        this.sum = sum;
        this.timestampMillis = timestampMillis;
        this.startMillis = startMillis;
    }

    /** Takes over arrays that hold what the public constructor demands, so that points may share their bounds. */
    static HistogramPoint ofChecked(
            Labels labels,
            double[] bounds,
            double[] cumulativeCounts,
            double sum,
            long timestampMillis,
            long startMillis) {
        return new HistogramPoint(labels, sum, bounds, cumulativeCounts, timestampMillis, startMillis);
    }

    static boolean ascends(double[] bounds) {
        for (int i = 0; i < bounds.length; i++) {
            if (!(Double.isFinite(bounds[i]) && (i == 0 || bounds[i] > bounds[i - 1]))) {
                return false;
            }
        }
        return true;
    }

    static boolean accumulates(double[] counts) {
        double last = 0;
        for (double count : counts) {
            if (!(count >= last && count < Double.POSITIVE_INFINITY)) {
                return false;
            }
            last = count;
        }
        return true;
    }

    public Labels labels() {
        return labels;
    }

    /** How many finite bounds there are; there is one bucket more than bounds. */
    public int boundCount() {
        return bounds.length;
    }

    /** The upper bound, inclusive, of bucket {@code index}, for {@code 0 ≤ index < boundCount()}. */
    public double bound(int index) {
        return bounds[index];
    }

    /** The observations in buckets {@code 0} to {@code index}, for {@code 0 ≤ index ≤ boundCount()}. */
    public double cumulativeCount(int index) {
        return cumulativeCounts[index];
    }

    /** All observations: the count of the bucket +Inf. */
    public double count() {
        return cumulativeCounts[bounds.length];
    }

    /** The sum of the observations; NaN if the endpoint gave none. */
    public double sum() {
        return sum;
    }

    /** Unix time the endpoint gave the samples, in ms; 0 if it gave none. */
    public long timestampMillis() {
        return timestampMillis;
    }

    /** Unix time since which the histogram counts, in ms; 0 if unknown. */
    public long startMillis() {
        return startMillis;
    }

    /** The bounds that a following point may share instead of holding its own copy. */
    double[] sharedBounds() {
        return bounds;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HistogramPoint that
                && labels.equals(that.labels)
                && Arrays.equals(bounds, that.bounds)
                && Arrays.equals(cumulativeCounts, that.cumulativeCounts)
                && Double.compare(sum, that.sum) == 0
                && timestampMillis == that.timestampMillis
                && startMillis == that.startMillis;
    }

    @Override
    public int hashCode() {
        return 31 * labels.hashCode() + Arrays.hashCode(cumulativeCounts);
    }

    @Override
    public String toString() {
        return "HistogramPoint[{" + labels + "}, bounds=" + Arrays.toString(bounds) + ", cumulativeCounts="
                + Arrays.toString(cumulativeCounts) + ", sum=" + sum + ", timestampMillis=" + timestampMillis
                + ", startMillis=" + startMillis + "]";
    }
}
