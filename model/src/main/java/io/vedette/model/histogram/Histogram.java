package io.vedette.model.histogram;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Observations counted in buckets, possibly of several {@link Bounds}: what was counted in buckets of different bounds stays apart, so that merging
 * drops nothing and is associative and commutative, and the bounds of a quantile are what is still certain. Counts and sums are {@link FixedPoint},
 * since growth that is spread over time comes in fractions. Immutable.
 */
public final class Histogram {
    private static final Histogram EMPTY = new Histogram(List.of());

    private final List<Part> parts;
    private final double count;
    private final double sum;

    /**
     * Counts in buckets of the same bounds.
     *
     * @param counts per bucket, not cumulative, fixed point, none negative
     * @param sum of the observed values, fixed point
     */
    public record Part(Bounds bounds, long[] counts, long sum) implements Comparable<Part> {
        public Part {
            if (counts.length != bounds.buckets()) {
                throw new IllegalArgumentException(bounds.buckets() + " buckets, but " + counts.length + " counts");
            }
            for (long c : counts) {
                if (c < 0) {
                    throw new IllegalArgumentException("counts must not be negative: " + Arrays.toString(counts));
                }
            }
        }

        Part plus(Part other) {
            long[] both = counts.clone();
            for (int i = 0; i < both.length; i++) {
                both[i] += other.counts[i];
            }
            return new Part(bounds, both, sum + other.sum);
        }

        @Override
        public int compareTo(Part other) {
            return bounds.compareTo(other.bounds);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Part that
                    && bounds.equals(that.bounds)
                    && Arrays.equals(counts, that.counts)
                    && sum == that.sum;
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(counts) + bounds.hashCode();
        }

        @Override
        public String toString() {
            return "Part" + bounds + Arrays.toString(counts) + '/' + sum;
        }
    }

    private Histogram(List<Part> parts) {
        this.parts = parts;
        long total = 0;
        long added = 0;
        for (Part part : parts) {
            for (long c : part.counts) {
                total += c;
            }
            added += part.sum;
        }
        this.count = FixedPoint.toDouble(total);
        this.sum = FixedPoint.toDouble(added);
    }

    public static Histogram empty() {
        return EMPTY;
    }

    /** A histogram of parts with any bounds; parts of the same bounds are added. */
    public static Histogram of(List<Part> parts) {
        if (parts.size() == 1) {
            return new Histogram(List.copyOf(parts));
        }
        Histogram all = EMPTY;
        for (Part part : parts) {
            all = all.merge(new Histogram(List.of(part)));
        }
        return all;
    }

    /** All observations of both. Associative and commutative, exactly. */
    public Histogram merge(Histogram other) {
        if (other.parts.isEmpty()) {
            return this;
        }
        if (parts.isEmpty()) {
            return other;
        }
        List<Part> merged = new ArrayList<>(parts.size() + other.parts.size());
        int i = 0;
        int j = 0;
        while (i < parts.size() || j < other.parts.size()) {
            int order = i == parts.size()
                    ? 1
                    : j == other.parts.size() ? -1 : parts.get(i).compareTo(other.parts.get(j));
            if (order == 0) {
                merged.add(parts.get(i++).plus(other.parts.get(j++)));
            } else {
                merged.add(order < 0 ? parts.get(i++) : other.parts.get(j++));
            }
        }
        return new Histogram(List.copyOf(merged));
    }

    /** Ordered by bounds; each bounds once. */
    public List<Part> parts() {
        return parts;
    }

    /** Observations; a fraction where growth was spread over time. */
    public double count() {
        return count;
    }

    /** Sum of the observed values, in the signal's unit. */
    public double sum() {
        return sum;
    }

    /** Mean of the observed values; NaN when there are none. */
    public double mean() {
        return count > 0 ? sum / count : Double.NaN;
    }

    /**
     * An estimate of the value at rank q: observations lie on a straight line inside their bucket, as in PromQL's {@code histogram_quantile}, and
     * where the rank falls into a last bucket it is the largest finite bound. Lies between {@link #lower} and {@link #upper} and does not fall as q
     * rises.
     *
     * @param q from 0 to 1
     * @return NaN when there are no observations
     */
    public double quantile(double q) {
        double rank = rank(q);
        if (!(count > 0)) {
            return Double.NaN;
        }
        return parts.size() == 1 ? quantileOfPart(parts.get(0), rank) : quantileOfUnion(rank);
    }

    private static double quantileOfPart(Part part, double rank) {
        Bounds bounds = part.bounds;
        long below = 0;
        for (int i = 0; i < bounds.size(); i++) {
            long count = part.counts[i];
            if (count <= 0) {
                continue;
            }
            double before = FixedPoint.toDouble(below);
            below += count;
            double through = FixedPoint.toDouble(below);
            if (through >= rank) {
                return Math.min(
                        bounds.upper(i),
                        bounds.lower(i)
                                + (bounds.upper(i) - bounds.lower(i))
                                        * Math.max(0, rank - before)
                                        / (through - before));
            }
        }
        return largestFinite(part);
    }

