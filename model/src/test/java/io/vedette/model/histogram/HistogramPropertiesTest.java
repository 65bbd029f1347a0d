package io.vedette.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vedette.model.histogram.Histogram.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Laws that hold for all histograms, tried on seeded ones of one to four different bounds, with empty buckets and fractions. */
class HistogramPropertiesTest {
    private static final int TRIES = 3_000;
    private static final double[] QUANTILES = {0, 0.001, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1};

    private Random random = new Random();

    @BeforeEach
    void seed() {
        random = new Random(42);
    }

    @Test
    void mergingIsAssociativeAndCommutativeAndDropsNothing() {
        for (int i = 0; i < TRIES; i++) {
            Histogram a = histogram(random.nextInt(4));
            Histogram b = histogram(random.nextInt(4));
            Histogram c = histogram(random.nextInt(4));
            assertThat(a.merge(b)).isEqualTo(b.merge(a));
            assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
            assertThat(a.merge(Histogram.empty())).isEqualTo(a);
            assertThat(a.merge(b).count()).isEqualTo(a.count() + b.count());
            assertThat(a.merge(b).sum()).isEqualTo(a.sum() + b.sum());
            List<Part> parts = new ArrayList<>(a.parts());
            parts.addAll(b.parts());
            assertThat(Histogram.of(parts)).isEqualTo(a.merge(b));
        }
    }

    @Test
    void aQuantileLiesWithinItsBoundsAndDoesNotFallAsQRises() {
        for (int i = 0; i < TRIES; i++) {
            Histogram histogram = observed(1 + random.nextInt(4));
            double before = Double.NEGATIVE_INFINITY;
            double lowerBefore = Double.NEGATIVE_INFINITY;
            double upperBefore = Double.NEGATIVE_INFINITY;
            for (double q : QUANTILES) {
                double lower = histogram.lower(q);
                double quantile = histogram.quantile(q);
                double upper = histogram.upper(q);
                assertThat(quantile).as("%s at %s", histogram, q).isBetween(lower, upper);
                assertThat(quantile).as("%s at %s", histogram, q).isGreaterThanOrEqualTo(before);
                assertThat(lower).isGreaterThanOrEqualTo(lowerBefore);
                assertThat(upper).isGreaterThanOrEqualTo(upperBefore);
                before = quantile;
                lowerBefore = lower;
                upperBefore = upper;
            }
        }
    }

    @Test
    void observationsAboveALimitFallFromAllToTheLastBuckets() {
        for (int i = 0; i < TRIES; i++) {
            Histogram histogram = observed(1 + random.nextInt(4));
            double before = histogram.count();
            for (double limit = -3; limit < 60; limit += 0.5) {
                double above = histogram.countAbove(limit);
                assertThat(above).isBetween(0.0, before + 1e-9);
                assertThat(histogram.certainCountAbove(limit)).isLessThanOrEqualTo(above + 1e-9);
                before = above;
            }
        }
    }

    @Test
    void ofOneSetOfBoundsTheQuantileIsThatOfPromql() {
        for (int i = 0; i < TRIES; i++) {
            Histogram histogram = observed(1);
            Part part = histogram.parts().get(0);
            if (part.bounds().size() > 0) {
                for (double q : QUANTILES) {
                    double expected = histogramQuantile(q, part);
                    assertThat(histogram.quantile(q))
                            .as("%s at %s", histogram, q)
                            .isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
                }
            }
        }
    }

    /** As bucketQuantile in promql/quantile.go of Prometheus (Apache-2.0), but for rank 0 in an empty first bucket, where it divides 0 by 0. */
    private static double histogramQuantile(double q, Part part) {
        Bounds bounds = part.bounds();
        double[] cumulative = cumulative(part);
        double rank = q * cumulative[cumulative.length - 1];
        int b = 0;
        while (b < cumulative.length - 1 && (cumulative[b] < rank || cumulative[b] == 0)) {
            b++;
        }
        if (b == cumulative.length - 1) {
            return bounds.upper(b - 1);
        }
        if (b == 0 && bounds.upper(0) <= 0) {
            return bounds.upper(0);
        }
        double start = b == 0 ? 0 : bounds.upper(b - 1);
        double before = b == 0 ? 0 : cumulative[b - 1];
        return start + (bounds.upper(b) - start) * (rank - before) / (cumulative[b] - before);
    }

