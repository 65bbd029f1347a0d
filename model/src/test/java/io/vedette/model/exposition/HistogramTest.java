package io.vedette.model.exposition;

import static io.vedette.model.exposition.Exposition.parse;
import static io.vedette.model.exposition.Exposition.problems;
import static io.vedette.model.exposition.Exposition.samples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramTest {

    private static Scrape histogram(String... lines) {
        return parse("# TYPE h histogram\n" + String.join("\n", lines) + "\n# TYPE g gauge\ng 1\n");
    }

    private static HistogramPoint onlyPoint(Scrape scrape) {
        List<HistogramPoint> points = ((HistogramFamily) scrape.families().get(0)).points();
        assertThat(points).hasSize(1);
        return points.get(0);
    }

    private static HistogramPoint point(double[] bounds, double[] cumulativeCounts, double sum) {
        return new HistogramPoint(Labels.EMPTY, bounds, cumulativeCounts, sum, 0, 0);
    }

    @Test
    void sortsItsBuckets() {
        Scrape scrape = histogram(
                "h_count 9",
                "h_bucket{le=\"+Inf\"} 9",
                "h_bucket{le=\"2\"} 5",
                "h_bucket{le=\"-1\"} 1",
                "h_sum 4",
                "h_bucket{le=\"1e1\"} 7");

        assertThat(scrape.problems()).isEmpty();
        assertThat(onlyPoint(scrape)).isEqualTo(point(new double[] {-1, 2, 10}, new double[] {1, 5, 7, 9}, 4));
    }

    @Test
    void keepsTheFirstOfBucketsWithEqualBounds() {
        Scrape scrape = histogram(
                "h_bucket{le=\"1\"} 3",
                "h_bucket{le=\"1.0\"} 4",
                "h_bucket{le=\"+Inf\"} 5",
                "h_count 5",
                "h_sum 1",
                "h_count 6",
                "h_sum 2");

        assertThat(problems(scrape)).containsExactly("3 DUPLICATE_SERIES", "7 DUPLICATE_SERIES", "8 DUPLICATE_SERIES");
        assertThat(onlyPoint(scrape)).isEqualTo(point(new double[] {1}, new double[] {3, 5}, 1));
    }

    @Test
    void isReadInGoodTimeWhateverTheOrderOfItsBuckets() {
        String[] lines = new String[100_000];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = "h_bucket{le=\"" + (lines.length - i) + "\"} " + (lines.length - i);
        }
        lines[0] = "h_bucket{le=\"+Inf\"} " + lines.length;

        HistogramPoint point = onlyPoint(histogram(lines));

        assertThat(point.boundCount()).isEqualTo(lines.length - 1);
        assertThat(point.bound(41)).isEqualTo(point.cumulativeCount(41)).isEqualTo(42);
    }

    @Test
    void takesTheCountForAMissingLastBucket() {
        Scrape scrape = histogram("h_bucket{le=\"1\"} 3", "h_count 5", "h_sum 1");

        assertThat(problems(scrape)).containsExactly("2 MISSING_INF_BUCKET");
        assertThat(onlyPoint(scrape)).isEqualTo(point(new double[] {1}, new double[] {3, 5}, 1));
    }

    @Test
    void hasNoSumWhereThereIsNone() {
        Scrape scrape = histogram("h_bucket{le=\"1\"} 3", "h_bucket{le=\"+Inf\"} 5");

        assertThat(scrape.problems()).isEmpty();
        assertThat(onlyPoint(scrape)).isEqualTo(point(new double[] {1}, new double[] {3, 5}, Double.NaN));
    }

    @Test
    void believesItsLastBucketBeforeItsCount() {
        Scrape scrape = histogram("h_bucket{le=\"1\"} 3", "h_bucket{le=\"+Inf\"} 5", "h_count 6");

        assertThat(problems(scrape)).containsExactly("2 COUNT_MISMATCH");
        assertThat(onlyPoint(scrape).count()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "NaN", "-1", "-Inf", "+Inf"})
    void isLeftOutWhenItsBucketsFallOrAreNoCounts(String count) {
        Scrape scrape = parse("""
                # TYPE h histogram
                h_bucket{x="a",le="1"} 3
                h_bucket{x="a",le="2"} %s
                h_bucket{x="a",le="+Inf"} 5
                h_bucket{x="b",le="1"} 3
                h_bucket{x="b",le="+Inf"} 4
                """.formatted(count));

        assertThat(problems(scrape)).containsExactly("2 DECREASING_BUCKETS");
        assertThat(onlyPoint(scrape).labels()).isEqualTo(Labels.of("x", "b"));
    }

    @Test
    void isLeftOutWithoutLastBucketAndCount() {
        Scrape scrape = histogram("h_bucket{le=\"1\"} 3", "h_sum 3");

        assertThat(problems(scrape)).containsExactly("2 INCOMPLETE_HISTOGRAM");
        assertThat(samples(scrape)).containsOnlyKeys("g");
    }

    @Test
    void isLeftOutWhereTheBodyWasCutInItsBuckets() {
        String body =
                "# TYPE h histogram\nh_count 5\nh_sum 9\nh_bucket{le=\"1\"} 3\nh_bucket{le=\"2\"} 4\nh_bucket{le=";

        Scrape scrape = parse(body);

        assertThat(problems(scrape)).containsExactly("2 INCOMPLETE_HISTOGRAM", "6 CUT_SHORT");
        assertThat(scrape.families()).isEmpty();
    }

    @Test
    void setsAsideWhatIsNoPartOfIt() {
        Scrape scrape = histogram(
                "h_bucket{le=\"+Inf\"} 5",
                "h 7",
                "h_bucket 1",
                "h_bucket{le=\"NaN\"} 1",
                "h_bucket{le=\"x\"} 1",
                "h_bucket{le=\"-Inf\"} 1",
                "h_other 1");

        assertThat(problems(scrape))
                .containsExactly(
                        "3 UNEXPECTED_SAMPLE",
                        "4 UNEXPECTED_SAMPLE",
                        "5 INVALID_BOUND",
                        "6 INVALID_BOUND",
                        "7 INVALID_BOUND");
        assertThat(samples(scrape)).containsOnlyKeys("h_bucket{le=\"Infinity\"}", "h_count", "h_other", "g");
    }

    @Test
    void keepsSeriesThatTakeTurnsApart() {
        Scrape scrape = histogram(
                "h_bucket{x=\"a\",le=\"1\"} 1",
                "h_bucket{x=\"b\",le=\"5\"} 2",
                "h_bucket{le=\"+Inf\",x=\"a\"} 3",
                "h_bucket{le=\"+Inf\",x=\"b\"} 4");

        assertThat(scrape.problems()).isEmpty();
        assertThat(((HistogramFamily) scrape.families().get(0)).points())
                .containsExactly(
                        new HistogramPoint(
                                Labels.of("x", "a"), new double[] {1}, new double[] {1, 3}, Double.NaN, 0, 0),
                        new HistogramPoint(
                                Labels.of("x", "b"), new double[] {5}, new double[] {2, 4}, Double.NaN, 0, 0));
    }

    @Test
    void readsGaugeHistograms() {
        Scrape scrape = parse("""
                # TYPE h gaugehistogram
                h_bucket{le="1"} 3 12.5
                h_bucket{le="+Inf"} 4 12.5
                h_gcount 4 12.5
                h_gsum -3 12.5
                # EOF
                """);

        assertThat(scrape.problems()).isEmpty();
        assertThat(scrape.families())
                .containsExactly(new HistogramFamily(
                        "h",
                        MetricType.GAUGE_HISTOGRAM,
                        "",
                        List.of(new HistogramPoint(
                                Labels.EMPTY, new double[] {1}, new double[] {3, 4}, -3, 12500, 0))));
    }

    @Test
    void cannotBeBuiltWrong() {
        assertThatThrownBy(() -> point(new double[] {1, 1}, new double[] {1, 2, 3}, 0))
                .hasMessageStartingWith("bounds must be finite and ascend");
        assertThatThrownBy(() -> point(new double[] {Double.NaN}, new double[] {1, 2}, 0))
                .hasMessageStartingWith("bounds must be finite and ascend");
        assertThatThrownBy(() -> point(new double[] {1}, new double[] {2, 1}, 0))
                .hasMessageStartingWith("counts must be finite");
        assertThatThrownBy(() -> point(new double[] {1}, new double[] {1}, 0))
                .hasMessageStartingWith("counts must be finite");
    }
}
