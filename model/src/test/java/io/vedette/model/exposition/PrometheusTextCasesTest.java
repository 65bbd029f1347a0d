package io.vedette.model.exposition;

import static io.vedette.model.exposition.Exposition.parse;
import static io.vedette.model.exposition.Exposition.problems;
import static io.vedette.model.exposition.Exposition.samples;
import static io.vedette.model.exposition.Exposition.starts;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The cases that Prometheus holds its own parser against, rewritten: {@code promparse_test.go} in {@code model/textparse} of
 * github.com/prometheus/prometheus, Copyright The Prometheus Authors, Apache-2.0.
 *
 * <p>Where Prometheus gives a body up at its first error, the line alone is expected to go. A bad line here stands between
 * two good ones; those of OpenMetrics are among them, as one grammar reads both.
 */
class PrometheusTextCasesTest {

    @Test
    void readsTheTextFormat() {
        Scrape scrape = parse("""
                # HELP go_gc_duration_seconds A summary of the GC invocation durations.
                # \tTYPE go_gc_duration_seconds summary
                go_gc_duration_seconds{quantile="0"} 4.9351e-05
                go_gc_duration_seconds{quantile="0.25",} 7.424100000000001e-05
                go_gc_duration_seconds{quantile="0.5",a="b"} 8.3835e-05
                go_gc_duration_seconds{quantile="0.8", a="b"} 8.3835e-05
                go_gc_duration_seconds{ quantile="0.9", a="b"} 8.3835e-05
                # Hrandom comment starting with prefix of HELP
                #
                wind_speed{A="2",c="3"} 12345
                # comment with escaped \\n newline
                # comment with escaped \\ escape character
                # HELP nohelp1
                # HELP nohelp2\s
                go_gc_duration_seconds{ quantile="1.0", a="b" } 8.3835e-05
                go_gc_duration_seconds { quantile="1.1", a="b" } 8.3835e-05
                go_gc_duration_seconds { quantile= "1.2", a= "b", } 8.3835e-05
                go_gc_duration_seconds { quantile = "1.3", a = "b" } 8.3835e-05
                go_gc_duration_seconds { quantile = "2.0" a = "b" } 8.3835e-05
                go_gc_duration_seconds_count 99
                some:aggregate:rate5m{a_b="c"}\t1
                # HELP go_goroutines Number of goroutines that currently exist.
                # TYPE go_goroutines gauge
                go_goroutines 33  \t123123
                _metric_starting_with_underscore 1
                testmetric{_label_starting_with_underscore="foo"} 1
                testmetric{label="\\"bar\\""} 1
                # HELP metric foo\0bar
                null_byte_metric{a="abc\0"} 1
                """);

        assertThat(problems(scrape)).isEmpty();
        assertThat(samples(scrape))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("go_gc_duration_seconds{quantile=\"0\"}", 4.9351e-05),
                        Map.entry("go_gc_duration_seconds{quantile=\"0.25\"}", 7.424100000000001e-05),
                        Map.entry("go_gc_duration_seconds{a=\"b\",quantile=\"0.5\"}", 8.3835e-05),
                        Map.entry("go_gc_duration_seconds{a=\"b\",quantile=\"0.8\"}", 8.3835e-05),
                        Map.entry("go_gc_duration_seconds{a=\"b\",quantile=\"0.9\"}", 8.3835e-05),
                        Map.entry("wind_speed{A=\"2\",c=\"3\"}", 12345.0),
                        Map.entry("go_gc_duration_seconds{a=\"b\",quantile=\"1.0\"}", 8.3835e-05),
                        Map.entry("go_gc_duration_seconds{a=\"b\",quantile=\"1.1\"}", 8.3835e-05),
                        Map.entry("go_gc_duration_seconds{a=\"b\",quantile=\"1.2\"}", 8.3835e-05),
                        Map.entry("go_gc_duration_seconds{a=\"b\",quantile=\"1.3\"}", 8.3835e-05),
                        Map.entry("go_gc_duration_seconds{a=\"b\",quantile=\"2.0\"}", 8.3835e-05),
                        Map.entry("go_gc_duration_seconds_count", 99.0),
                        Map.entry("some:aggregate:rate5m{a_b=\"c\"}", 1.0),
                        Map.entry("go_goroutines", 33.0),
                        Map.entry("_metric_starting_with_underscore", 1.0),
                        Map.entry("testmetric{_label_starting_with_underscore=\"foo\"}", 1.0),
                        Map.entry("testmetric{label=\"\\\"bar\\\"\"}", 1.0),
                        Map.entry("null_byte_metric{a=\"abc\0\"}", 1.0)));
        assertThat(scrape.families())
                .contains(
                        new NumberFamily(
                                "go_goroutines",
                                MetricType.GAUGE,
                                "",
                                List.of(new NumberPoint(Labels.EMPTY, 33, 123123, 0))),
                        new NumberFamily(
                                "go_gc_duration_seconds_count",
                                MetricType.COUNTER,
                                "",
                                List.of(new NumberPoint(Labels.EMPTY, 99, 0, 0))));
    }

    @ParameterizedTest
    @MethodSource
    void readsQuotedNames(String line, String name, Labels labels) {
        Scrape scrape = parse(line + " 8.3835e-05\n");

        assertThat(scrape.problems()).isEmpty();
        assertThat(scrape.families())
                .containsExactly(new NumberFamily(
                        name, MetricType.UNKNOWN, "", List.of(new NumberPoint(labels, 8.3835e-05, 0, 0))));
    }

    static Stream<Arguments> readsQuotedNames() {
        String name = "go.gc_duration_seconds";
        Labels labels = Labels.of("quantile", "1.0", "a", "b");
        return Stream.of(
                Arguments.of("{\"go.gc_duration_seconds\"}", name, Labels.EMPTY),
                Arguments.of("{\"go.gc_duration_seconds\",quantile=\"0.25\",}", name, Labels.of("quantile", "0.25")),
                Arguments.of("{\"go.gc_duration_seconds\", quantile=\"1.0\", a=\"b\" }", name, labels),
                Arguments.of("{ \"go.gc_duration_seconds\", quantile= \"1.0\", a= \"b\", }", name, labels),
                Arguments.of("{ \"go.gc_duration_seconds\", quantile = \"1.0\", a = \"b\" }", name, labels),
                Arguments.of("{quantile=\"1.0\",\"go.gc_duration_seconds\",a=\"b\"}", name, labels),
                Arguments.of(
                        "{\"Heizölrückstoßabdämpfung 10€ metric with \\\"interesting\\\" {character\\nchoices}\","
                                + "\"strange©™\\n'quoted' \\\"name\\\"\"=\"6\"}",
                        "Heizölrückstoßabdämpfung 10€ metric with \"interesting\" {character\nchoices}",
                        Labels.of("strange©™\n'quoted' \"name\"", "6")));
    }

    @Test
    void readsQuotedNamesInMetadata() {
        Scrape scrape = parse("""
                # HELP "go.gc_duration_seconds" A summary of the GC invocation durations.
                # TYPE "go.gc_duration_seconds" summary
                # UNIT "go.gc_duration_seconds" seconds
                {"go.gc_duration_seconds",quantile="0"} 4.9351e-05
                {"go.gc_duration_seconds_created"} 1520872607.123
                {"go.gc_duration_seconds_sum"} 0.004304266
                quotedexemplar_count 1 # {"id.thing"="histogram-count-test"} 4
                quotedexemplar2_count 1 # {"id.thing"="histogram-count-test",other="hello"} 4
                # EOF
                """);

        assertThat(problems(scrape)).isEmpty();
        assertThat(scrape.families())
                .extracting(MetricFamily::name, MetricFamily::type, MetricFamily::unit)
                .containsExactly(
                        tuple("go.gc_duration_seconds", MetricType.SUMMARY, "seconds"),
                        tuple("go.gc_duration_seconds_sum", MetricType.COUNTER, "seconds"),
                        tuple("quotedexemplar_count", MetricType.UNKNOWN, ""),
                        tuple("quotedexemplar2_count", MetricType.UNKNOWN, ""));
        assertThat(starts(scrape)).isEqualTo(Map.of("go.gc_duration_seconds_sum", 1520872607123L));
    }

    @ParameterizedTest
    @MethodSource
    void setsBadLinesAside(String line, ProblemReason reason) {
        byte[] body = ("before 1\n" + line + "\nafter 2\n").getBytes(ISO_8859_1);

        Scrape scrape = new ExpositionParser().parse(body);

        assertThat(problems(scrape)).containsExactly("2 " + reason);
        assertThat(samples(scrape)).isEqualTo(Map.of("before", 1.0, "after", 2.0));
    }

    static Stream<Arguments> setsBadLinesAside() {
        return Stream.of(
                Arguments.of("a", ProblemReason.INVALID_VALUE),
                Arguments.of("a{b='c'} 1", ProblemReason.INVALID_LABELS),
                Arguments.of("a{b=", ProblemReason.INVALID_LABELS),
                Arguments.of("a{\u00ff=\"foo\"} 1", ProblemReason.INVALID_LABELS),
                Arguments.of("a{b=\"\u00ff\"} 1", ProblemReason.INVALID_UTF8),
                Arguments.of("{\"a\", \"b = \"c\"}", ProblemReason.INVALID_LABELS),
                Arguments.of("{\"a\",b\\nc=\"d\"} 1", ProblemReason.INVALID_LABELS),
                Arguments.of("a true", ProblemReason.INVALID_VALUE),
                Arguments.of("something_weird{problem=\"", ProblemReason.INVALID_LABELS),
                Arguments.of("empty_label_name{=\"\"} 0", ProblemReason.INVALID_LABELS),
                Arguments.of("foo 1_2", ProblemReason.INVALID_VALUE),
                Arguments.of("foo 0x1p-3", ProblemReason.INVALID_VALUE),
                Arguments.of("foo 0x1P-3", ProblemReason.INVALID_VALUE),
                Arguments.of("foo 0 1_2", ProblemReason.INVALID_TIMESTAMP),
                Arguments.of("{a=\"ok\"} 1", ProblemReason.INVALID_NAME),
                Arguments.of("{b=\"c\",} 1", ProblemReason.INVALID_NAME),
                Arguments.of("# TYPE #", ProblemReason.INVALID_METADATA),
                Arguments.of("# HELP #", ProblemReason.INVALID_METADATA),
                Arguments.of("a{b=\0\"ssss\"} 1", ProblemReason.INVALID_LABELS),
                Arguments.of("a{b=\"\0", ProblemReason.INVALID_LABELS),
                Arguments.of("a{b\0=\"hiih\"}\t1", ProblemReason.INVALID_LABELS),
                Arguments.of("a\0{b=\"ddd\"} 1", ProblemReason.INVALID_NAME),
                Arguments.of("a 0 1\0", ProblemReason.INVALID_TIMESTAMP),
                Arguments.of("9", ProblemReason.INVALID_NAME),
                Arguments.of("# TYPE ", ProblemReason.INVALID_METADATA),
                Arguments.of("# TYPE m", ProblemReason.INVALID_METADATA),
                Arguments.of("# UNIT ", ProblemReason.INVALID_METADATA),
                Arguments.of("# HELP ", ProblemReason.INVALID_METADATA),
                Arguments.of("a 1 1z", ProblemReason.INVALID_TIMESTAMP),
                Arguments.of("a 1 1 1", ProblemReason.INVALID_EXEMPLAR),
                Arguments.of("a 1 2 #", ProblemReason.INVALID_EXEMPLAR),
                Arguments.of("a{,b=\"c\"} 1", ProblemReason.INVALID_LABELS),
                Arguments.of("a{b=\"c\",,d=\"e\"} 1", ProblemReason.INVALID_LABELS),
                Arguments.of("a 1 NaN", ProblemReason.INVALID_TIMESTAMP),
                Arguments.of("a 1 -Inf", ProblemReason.INVALID_TIMESTAMP),
                Arguments.of("a 1 Inf", ProblemReason.INVALID_TIMESTAMP),
                Arguments.of("custom_metric_total 1 # {aa=bb}", ProblemReason.INVALID_LABELS),
                Arguments.of("custom_metric_total 1 # {aa=\"bb\"}", ProblemReason.INVALID_EXEMPLAR),
                Arguments.of("custom_metric_total 1 # {bb}", ProblemReason.INVALID_LABELS),
                Arguments.of("custom_metric_total 1 # {bb, a=\"dd\"}", ProblemReason.INVALID_LABELS),
                Arguments.of("custom_metric_total 1 # {aa=\"bb\",,cc=\"dd\"} 1", ProblemReason.INVALID_LABELS),
                Arguments.of("custom_metric_total 1 # {aa=\"bb\"} 1_2", ProblemReason.INVALID_EXEMPLAR),
                Arguments.of("custom_metric_total 1 # {aa=\"bb\"} 0x1p-3", ProblemReason.INVALID_EXEMPLAR),
                Arguments.of("custom_metric_total 1 # {aa=\"bb\"} true", ProblemReason.INVALID_EXEMPLAR),
                Arguments.of("custom_metric_total 1 # {aa=\"bb\",cc=}", ProblemReason.INVALID_LABELS),
                Arguments.of("custom_metric_total 1 # {aa=\\\"\u00ff\\\"} 9.0", ProblemReason.INVALID_LABELS),
                Arguments.of("hhh_bucket{le=\"+Inf\"} 1 # {aa=\"bb\"} 4 NaN", ProblemReason.INVALID_EXEMPLAR),
                Arguments.of("hhh_bucket{le=\"+Inf\"} 1 # {aa=\"bb\"} 4 -Inf", ProblemReason.INVALID_EXEMPLAR),
                Arguments.of("custom_metric_total 1 # {b=\0\"ssss\"} 1", ProblemReason.INVALID_LABELS));
    }
}
