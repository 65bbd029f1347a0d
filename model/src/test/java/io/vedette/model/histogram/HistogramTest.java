package io.vedette.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vedette.model.histogram.Histogram.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistogramTest {
    private static final double[] SECONDS = {0.1, 0.5, 1, 5};

    private static Histogram histogram(double[] bounds, double sum, double... counts) {
        return Histogram.of(List.of(part(bounds, sum, counts)));
    }

    private static Part part(double[] bounds, double sum, double... counts) {
        long[] fixed = new long[counts.length];
        for (int i = 0; i < counts.length; i++) {
            fixed[i] = FixedPoint.of(counts[i]);
        }
        return new Part(Bounds.of(bounds), fixed, FixedPoint.of(sum));
    }

    @Test
    void countSumAndMeanAreThoseOfAllParts() {
        Histogram histogram = histogram(SECONDS, 12, 1, 2, 3, 0, 0.5).merge(histogram(new double[] {1}, 1, 1, 0));
        assertThat(histogram.count()).isEqualTo(7.5);
        assertThat(histogram.sum()).isEqualTo(13);
        assertThat(histogram.mean()).isEqualTo(13 / 7.5);
        assertThat(histogram.parts()).hasSize(2);
    }

    @Test
    void partsOfTheSameBoundsAreAdded() {
        assertThat(Histogram.of(List.of(part(SECONDS, 1, 1, 0, 0, 0, 0), part(SECONDS, 2, 1, 2, 0, 0, 3))))
                .isEqualTo(histogram(SECONDS, 3, 2, 2, 0, 0, 3));
        assertThat(Histogram.of(List.of())).isEqualTo(Histogram.empty());
    }

    @Test
    void whereNothingWasObservedThereIsNoQuantile() {
        for (Histogram none : List.of(Histogram.empty(), histogram(SECONDS, 0, 0, 0, 0, 0, 0))) {
            assertThat(none.count()).isZero();
            assertThat(none.mean()).isNaN();
            assertThat(none.quantile(0.5)).isNaN();
            assertThat(none.lower(0.5)).isNaN();
            assertThat(none.upper(0.5)).isNaN();
            assertThat(none.countAbove(1)).isZero();
            assertThat(none.certainCountAbove(1)).isZero();
        }
    }

    @Test
    void aQuantileLiesOnAStraightLineInsideItsBucket() {
        Histogram histogram = histogram(SECONDS, 0, 10, 0, 20, 10, 0);
        assertThat(histogram.quantile(0)).isZero();
        assertThat(histogram.quantile(0.125)).isCloseTo(0.05, within(1e-12));
        assertThat(histogram.quantile(0.25)).isEqualTo(0.1);
        assertThat(histogram.quantile(0.5)).isEqualTo(0.75);
        assertThat(histogram.quantile(0.75)).isEqualTo(1);
        assertThat(histogram.quantile(1)).isEqualTo(5);
        assertThat(List.of(histogram.lower(0.5), histogram.upper(0.5))).containsExactly(0.5, 1.0);
        assertThat(List.of(histogram.lower(0), histogram.upper(0))).containsExactly(0.0, 0.1);
        assertThat(List.of(histogram.lower(1), histogram.upper(1))).containsExactly(1.0, 5.0);
    }

    @Test
    void inTheLastBucketTheLargestBoundIsTheEstimateAndThereIsNoUpperBound() {
        Histogram histogram = histogram(SECONDS, 0, 1, 0, 0, 0, 9);
        assertThat(histogram.quantile(0.5)).isEqualTo(5);
        assertThat(histogram.lower(0.5)).isEqualTo(5);
        assertThat(histogram.upper(0.5)).isInfinite();
        Histogram boundless = histogram(new double[0], 8, 2);
        assertThat(boundless.quantile(0.5)).isZero();
        assertThat(boundless.lower(0.5)).isZero();
        assertThat(boundless.upper(0.5)).isInfinite();
        assertThat(boundless.mean()).isEqualTo(4);
    }

    @Test
    void aFirstBoundThatIsNotPositiveIsItsBucketsOnlyValue() {
        Histogram histogram = histogram(new double[] {-2, 0, 2}, 0, 4, 4, 4, 0);
        assertThat(histogram.quantile(0.2)).isEqualTo(-2);
        assertThat(histogram.quantile(0.5)).isEqualTo(-1);
        assertThat(histogram.quantile(1)).isEqualTo(2);
        assertThat(List.of(histogram.lower(0.2), histogram.upper(0.2))).containsExactly(-2.0, -2.0);
        assertThat(List.of(histogram.lower(0.5), histogram.upper(0.5))).containsExactly(-2.0, 0.0);
        assertThat(histogram.countAbove(-2)).isEqualTo(8);
        assertThat(histogram.certainCountAbove(-2)).isEqualTo(8);
        assertThat(histogram.countAbove(-3)).isEqualTo(12);
        assertThat(histogram.certainCountAbove(-3)).isEqualTo(12);
        Histogram zero = histogram(new double[] {0, 1}, 0, 3, 1, 0);
        assertThat(List.of(zero.quantile(0.5), zero.lower(0.5), zero.upper(0.5)))
                .containsExactly(0.0, 0.0, 0.0);
    }

    @Test
    void observationsAboveALimitAreOnAStraightLineInsideItsBucket() {
        Histogram histogram = histogram(SECONDS, 0, 0, 0, 10, 20, 5);
        assertThat(histogram.countAbove(0)).isEqualTo(35);
        assertThat(histogram.countAbove(0.75)).isEqualTo(30);
        assertThat(histogram.countAbove(1)).isEqualTo(25);
        assertThat(histogram.countAbove(3)).isEqualTo(15);
        assertThat(histogram.countAbove(5)).isEqualTo(5);
        assertThat(histogram.countAbove(1000)).isEqualTo(5);
        assertThat(histogram.certainCountAbove(0.75)).isEqualTo(25);
        assertThat(histogram.certainCountAbove(1)).isEqualTo(25);
        assertThat(histogram.certainCountAbove(5)).isEqualTo(5);
        assertThat(histogram.certainCountAbove(6)).isZero();
    }

    @Test
    void differentBoundsMergeOnTheirUnionAndWhatIsCertainIsTold() {
        Histogram merged =
                histogram(new double[] {1, 2, 4}, 0, 0, 10, 0, 0).merge(histogram(new double[] {1.5, 3}, 0, 0, 10, 0));
        assertThat(merged.count()).isEqualTo(20);
        assertThat(List.of(merged.lower(0.5), merged.upper(0.5))).containsExactly(1.0, 2.0);
        assertThat(merged.quantile(0.5)).isBetween(1.5, 2.0);
        assertThat(List.of(merged.lower(1), merged.upper(1))).containsExactly(1.5, 3.0);
        assertThat(merged.countAbove(2)).isCloseTo(10 * (3 - 2) / 1.5, within(1e-9));
        assertThat(merged.certainCountAbove(1)).isEqualTo(20);
        assertThat(merged.certainCountAbove(1.2)).isEqualTo(10);
    }

    @Test
    void quantilesOutsideZeroToOneAreRefused() {
        Histogram histogram = histogram(SECONDS, 0, 1, 0, 0, 0, 0);
        for (double q : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> histogram.quantile(q)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> histogram.lower(q)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> histogram.upper(q)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aPartMustFitItsBoundsAndHaveNoNegativeCounts() {
        assertThatThrownBy(() -> part(SECONDS, 0, 1, 1)).hasMessageContaining("5 buckets, but 2 counts");
        assertThatThrownBy(() -> part(SECONDS, 0, 1, -1, 0, 0, 0)).hasMessageContaining("must not be negative");
    }

    @Test
    void boundsMustAscendAndBeFinite() {
        for (double[] wrong : List.of(
                new double[] {1, 1}, new double[] {2, 1}, new double[] {1, Double.POSITIVE_INFINITY}, new double[] {
                    Double.NaN
                })) {
            assertThatThrownBy(() -> Bounds.of(wrong)).hasMessageContaining("must ascend and be finite");
        }
        double[] given = {1, 2};
        Bounds bounds = Bounds.of(given);
        given[0] = 7;
        assertThat(bounds).isEqualTo(Bounds.of(1, 2)).hasSameHashCodeAs(Bounds.of(1, 2));
        assertThat(List.of(bounds.lower(0), bounds.upper(0), bounds.lower(2))).containsExactly(0.0, 1.0, 2.0);
        assertThat(bounds.upper(2)).isInfinite();
        assertThat(Bounds.of(1, 2)).isLessThan(Bounds.of(1, 3)).isGreaterThan(Bounds.of(1));
    }

    @Test
    void fixedPointKeepsSixteenBinaryDigits() {
        assertThat(FixedPoint.of(1)).isEqualTo(65_536);
        assertThat(FixedPoint.toDouble(FixedPoint.of(-0.5))).isEqualTo(-0.5);
        assertThat(FixedPoint.toDouble(FixedPoint.of(0x1p40))).isEqualTo(0x1p40);
        assertThat(FixedPoint.toDouble(FixedPoint.of(0.1))).isCloseTo(0.1, within(0x1p-17));
        for (double wrong : new double[] {Double.NaN, 0x1p41, Double.NEGATIVE_INFINITY}) {
            assertThatThrownBy(() -> FixedPoint.of(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
