package io.vedette.model.otlp;

import static io.vedette.model.otlp.Otlp.START_MILLIS;
import static io.vedette.model.otlp.Otlp.TIME_MILLIS;
import static io.vedette.model.otlp.Otlp.counter;
import static io.vedette.model.otlp.Otlp.gauge;
import static io.vedette.model.otlp.Otlp.histogram;
import static io.vedette.model.otlp.Otlp.number;
import static io.vedette.model.otlp.Otlp.observations;
import static io.vedette.model.otlp.Otlp.record;
import static io.vedette.model.otlp.Otlp.scrape;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.histogram.Bounds;
import io.vedette.model.sample.CounterSample;
import io.vedette.model.sample.EngineScrape;
import io.vedette.model.sample.HistogramSample;
import io.vedette.model.sample.Target;
import io.vedette.model.sample.TargetScrape;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How data points become the engines of a scrape. */
class EngineRulesTest {
    private static final Target UNKNOWN = new Target("a:8000", "", "", "", "both", Map.of());

    private final RecordReader reader = new RecordReader(Catalogue.shipped());

    private TargetScrape only(Metric... metrics) throws UnreadableRecord {
        SampleRecord read = reader.read(record(scrape("a:8000", metrics)));
        assertThat(read.scrapes()).hasSize(1);
        return read.scrapes().get(0);
    }

    private static TargetScrape good(int dropped, EngineScrape... engines) {
        return new TargetScrape(UNKNOWN, TIME_MILLIS, null, Double.NaN, 0, 0, List.of(engines), dropped, 0);
    }

    private static EngineScrape counters(String engine, String model, CounterSample... counters) {
        return new EngineScrape(engine, model, List.of(counters), Gauges.none(), List.of());
    }

    private static CounterSample sample(Signal signal, String dimension, double value, int source) {
        return new CounterSample(signal, dimension, value, START_MILLIS, source);
    }

    @Test
    void ordersEnginesByNameAndGivesWhatNamesNoneToTheFirst() throws Exception {
        assertThat(only(
                        counter("http_requests_total", number(5, "status", "2xx", "handler", "/v1/completions")),
                        counter(
                                "vllm:prompt_tokens_total",
                                number(1, "engine", "2", "model_name", "m"),
                                number(2, "engine", "10", "model_name", "m"))))
                .isEqualTo(good(
                        0,
                        counters(
                                "10",
                                "m",
                                sample(Signal.HTTP_REQUESTS, "2xx", 5, 0),
                                sample(Signal.PROMPT_TOKENS, "", 2, 0)),
                        counters("2", "m", sample(Signal.PROMPT_TOKENS, "", 1, 0))));
    }

    @Test
    void callsTheEngineZeroWhereNoneIsNamed() throws Exception {
        assertThat(only(counter("vllm:prompt_tokens_total", number(1, "model", "m"))))
                .isEqualTo(good(0, counters("0", "m", sample(Signal.PROMPT_TOKENS, "", 1, 0))));
    }

    @Test
    void addsSeriesUpThatDifferInOtherLabelsAndTakesTheEarliestStart() throws Exception {
        NumberDataPoint later = number(4, "status", "2xx", "handler", "/v1/chat/completions").toBuilder()
                .setStartTimeUnixNano((START_MILLIS + 7000) * 1_000_000)
                .build();
        NumberDataPoint unknownStart = number(8, "status", "2xx", "handler", "none").toBuilder()
                .clearStartTimeUnixNano()
                .build();
        assertThat(only(counter(
                        "http_requests_total",
                        unknownStart,
                        later,
                        number(1, "status", "2xx", "handler", "/v1/completions"),
                        number(2, "status", "5xx", "handler", "/v1/completions"))))
                .isEqualTo(good(
                        0,
                        counters(
                                "0",
                                "",
                                sample(Signal.HTTP_REQUESTS, "2xx", 13, 0),
                                sample(Signal.HTTP_REQUESTS, "5xx", 2, 0))));
    }

