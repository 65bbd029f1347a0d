package io.vedette.model.exposition;

import static io.vedette.model.exposition.Exposition.parse;
import static io.vedette.model.exposition.Exposition.problems;
import static io.vedette.model.exposition.Exposition.samples;
import static io.vedette.model.exposition.Exposition.starts;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpositionParserTest {

    private static final String VLLM_TEXT = """
            # HELP vllm:prompt_tokens_total Number of prefill tokens processed.
            # TYPE vllm:prompt_tokens_total counter
            vllm:prompt_tokens_total{engine="0",model_name="x"} 2882.0
            vllm:prompt_tokens_total{engine="1",model_name="x"} 7.0
            # HELP vllm:prompt_tokens_created Number of prefill tokens processed.
            # TYPE vllm:prompt_tokens_created gauge
            vllm:prompt_tokens_created{engine="0",model_name="x"} 1.7904702340026858e+09
            vllm:prompt_tokens_created{engine="1",model_name="x"} 1.7904702350026858e+09
            # TYPE vllm:iteration_tokens_total histogram
            vllm:iteration_tokens_total_bucket{engine="0",le="1.0",model_name="x"} 3.0
            vllm:iteration_tokens_total_bucket{engine="0",le="8.0",model_name="x"} 4.0
            vllm:iteration_tokens_total_bucket{engine="0",le="+Inf",model_name="x"} 5.0
            vllm:iteration_tokens_total_count{engine="0",model_name="x"} 5.0
            vllm:iteration_tokens_total_sum{engine="0",model_name="x"} 29.5
            # TYPE vllm:iteration_tokens_total_created gauge
            vllm:iteration_tokens_total_created{engine="0",model_name="x"} 1.7904702360000000e+09
            # TYPE process_start_time_seconds gauge
            process_start_time_seconds 1.79047022e+09
            """;

    private static final String VLLM_OPEN_METRICS = """
            # TYPE vllm:prompt_tokens counter
            # HELP vllm:prompt_tokens Number of prefill tokens processed.
            vllm:prompt_tokens_total{model_name="x",engine="0"} 2882
            vllm:prompt_tokens_created{model_name="x",engine="0"} 1790470234.003
            vllm:prompt_tokens_total{model_name="x",engine="1"} 7
            vllm:prompt_tokens_created{model_name="x",engine="1"} 1790470235.003
            # TYPE vllm:iteration_tokens_total histogram
            vllm:iteration_tokens_total_sum{model_name="x",engine="0"} 29.5
            vllm:iteration_tokens_total_count{model_name="x",engine="0"} 5
            vllm:iteration_tokens_total_created{model_name="x",engine="0"} 1790470236
            vllm:iteration_tokens_total_bucket{model_name="x",engine="0",le="8"} 4
            vllm:iteration_tokens_total_bucket{le="1",model_name="x",engine="0"} 3
            vllm:iteration_tokens_total_bucket{model_name="x",le="+Inf",engine="0"} 5
            # TYPE process_start_time_seconds gauge
            process_start_time_seconds 1.79047022e+09
            # EOF
            """;

    @Test
    void readsTheSameFamiliesFromTextAndFromOpenMetrics() {
        Labels engine0 = Labels.of("engine", "0", "model_name", "x");
        Labels engine1 = Labels.of("engine", "1", "model_name", "x");
        List<MetricFamily> expected = List.of(
                new NumberFamily(
                        "vllm:prompt_tokens_total",
                        MetricType.COUNTER,
                        "",
                        List.of(
                                new NumberPoint(engine0, 2882, 0, 1790470234003L),
                                new NumberPoint(engine1, 7, 0, 1790470235003L))),
                new HistogramFamily(
                        "vllm:iteration_tokens_total",
                        MetricType.HISTOGRAM,
                        "",
                        List.of(new HistogramPoint(
                                engine0, new double[] {1, 8}, new double[] {3, 4, 5}, 29.5, 0, 1790470236000L))),
                new NumberFamily(
                        "process_start_time_seconds",
                        MetricType.GAUGE,
                        "",
                        List.of(new NumberPoint(Labels.EMPTY, 1.79047022e9, 0, 0))));

        Scrape text = parse(VLLM_TEXT);
        Scrape openMetrics = parse(VLLM_OPEN_METRICS);

        assertThat(text.problems()).isEmpty();
        assertThat(text.families()).isEqualTo(expected);
        assertThat(openMetrics.problems()).isEmpty();
        assertThat(openMetrics.families()).isEqualTo(expected);
    }

    @Test
    void readsCarriageReturnsTabsAndBlanksAsIfTheyWereNotThere() {
        String untidy = " \t" + VLLM_TEXT.replace("} ", "}\t ").replace("\n", " \r\n  ") + "\n";

        Scrape scrape = parse(untidy);

        assertThat(scrape.problems()).isEmpty();
        assertThat(scrape.families()).isEqualTo(parse(VLLM_TEXT).families());
    }

    @Test
    void readsAPartOfAnArray() {
        byte[] body = ("garbage{" + VLLM_TEXT + "more garbage").getBytes(UTF_8);
        int length = VLLM_TEXT.length();

        Scrape scrape = new ExpositionParser().parse(body, 8, length, ExpositionFormat.TEXT);

        assertThat(scrape).isEqualTo(parse(VLLM_TEXT));
        assertThatThrownBy(() -> new ExpositionParser().parse(body, 8, body.length, ExpositionFormat.TEXT))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void readsEachBodyAfreshWhateverTheOneBeforeHeld() {
        ExpositionParser parser = new ExpositionParser();
        parser.parse("# TYPE a counter\na{b=\"c\"} 1 # {x=\"y\"} 1\n# UNIT x_s s\nbad{".getBytes(UTF_8));

        assertThat(parser.parse(VLLM_TEXT.getBytes(UTF_8))).isEqualTo(parse(VLLM_TEXT));
        assertThat(parser.parse("a 1\n".getBytes(UTF_8)).families())
                .containsExactly(
                        new NumberFamily("a", MetricType.UNKNOWN, "", List.of(new NumberPoint(Labels.EMPTY, 1, 0, 0))));
    }

    @Test
    void unescapesLabelValues() {
        Scrape scrape = parse("a{path=\"C:\\\\DIR\\n\\\"x\\\"\",odd=\"\\t\",end=\"\\\\\"} 1\n");

        assertThat(scrape.problems()).isEmpty();
        assertThat(((NumberFamily) scrape.families().get(0)).points().get(0).labels())
                .isEqualTo(Labels.of("path", "C:\\DIR\n\"x\"", "odd", "\\t", "end", "\\"));
    }

    @Test
    void takesALabelWithoutValueForNone() {
        Scrape scrape = parse("a{b=\"\"} 1\na 2\n");

        assertThat(samples(scrape)).isEqualTo(Map.of("a", 1.0));
        assertThat(problems(scrape)).containsExactly("2 DUPLICATE_SERIES");
    }

    @Test
    void keepsTheFirstOfSeriesThatOccurTwice() {
        Scrape scrape = parse("a{x=\"1\",y=\"2\"} 1\nb 5\na{y=\"2\",x=\"1\"} 2\n");

        assertThat(samples(scrape)).isEqualTo(Map.of("a{x=\"1\",y=\"2\"}", 1.0, "b", 5.0));
        assertThat(scrape.problems())
                .containsExactly(new Problem(
                        3,
                        ProblemReason.DUPLICATE_SERIES,
                        "a has occurred before with these labels: the first one counts"));
    }

    @Test
    void refusesALabelThatOccursTwice() {
        assertThat(problems(parse("a{x=\"1\",y=\"2\",x=\"1\"} 1\n"))).containsExactly("1 DUPLICATE_LABEL");
        assertThat(problems(parse("a{\"b\"} 1\n"))).containsExactly("1 INVALID_LABELS");
    }

    @Test
    void keepsTheFirstOfTypesThatDiffer() {
        Scrape scrape = parse("# TYPE a counter\n# TYPE a counter\n# TYPE a gauge\na 1\n");

        assertThat(scrape.families().get(0).type()).isEqualTo(MetricType.COUNTER);
        assertThat(problems(scrape)).containsExactly("3 CONFLICTING_TYPE");
    }

    @Test
    void heedsATypeThatStandsBehindItsSamples() {
        Scrape scrape =
                parse("h_bucket{le=\"1\"} 1\nh_bucket{le=\"+Inf\"} 2\nh_count 2\nh_sum 3\n# TYPE h histogram\n");

        assertThat(problems(scrape)).containsExactly("5 TYPE_AFTER_SAMPLES");
        assertThat(scrape.families())
                .containsExactly(new HistogramFamily(
                        "h",
                        MetricType.HISTOGRAM,
                        "",
                        List.of(new HistogramPoint(Labels.EMPTY, new double[] {1}, new double[] {1, 2}, 3, 0, 0))));
    }

    @Test
    void takesBucketsWithoutATypeForNumbers() {
        Scrape scrape = parse("h_bucket{a=\"b\",le=\"1.0\"} 1\nh_bucket{le=\"x\",a=\"b\"} 2\n");

        assertThat(scrape.problems()).isEmpty();
        assertThat(samples(scrape))
                .isEqualTo(Map.of("h_bucket{a=\"b\",le=\"1.0\"}", 1.0, "h_bucket{a=\"b\",le=\"x\"}", 2.0));
    }

    @Test
    void makesThreeFamiliesOfASummary() {
        Scrape scrape = parse("# TYPE s summary\ns{quantile=\"0.5\"} 7\ns_sum 8\ns_count 9\ns_created 1790470234\n");

        assertThat(scrape.problems()).isEmpty();
        assertThat(scrape.families())
                .extracting(MetricFamily::name, MetricFamily::type)
                .containsExactly(
                        tuple("s", MetricType.SUMMARY),
                        tuple("s_sum", MetricType.COUNTER),
                        tuple("s_count", MetricType.COUNTER));
        assertThat(starts(scrape)).isEqualTo(Map.of("s_sum", 1790470234000L, "s_count", 1790470234000L));
    }

    @Test
    void reportsStartsThatBelongToNothingOrAreNone() {
        Scrape scrape = parse("""
                # TYPE a counter
                a_total{x="1"} 1
                a_created{x="2"} 1790470234
                a_created{x="1"} NaN
                a_created{x="1"} -1
                # TYPE b_created gauge
                b_created 3
                """);

        assertThat(problems(scrape))
                .containsExactly("3 CREATED_WITHOUT_SERIES", "4 INVALID_TIMESTAMP", "5 INVALID_TIMESTAMP");
        assertThat(samples(scrape)).isEqualTo(Map.of("a_total{x=\"1\"}", 1.0, "b_created", 3.0));
    }

    @Test
    void readsTimestampsInTheUnitOfTheFormat() {
        assertThat(timestamp(parse("a 1 1790470234002\n"))).isEqualTo(1790470234002L);
        assertThat(timestamp(parse("a 1 -5\n"))).isEqualTo(-5);
        assertThat(timestamp(parse("a 1 1790470234.002\n"))).isEqualTo(1790470234002L);
        assertThat(timestamp(parse("a 1 1790470234\n# EOF\n"))).isEqualTo(1790470234000L);
        assertThat(timestamp(parse("a 1 1790470234\n", ExpositionFormat.OPEN_METRICS)))
                .isEqualTo(1790470234000L);
    }

    private static long timestamp(Scrape scrape) {
        return ((NumberFamily) scrape.families().get(0)).points().get(0).timestampMillis();
    }

    @Test
    void believesTheShapeOfABodyBeforeItsContentType() {
        assertThat(ExpositionFormat.ofContentType("application/openmetrics-text; version=1.0.0; charset=utf-8"))
                .isEqualTo(ExpositionFormat.OPEN_METRICS);
        assertThat(ExpositionFormat.ofContentType("text/plain; version=0.0.4")).isEqualTo(ExpositionFormat.TEXT);
        assertThat(ExpositionFormat.ofContentType(null)).isEqualTo(ExpositionFormat.TEXT);
        assertThat(parse(VLLM_OPEN_METRICS, ExpositionFormat.TEXT))
                .isEqualTo(parse(VLLM_OPEN_METRICS, ExpositionFormat.OPEN_METRICS));
        assertThat(parse(VLLM_TEXT, ExpositionFormat.OPEN_METRICS).families())
                .isEqualTo(parse(VLLM_TEXT, ExpositionFormat.TEXT).families());
    }

    @ParameterizedTest
    @ValueSource(strings = {"# UNIT a_seconds seconds", "# TYPE a info", "# TYPE a stateset", "a 1 # {t=\"x\"} 1"})
    void missesTheEndOfABodyThatOnlyOpenMetricsCanHave(String line) {
        assertThat(problems(parse(line + "\n"))).containsExactly("1 MISSING_EOF");
    }
}
