package io.vedette.model.exposition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the buckets, sums and counts of one family together, whatever their order. */
final class HistogramSeries implements FamilyAssembler.Series {

    private final String name;
    private final MetricType type;
    private final String unit;
    private final Problems problems;
    private final Map<Labels, Point> pointsByLabels = new LinkedHashMap<>();
    private @Nullable Point last;

    HistogramSeries(String name, MetricType type, String unit, Problems problems) {
        this.name = name;
        this.type = type;
        this.unit = unit;
        this.problems = problems;
    }

    /** Adds a bucket; one with a bound that is there already is found and reported when all are there. */
    void addBucket(int line, Labels labels, double bound, double count, long timestampMillis) {
        point(line, labels, timestampMillis).addBucket(line, bound, count);
    }

    /** False if the sum is there already. */
    boolean addSum(int line, Labels labels, double sum, long timestampMillis) {
        return point(line, labels, timestampMillis).addSum(sum);
    }

    /** False if the count is there already. */
    boolean addCount(int line, Labels labels, double count, long timestampMillis) {
        return point(line, labels, timestampMillis).addCount(count);
    }

    @Override
    public boolean setStart(Labels labels, long startMillis) {
        Point point = pointsByLabels.get(labels);
        if (point == null) {
            return false;
        }
        point.startMillis = startMillis;
        return true;
    }

    private Point point(int line, Labels labels, long timestampMillis) {
        Point point = last;
        if (point == null || !point.labels.equals(labels)) {
            point = pointsByLabels.computeIfAbsent(labels, absent -> new Point(line, absent));
            last = point;
        }
        if (point.timestampMillis == 0) {
            point.timestampMillis = timestampMillis;
        }
        return point;
    }

    /** Reports the histograms that can't be used, and those that had to be mended. */
    @Override
    public @Nullable HistogramFamily assemble(boolean cutShort) {
        List<HistogramPoint> points = new ArrayList<>(pointsByLabels.size());
        double[] sharedBounds = new double[0];
        for (Point candidate : pointsByLabels.values()) {
            HistogramPoint point = candidate.assemble(cutShort, sharedBounds);
            if (point != null) {
                points.add(point);
                sharedBounds = point.sharedBounds();
            }
        }
        return points.isEmpty() ? null : new HistogramFamily(name, type, unit, points);
    }

    private final class Point {

        private final int firstLine;
        private final Labels labels;
        private double[] bounds = new double[24];
        private double[] counts = new double[24];
        private int[] lines = new int[24];
        private boolean ascending = true;
        private int size;
        private boolean hasSum;
        private double sum = Double.NaN;
        private boolean hasCount;
        private double count;
        private long timestampMillis;
        private long startMillis;

        Point(int firstLine, Labels labels) {
            this.firstLine = firstLine;
            this.labels = labels;
        }

        void addBucket(int line, double bound, double bucketCount) {
            if (size == bounds.length) {
                bounds = Arrays.copyOf(bounds, 2 * size);
                counts = Arrays.copyOf(counts, 2 * size);
                lines = Arrays.copyOf(lines, 2 * size);
            }
            // Adding 0 makes 0 of −0, which is the same bound.
            bounds[size] = bound + 0.0;
            counts[size] = bucketCount;
            lines[size] = line;
            ascending &= size == 0 || bounds[size] > bounds[size - 1];
            size++;
        }

        /** Endpoints write ascending bounds, mostly. */
        private void sortBuckets() {
            Integer[] order = new Integer[size];
            Arrays.setAll(order, i -> i);
            double[] unsorted = bounds;
            Arrays.sort(order, Comparator.comparingDouble(i -> unsorted[i]));
            double[] sortedBounds = new double[size + 1];
            double[] sortedCounts = new double[size + 1];
            int sorted = 0;
            for (int i : order) {
                if (sorted > 0 && sortedBounds[sorted - 1] == bounds[i]) {
                    problems.add(
                            lines[i],
                            ProblemReason.DUPLICATE_SERIES,
                            () -> Problems.excerpt(name)
                                    + " has a bucket with this bound already: the first one counts");
                } else {
                    sortedBounds[sorted] = bounds[i];
                    sortedCounts[sorted] = counts[i];
                    sorted++;
                }
            }
            bounds = sortedBounds;
            counts = sortedCounts;
            lines = Arrays.copyOf(lines, sortedBounds.length);
            size = sorted;
        }

        boolean addSum(double value) {
            if (hasSum) {
                return false;
            }
            hasSum = true;
            sum = value;
            return true;
        }

        boolean addCount(double value) {
            if (hasCount) {
                return false;
            }
            hasCount = true;
            count = value;
            return true;
        }

        @Nullable
        HistogramPoint assemble(boolean cutShort, double[] sharedBounds) {
            if (!ascending) {
                sortBuckets();
            }
            boolean hasInf = size > 0 && bounds[size - 1] == Double.POSITIVE_INFINITY;
            if (!hasInf && (cutShort || !hasCount)) {
                report(ProblemReason.INCOMPLETE_HISTOGRAM, "has no bucket +Inf and was left out");
                return null;
            }
            if (!hasInf) {
                report(ProblemReason.MISSING_INF_BUCKET, "has no bucket +Inf: its _count took the place");
                addBucket(firstLine, Double.POSITIVE_INFINITY, count);
            }
            double[] finiteBounds = Arrays.equals(bounds, 0, size - 1, sharedBounds, 0, sharedBounds.length)
                    ? sharedBounds
                    : Arrays.copyOf(bounds, size - 1);
            double[] cumulativeCounts = Arrays.copyOf(counts, size);
            if (!HistogramPoint.accumulates(cumulativeCounts)) {
                report(
                        ProblemReason.DECREASING_BUCKETS,
                        "has bucket counts that fall or aren't counts and was left out");
                return null;
            }
            if (hasCount && count != cumulativeCounts[size - 1]) {
                report(
                        ProblemReason.COUNT_MISMATCH,
                        "has a _count that differs from its bucket +Inf: the bucket counts");
            }
            return HistogramPoint.ofChecked(labels, finiteBounds, cumulativeCounts, sum, timestampMillis, startMillis);
        }

        private void report(ProblemReason reason, String what) {
            problems.add(
                    firstLine, reason, () -> "the histogram " + Problems.excerpt(name) + " that starts here " + what);
        }
    }
}