    @Test
    void readsTheBestAliasPerEngineAndNeverAddsAliasesUp() throws Exception {
        TargetScrape scrape = only(
                gauge("vllm:gpu_cache_usage_perc", number(0.5, "engine", "0"), number(0.75, "engine", "1")),
                gauge("vllm:kv_cache_usage_perc", number(0.25, "engine", "0")),
                counter("vllm:gpu_prefix_cache_hits_total", number(100, "engine", "0")),
                counter("vllm:prefix_cache_hits_total", number(7, "engine", "0")),
                histogram("vllm:inter_token_latency_seconds", observations(List.of(1L, 2L, 3L), "engine", "0")),
                histogram("vllm:time_per_output_token_seconds", observations(List.of(9L, 9L, 9L), "engine", "0")));
        assertThat(scrape)
                .isEqualTo(good(
                        0,
                        new EngineScrape(
                                "0",
                                "",
                                List.of(sample(Signal.PREFIX_CACHE_HITS, "", 7, 0)),
                                Gauges.none().with(Signal.KV_CACHE_USAGE, 0.25),
                                List.of(new HistogramSample(
                                        Signal.INTER_TOKEN_LATENCY,
                                        Bounds.of(1, 2),
                                        new double[] {1, 2, 3},
                                        10,
                                        START_MILLIS,
                                        0))),
                        new EngineScrape(
                                "1", "", List.of(), Gauges.none().with(Signal.KV_CACHE_USAGE, 0.75), List.of())));
    }

    @Test
    void readsCountersThatLackTheirSuffixWhateverTypeTheyHave() throws Exception {
        assertThat(only(gauge("vllm:prompt_tokens", number(3, "engine", "0"))))
                .isEqualTo(good(0, counters("0", "", sample(Signal.PROMPT_TOKENS, "", 3, 1))));
        assertThat(only(
                        gauge("vllm:prompt_tokens", number(3, "engine", "0")),
                        counter("vllm:prompt_tokens_total", number(4, "engine", "0"))))
                .isEqualTo(good(0, counters("0", "", sample(Signal.PROMPT_TOKENS, "", 4, 0))));
    }

    @Test
    void knowsTheNamesOfTheArticle() throws Exception {
        assertThat(only(
                        counter("vllm:counter_request_success_total", number(9, "model", "m")),
                        counter("vllm:counter_request_failure_total", number(1, "model", "m")),
                        histogram("vllm:histogram_seq_len", observations(List.of(4L, 5L, 1L), "model", "m"))))
                .isEqualTo(good(
                        0,
                        new EngineScrape(
                                "0",
                                "m",
                                List.of(
                                        sample(Signal.FINISHED_REQUESTS, "error", 1, 2),
                                        sample(Signal.FINISHED_REQUESTS, "stop", 9, 2)),
                                Gauges.none(),
                                List.of(new HistogramSample(
                                        Signal.REQUEST_PROMPT_TOKENS,
                                        Bounds.of(1, 2),
                                        new double[] {4, 5, 1},
                                        10,
                                        START_MILLIS,
                                        1)))));
    }

    @Test
    void countsTheRoutersSeriesAndLeavesThemAlone() throws Exception {
        assertThat(only(
                        gauge("vllm:num_requests_running", number(3, "server", "http://b:8000")),
                        counter("vllm:gpu_prefix_cache_hits_total", number(3, "server", "http://b:8000"))))
                .isEqualTo(new TargetScrape(UNKNOWN, TIME_MILLIS, null, Double.NaN, 0, 0, List.of(), 0, 2));
    }

    @Test
    void tellsReplicasOfOneAddressApartAndTheirEnginesWithinThem() throws Exception {
        assertThat(only(
                        gauge(
                                "ray_vllm:prompt_tokens",
                                number(1, "ReplicaId", "b", "WorkerId", "w2", "engine", "0", "model_name", "m"),
                                number(2, "ReplicaId", "a", "WorkerId", "w1", "engine", "1", "model_name", "n"),
                                number(3, "ReplicaId", "a", "WorkerId", "w1", "engine", "0", "model_name", "n"),
                                number(4, "WorkerId", "w3", "engine", "0", "model_name", "m")),
                        gauge(
                                "ray_vllm:admission_rejections",
                                number(5, "ReplicaId", "a", "WorkerId", "w1", "model_name", "n"),
                                number(6, "ReplicaId", "c", "WorkerId", "w4", "model_name", "n"))))
                .isEqualTo(good(
                        0,
                        counters(
                                "a/0",
                                "n",
                                sample(Signal.ADMISSION_REJECTIONS, "", 5, 3),
                                sample(Signal.PROMPT_TOKENS, "", 3, 3)),
                        counters("a/1", "n", sample(Signal.PROMPT_TOKENS, "", 2, 3)),
                        counters("b/0", "m", sample(Signal.PROMPT_TOKENS, "", 1, 3)),
                        counters("c", "n", sample(Signal.ADMISSION_REJECTIONS, "", 6, 3)),
                        counters("w3/0", "m", sample(Signal.PROMPT_TOKENS, "", 4, 3))));
    }

