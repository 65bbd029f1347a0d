package io.vedette.model.exposition;

import static io.vedette.model.exposition.Exposition.parse;
import static io.vedette.model.exposition.Exposition.problems;
import static io.vedette.model.exposition.Exposition.samples;
import static io.vedette.model.exposition.Exposition.starts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The cases that Prometheus holds its own parser against, rewritten: {@code openmetricsparse_test.go} in {@code model/textparse} of
 * github.com/prometheus/prometheus, Copyright The Prometheus Authors, Apache-2.0.
 */
class PrometheusOpenMetricsCasesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# UNIT metric suffix",
                "# UNIT metricsuffix suffix",
                "# UNIT m suffix",
                "# TYPE c counter extra",
                "# TYPE c Counter"
            })
    void refusesMetadataThatDoesNotFit(String line) {
        assertThat(problems(parse("before 1\n" + line + "\n# EOF\n"))).containsExactly("2 INVALID_METADATA");
    }

    /** Prometheus' OpenMetrics parser is stricter than its text parser; here each body is read by both grammars. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " c 1",
                "# TYPE c untyped",
                "# TYPE c counter ",
                "#  TYPE c counter",
                "#\tTYPE c counter",
                "# TYPE c  counter",
                "# UNIT c_seconds",
                "# HELP c",
                "c\t1",
                "c 1\t2",
                "c 1 2 ",
                "c{b=\"c\"d=\"e\"} 1",
                "c 1 # {b=\"\0ss\"} 1",
                "#",
                "# H"
            })
    void readsInOpenMetricsWhatTheTextFormatAllows(String line) {
        assertThat(problems(parse(line + "\n# EOF\n"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"# EOF", "# EOF\n", "a 1\n# EOF", "# EOF\n\n", "a{b=\"\0\"} 1\n# EOF"})
    void findsTheEndOfOpenMetrics(String body) {
        assertThat(problems(parse(body, ExpositionFormat.OPEN_METRICS))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "metric 1\n", "a 1\n#EOF\n", "a 1\n# EOFa 1\n"})
    void missesTheEndOfOpenMetrics(String body) {
        Scrape scrape = parse(body, ExpositionFormat.OPEN_METRICS);

        assertThat(scrape.problemCounts()).isEqualTo(Map.of(ProblemReason.MISSING_EOF, 1));
        assertThat(scrape.families()).hasSize(body.isBlank() ? 0 : 1);
    }

    @Test
    void readsOnBehindTheEndOfOpenMetrics() {
        Scrape scrape = parse("a 1\n# EOF\nb 2\n", ExpositionFormat.OPEN_METRICS);

        assertThat(problems(scrape)).containsExactly("2 MISPLACED_EOF");
        assertThat(samples(scrape)).isEqualTo(Map.of("a", 1.0, "b", 2.0));
    }

    @Test
    void readsOpenMetrics() {
        Scrape scrape = parse("""
                # HELP help2 escape \\ \\n \\\\ \\" \\x chars
                # UNIT nounit\s
                # TYPE go_goroutines gauge
                go_goroutines 33 123.123
                # TYPE hh histogram
                hh_bucket{le="+Inf"} 1
                # TYPE gh gaugehistogram
                gh_bucket{le="+Inf"} 1
                # TYPE hhh histogram
                hhh_bucket{le="+Inf"} 1 # {id="histogram-bucket-test"} 4
                hhh_count 1 # {id="histogram-count-test"} 4
                # TYPE ggh gaugehistogram
                ggh_bucket{le="+Inf"} 1 # {id="gaugehistogram-bucket-test",xx="yy"} 4 123.123
                ggh_count 1 # {id="gaugehistogram-count-test",xx="yy"} 4 123.123
                # TYPE smr_seconds summary
                smr_seconds_count 2.0 # {id="summary-count-test"} 1 123.321
                smr_seconds_sum 42.0 # {id="summary-sum-test"} 1 123.321
                # TYPE ii info
                ii{foo="bar"} 1
                # TYPE ss stateset
                ss{ss="foo"} 1
                ss{ss="bar"} 0
                ss{A="a"} 0
                # TYPE un unknown
                # TYPE foo counter
                foo_total 17.0 1520879607.789 # {id="counter-test"} 5
                foo_created 1520872607.123
                foo_total{a="b"} 17.0 1520879607.789 # {id="counter-test"} 5
                foo_created{a="b"} 1520872607.123
                foo_total{le="c"} 21.0
                foo_created{le="c"} 1520872621.123
                foo_total{le="1"} 10.0
                # EOF
                """);

        assertThat(problems(scrape)).isEmpty();
        HistogramPoint one = new HistogramPoint(Labels.EMPTY, new double[0], new double[] {1}, Double.NaN, 0, 0);
        assertThat(scrape.families())
                .containsExactly(
                        numbers("go_goroutines", MetricType.GAUGE, new NumberPoint(Labels.EMPTY, 33, 123123, 0)),
                        new HistogramFamily("hh", MetricType.HISTOGRAM, "", List.of(one)),
                        new HistogramFamily("gh", MetricType.GAUGE_HISTOGRAM, "", List.of(one)),
                        new HistogramFamily("hhh", MetricType.HISTOGRAM, "", List.of(one)),
                        new HistogramFamily("ggh", MetricType.GAUGE_HISTOGRAM, "", List.of(one)),
                        numbers("smr_seconds_count", MetricType.COUNTER, new NumberPoint(Labels.EMPTY, 2, 0, 0)),
                        numbers("smr_seconds_sum", MetricType.COUNTER, new NumberPoint(Labels.EMPTY, 42, 0, 0)),
                        numbers("ii", MetricType.INFO, new NumberPoint(Labels.of("foo", "bar"), 1, 0, 0)),
                        numbers(
                                "ss",
                                MetricType.STATE_SET,
                                new NumberPoint(Labels.of("ss", "foo"), 1, 0, 0),
                                new NumberPoint(Labels.of("ss", "bar"), 0, 0, 0),
                                new NumberPoint(Labels.of("A", "a"), 0, 0, 0)),
                        numbers(
                                "foo_total",
                                MetricType.COUNTER,
                                new NumberPoint(Labels.EMPTY, 17, 1520879607789L, 1520872607123L),
                                new NumberPoint(Labels.of("a", "b"), 17, 1520879607789L, 1520872607123L),
                                new NumberPoint(Labels.of("le", "c"), 21, 0, 1520872621123L),
                                new NumberPoint(Labels.of("le", "1"), 10, 0, 0)));
    }

    private static NumberFamily numbers(String name, MetricType type, NumberPoint... points) {
        return new NumberFamily(name, type, "", List.of(points));
    }

    @Test
    void givesSeriesTheirStartWhereverItStands() {
        Scrape scrape = parse("""
                # TYPE bar summary
                bar_count 17.0
                bar_sum 324789.3
                bar{quantile="0.95"} 123.7
                bar_created 1520872608.124
                # TYPE baz histogram
                baz_bucket{le="0.0"} 0
                baz_bucket{le="+Inf"} 17
                baz_count 17
                baz_sum 324789.3
                baz_created 1520872609.125
                # TYPE fizz_created gauge
                fizz_created 17.0
                # TYPE something histogram
                something_count 18
                something_sum 324789.4
                something_created 1520430001
                something_bucket{le="0.0"} 1
                something_bucket{le="1"} 2
                something_bucket{le="+Inf"} 18
                # TYPE yum summary
                yum_count 20
                yum_created 1520430003
                yum{quantile="0.95"} 123.7
                # TYPE thing histogram
                thing_created 1520872607.123
                thing_count 17
                thing_sum 324789.3
                thing_bucket{le="0.0"} 0
                thing_bucket{le="+Inf"} 17
                # TYPE thing_c counter
                thing_c_created 1520872607.123
                thing_c_total 14123.232
                # EOF
                """);

        assertThat(problems(scrape)).isEmpty();
        assertThat(starts(scrape))
                .isEqualTo(Map.of(
                        "bar_count", 1520872608124L,
                        "bar_sum", 1520872608124L,
                        "baz", 1520872609125L,
                        "something", 1520430001000L,
                        "yum_count", 1520430003000L,
                        "thing", 1520872607123L,
                        "thing_c_total", 1520872607123L));
        assertThat(samples(scrape))
                .containsEntry("fizz_created", 17.0)
                .doesNotContainKeys("bar_created", "baz_created", "thing_created");
    }

    @Test
    void takesCreatedSeriesWithoutTypesForSeries() {
        Scrape scrape = parse("foo_total 17.0\nfoo_created 1520872607.123\n# EOF\n");

        assertThat(problems(scrape)).isEmpty();
        assertThat(samples(scrape)).isEqualTo(Map.of("foo_total", 17.0, "foo_created", 1520872607.123));
    }
}