    @Test
    void boundsOfAQuantileAreThoseOfAPlainComputation() {
        for (int i = 0; i < TRIES; i++) {
            Histogram histogram = observed(1 + random.nextInt(4));
            for (double q : QUANTILES) {
                double rank = q * histogram.count();
                double[] certain = certain(histogram.parts(), rank);
                assertThat(histogram.lower(q)).as("%s at %s", histogram, q).isEqualTo(certain[0]);
                if (rank > 0) {
                    assertThat(histogram.upper(q)).as("%s at %s", histogram, q).isEqualTo(certain[1]);
                }
            }
        }
    }

    /** Bounds of the value at a rank in the union of the parts; as in the project's independent check of derived series. */
    private static double[] certain(List<Part> parts, double rank) {
        double[] edges = parts.stream()
                .flatMapToDouble(part -> Arrays.stream(part.bounds().toArray()))
                .sorted()
                .distinct()
                .toArray();
        double first = Math.min(0, edges.length == 0 ? 0 : edges[0]);
        double lower = Double.NaN;
        for (int i = -1; i < edges.length && Double.isNaN(lower); i++) {
            double edge = i < 0 ? first : edges[i];
            double most = 0;
            for (Part part : parts) {
                most += throughFirstBoundAbove(part, edge);
            }
            lower = most >= rank ? edge : Double.NaN;
        }
        for (double edge : edges) {
            double least = 0;
            for (Part part : parts) {
                least += throughLastBoundUpTo(part, edge);
            }
            if (least >= rank) {
                return new double[] {lower, edge};
            }
        }
        return new double[] {lower, Double.POSITIVE_INFINITY};
    }

    private static double throughFirstBoundAbove(Part part, double edge) {
        double[] cumulative = cumulative(part);
        for (int i = 0; i < cumulative.length; i++) {
            if (part.bounds().upper(i) > edge) {
                return cumulative[i];
            }
        }
        return cumulative[cumulative.length - 1];
    }

    private static double throughLastBoundUpTo(Part part, double edge) {
        double[] cumulative = cumulative(part);
        double count = 0;
        for (int i = 0; i < cumulative.length && part.bounds().upper(i) <= edge; i++) {
            count = cumulative[i];
        }
        return count;
    }

    private static double[] cumulative(Part part) {
        double[] cumulative = new double[part.counts().length];
        double sum = 0;
        for (int i = 0; i < cumulative.length; i++) {
            sum += FixedPoint.toDouble(part.counts()[i]);
            cumulative[i] = sum;
        }
        return cumulative;
    }

    private Histogram observed(int parts) {
        Histogram histogram = histogram(parts);
        return histogram.count() > 0 ? histogram : observed(parts);
    }

    private Histogram histogram(int parts) {
        List<Part> all = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            Bounds bounds = bounds();
            long[] counts = new long[bounds.buckets()];
            for (int j = 0; j < counts.length; j++) {
                counts[j] = random.nextInt(3) == 0
                        ? 0
                        : random.nextBoolean()
                                ? random.nextInt(20) * FixedPoint.ONE
                                : random.nextInt(20 * (int) FixedPoint.ONE);
            }
            all.add(new Part(bounds, counts, random.nextInt()));
        }
        return Histogram.of(all);
    }

    /** From a coarse grid, so that the bounds of parts often meet; now and then not positive, now and then none. */
    private Bounds bounds() {
        return Bounds.of(random.ints(random.nextInt(6), random.nextInt(8) == 0 ? -2 : 1, 50)
                .mapToDouble(i -> i)
                .sorted()
                .distinct()
                .toArray());
    }
}