    @Test
    void believesRaysFinishReasonsOnceARequestHasEndedWell() throws Exception {
        assertThat(only(gauge("ray_vllm_request_success", number(7, "WorkerId", "w", "finished_reason", "error"))))
                .isEqualTo(good(1, counters("w", "")));
        assertThat(only(gauge(
                        "ray_vllm_request_success",
                        number(7, "WorkerId", "w", "finished_reason", "error"),
                        number(1, "WorkerId", "w", "finished_reason", "length"))))
                .isEqualTo(good(
                        0,
                        counters(
                                "w",
                                "",
                                sample(Signal.FINISHED_REQUESTS, "error", 7, 7),
                                sample(Signal.FINISHED_REQUESTS, "length", 1, 7))));
    }

    @Test
    void callsEnginesByTheirModelsWhereNothingElseTellsThemApart() throws Exception {
        assertThat(only(
                        counter("http_requests_total", number(9, "status", "2xx")),
                        counter(
                                "vllm:prompt_tokens_total",
                                number(2, "model", "n", "version", "1"),
                                number(1, "model", "m", "version", "1"))))
                .isEqualTo(good(
                        0,
                        counters(
                                "m",
                                "m",
                                sample(Signal.HTTP_REQUESTS, "2xx", 9, 0),
                                sample(Signal.PROMPT_TOKENS, "", 1, 0)),
                        counters("n", "n", sample(Signal.PROMPT_TOKENS, "", 2, 0))));
    }

    @Test
    void takesTheLargestKvUsageOfSeveralProcessesUnlessABetterNameIsThere() throws Exception {
        Metric perProcess = gauge(
                "vllm:kv_cache_usage_perc",
                number(0, "engine", "0", "pid", "277"),
                number(0.75, "engine", "0", "pid", "273"));
        Metric old = gauge("vllm:gpu_cache_usage_perc", number(0.5, "engine", "0"));
        assertThat(only(perProcess).engines().get(0).gauges())
                .isEqualTo(Gauges.none().with(Signal.KV_CACHE_USAGE, 0.75));
        assertThat(only(perProcess, old).engines().get(0).gauges())
                .isEqualTo(Gauges.none().with(Signal.KV_CACHE_USAGE, 0.5));
    }

    @Test
    void readsOfTheSleepStateOnlyWhetherItIsAwake() throws Exception {
        assertThat(only(gauge(
                        "vllm:engine_sleep_state",
                        number(0, "engine", "0", "sleep_state", "awake"),
                        number(1, "engine", "0", "sleep_state", "discard_all"))))
                .isEqualTo(good(
                        0, new EngineScrape("0", "", List.of(), Gauges.none().with(Signal.AWAKE, 0), List.of())));
    }

    @Test
    void dropsAndCountsNumbersThatCannotBe() throws Exception {
        assertThat(only(
                        counter(
                                "vllm:request_success_total",
                                number(Double.NaN, "finished_reason", "stop"),
                                number(Double.POSITIVE_INFINITY, "finished_reason", "length"),
                                number(-1, "finished_reason", "abort"),
                                number(2, "finished_reason", "error")),
                        gauge("vllm:num_requests_running", number(Double.NaN)),
                        gauge("vllm:num_requests_waiting", number(Double.POSITIVE_INFINITY))))
                .isEqualTo(good(4, counters("0", "", sample(Signal.FINISHED_REQUESTS, "error", 2, 0))));
    }

    @Test
    void dropsAWholeSumWhenOneAddendCannotBe() throws Exception {
        assertThat(only(counter(
                        "http_requests_total",
                        number(10, "status", "2xx", "handler", "a"),
                        number(-3, "status", "2xx", "handler", "b"))))
                .isEqualTo(good(1, counters("0", "")));
    }

    @Test
    void dropsAndCountsHistogramsThatMakeNoSense() throws Exception {
        HistogramDataPoint fine = observations(List.of(1L, 2L, 3L));
        HistogramDataPoint falling = fine.toBuilder().setExplicitBounds(1, 0.5).build();
        HistogramDataPoint nan =
                fine.toBuilder().setExplicitBounds(1, Double.NaN).build();
        HistogramDataPoint short1 = fine.toBuilder().addExplicitBounds(3).build();
        HistogramDataPoint negative = fine.toBuilder().setBucketCounts(1, -2).build();
        HistogramDataPoint sumless = fine.toBuilder().clearSum().build();
        HistogramDataPoint nanSum = fine.toBuilder().setSum(Double.NaN).build();
        for (HistogramDataPoint point : List.of(falling, nan, short1, negative, sumless, nanSum)) {
            assertThat(only(
                            histogram("vllm:e2e_request_latency_seconds", point),
                            counter("vllm:prompt_tokens_total", number(1))))
                    .isEqualTo(good(1, counters("0", "", sample(Signal.PROMPT_TOKENS, "", 1, 0))));
        }
    }