    private static double largestFinite(Part part) {
        return part.bounds.size() > 0 ? part.bounds.upper(part.bounds.size() - 1) : 0;
    }

    private double quantileOfUnion(double rank) {
        double[] edges = edges();
        double left = edges[0];
        double belowLeft = 0;
        for (double edge : edges) {
            double through = 0;
            for (Part part : parts) {
                through += below(part, edge);
            }
            if (through >= rank && through > belowLeft) {
                return left + (edge - left) * Math.max(0, rank - belowLeft) / (through - belowLeft);
            }
            left = edge;
            belowLeft = through;
        }
        return left;
    }

    /** All bounds of all parts, and where their first buckets begin. */
    private double[] edges() {
        DoubleStream all = parts.stream()
                .flatMapToDouble(part -> DoubleStream.concat(
                        DoubleStream.of(part.bounds.lower(0)), Arrays.stream(part.bounds.toArray())));
        return DoubleStream.concat(DoubleStream.of(0), all).sorted().distinct().toArray();
    }

    /** Observations of a part at or below a value, on a straight line inside the value's bucket. */
    private static double below(Part part, double value) {
        long whole = 0;
        for (int i = 0; i < part.bounds.size(); i++) {
            if (value < part.bounds.upper(i)) {
                double width = part.bounds.upper(i) - part.bounds.lower(i);
                double share = width > 0 ? Math.max(0, (value - part.bounds.lower(i)) / width) : 0;
                return FixedPoint.toDouble(whole) + FixedPoint.toDouble(part.counts[i]) * share;
            }
            whole += part.counts[i];
        }
        return FixedPoint.toDouble(whole);
    }

    /** Largest value that the quantile certainly does not lie below; NaN when there are no observations. */
    public double lower(double q) {
        double rank = rank(q);
        if (!(count > 0)) {
            return Double.NaN;
        }
        double last = 0;
        for (double edge : edges()) {
            last = edge;
            long most = 0;
            for (Part part : parts) {
                most += throughNextBoundAfter(part, edge);
            }
            if (FixedPoint.toDouble(most) >= rank) {
                return edge;
            }
        }
        return last;
    }

    private static long throughNextBoundAfter(Part part, double edge) {
        long through = 0;
        for (int i = 0; i < part.counts.length; i++) {
            through += part.counts[i];
            if (part.bounds.upper(i) > edge) {
                break;
            }
        }
        return through;
    }

    /** Smallest value that the quantile certainly does not lie above: +Inf in a last bucket; NaN when there are no observations. */
    public double upper(double q) {
        double rank = rank(q);
        if (!(count > 0)) {
            return Double.NaN;
        }
        for (double edge : edges()) {
            long least = 0;
            for (Part part : parts) {
                for (int i = 0; i < part.bounds.size() && part.bounds.upper(i) <= edge; i++) {
                    least += part.counts[i];
                }
            }
            if (least > 0 && FixedPoint.toDouble(least) >= rank) {
                return edge;
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    private double rank(double q) {
        if (!(q >= 0 && q <= 1)) {
            throw new IllegalArgumentException("a quantile lies from 0 to 1: " + q);
        }
        return q * count;
    }

    /** The finite bounds of all parts, ascending, each once. */
    public double[] bounds() {
        return parts.stream()
                .flatMapToDouble(part -> Arrays.stream(part.bounds.toArray()))
                .sorted()
                .distinct()
                .toArray();
    }

    /**
     * Observations at or below a value, on a straight line inside the value's bucket, as {@link #quantile} has it; those of a last bucket are above
     * every finite value. Does not fall as the value rises.
     *
     * @return from 0 to {@link #count()}
     */
    public double countAtOrBelow(double value) {
        if (value == Double.POSITIVE_INFINITY) {
            return count;
        }
        double below = 0;
        for (Part part : parts) {
            below += below(part, value);
        }
        return Math.min(below, count);
    }

    /**
     * Observations above a limit, on a straight line inside the limit's bucket; all of the last bucket count as above its lower bound.
     *
     * @return from 0 to {@link #count()}
     */
    public double countAbove(double limit) {
        double below = 0;
        for (Part part : parts) {
            below += below(part, limit);
        }
        return Math.max(0, count - below);
    }

    /** Observations certainly above a limit: those in buckets that begin at or above it. */
    public double certainCountAbove(double limit) {
        long above = 0;
        for (Part part : parts) {
            for (int i = 0; i < part.counts.length; i++) {
                if (part.bounds.lower(i) >= limit && part.bounds.upper(i) > limit) {
                    above += part.counts[i];
                }
            }
        }
        return FixedPoint.toDouble(above);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Histogram that && parts.equals(that.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    @Override
    public String toString() {
        return "Histogram" + parts;
    }
}