    @Test
    void addsHistogramsUpOnlyWhereTheirBoundsAreTheSame() throws Exception {
        HistogramDataPoint other = observations(List.of(1L, 1L, 1L), "pid", "2").toBuilder()
                .setExplicitBounds(1, 5)
                .build();
        assertThat(only(histogram(
                                "vllm:e2e_request_latency_seconds",
                                observations(List.of(1L, 2L, 3L), "pid", "1"),
                                observations(List.of(1L, 1L, 1L), "pid", "2")))
                        .engines()
                        .get(0)
                        .histograms())
                .containsExactly(new HistogramSample(
                        Signal.E2E_REQUEST_LATENCY, Bounds.of(1, 2), new double[] {2, 3, 4}, 20, START_MILLIS, 0));
        assertThat(only(histogram(
                        "vllm:e2e_request_latency_seconds", observations(List.of(1L, 2L, 3L), "pid", "1"), other)))
                .isEqualTo(good(1, counters("0", "")));
    }

    @Test
    void readsAHistogramOfOneBucket() throws Exception {
        HistogramDataPoint countAlone = HistogramDataPoint.newBuilder()
                .setCount(5)
                .setSum(2.5)
                .setTimeUnixNano(TIME_MILLIS * 1_000_000)
                .build();
        assertThat(only(histogram("vllm:e2e_request_latency_seconds", countAlone))
                        .engines()
                        .get(0)
                        .histograms())
                .containsExactly(
                        new HistogramSample(Signal.E2E_REQUEST_LATENCY, Bounds.of(), new double[] {5}, 2.5, 0, 0));
    }

    @Test
    void dropsAndCountsMetricsOfAnotherKindThanTheirSignal() throws Exception {
        Metric summary = Metric.newBuilder()
                .setName("vllm:e2e_request_latency_seconds")
                .setSummary(Summary.getDefaultInstance())
                .build();
        Metric delta = counter("vllm:generation_tokens_total", number(1), number(2));
        delta = delta.toBuilder()
                .setSum(delta.getSum().toBuilder()
                        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA))
                .build();
        assertThat(only(
                        gauge("vllm:request_queue_time_seconds", number(1)),
                        histogram("vllm:num_requests_running", observations(List.of(1L, 2L, 3L))),
                        summary,
                        delta,
                        counter("vllm:prompt_tokens_total", number(1))))
                .isEqualTo(good(5, counters("0", "", sample(Signal.PROMPT_TOKENS, "", 1, 0))));
    }

    @Test
    void takesSeriesThatEndForAbsent() throws Exception {
        NumberDataPoint stale = number(0).toBuilder().setFlags(1).build();
        NumberDataPoint empty = number(0).toBuilder().clearValue().build();
        HistogramDataPoint staleHistogram =
                observations(List.of(0L, 0L, 0L)).toBuilder().setFlags(1).build();
        assertThat(only(
                        gauge("vllm:num_requests_running", stale, empty),
                        histogram("vllm:e2e_request_latency_seconds", staleHistogram)))
                .isEqualTo(good(0));
    }

    @Test
    void boundsHowManyEnginesAndPointsItReads() throws Exception {
        NumberDataPoint[] engines = IntStream.range(0, EngineAssembler.MOST_ENGINES + 3)
                .mapToObj(i -> number(1, "engine", "e" + i))
                .toArray(NumberDataPoint[]::new);
        TargetScrape many = only(counter("vllm:prompt_tokens_total", engines));
        assertThat(many.engines()).hasSize(EngineAssembler.MOST_ENGINES);
        assertThat(many.droppedSamples()).isEqualTo(3);

        NumberDataPoint[] points = IntStream.range(0, EngineAssembler.MOST_POINTS + 5)
                .mapToObj(i -> number(1, "status", "2xx", "handler", "h" + i))
                .toArray(NumberDataPoint[]::new);
        assertThat(only(counter("http_requests_total", points)))
                .isEqualTo(good(
                        5, counters("0", "", sample(Signal.HTTP_REQUESTS, "2xx", EngineAssembler.MOST_POINTS, 0))));
    }

    @Test
    void whatIsOfAnotherKindThanItsNameSaysIsSetAsideAndMakesNoEngine() throws Exception {
        assertThat(only(
                        gauge("vllm:e2e_request_latency_seconds", number(1, "engine", "7", "model_name", "m")),
                        histogram("vllm:prompt_tokens_total", observations(List.of(1L, 2L, 3L), "engine", "8")),
                        counter("vllm:prompt_tokens_total", number(3, "engine", "9", "model_name", "m"))))
                .isEqualTo(good(2, counters("9", "m", sample(Signal.PROMPT_TOKENS, "", 3, 0))));
    }
}
