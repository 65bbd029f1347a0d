package io.vedette.model.series;

import static io.vedette.model.frame.Frames.BUSY;
import static io.vedette.model.frame.Frames.histogram;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.model.entity.Entity;
import io.vedette.model.entity.EntityKind;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Frames;
import io.vedette.model.frame.Frames.WindowBuilder;
import io.vedette.model.frame.Window;
import io.vedette.model.histogram.Histogram;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DerivedSeriesTest {
    private static final SeriesSettings ONE_WINDOW = new SeriesSettings(
            List.of(Duration.ofMinutes(1)), List.of(0.5, 0.95), true, EnumSet.allOf(EntityKind.class), Set.of(), false);

    private static WindowBuilder minute() {
        return new WindowBuilder(60_000, 60_000);
    }

    private static List<String> values(SeriesSettings settings, Frame frame) {
        List<String> values = new ArrayList<>();
        DerivedSeries.of(settings).visit(frame, (name, entity, point, value) -> {
            assertThat(entity).isEqualTo(Labels.of(frame.entity()));
            values.add(name.substring(Series.prefix(frame.entity().kind()).length())
                    + (point.size() == 0 ? "" : point)
                    + ' '
                    + SeriesNumber.format(value));
        });
        return values;
    }

    private static List<String> of(String series, Frame frame) {
        return values(ONE_WINDOW, frame).stream()
                .filter(v -> v.startsWith(series + '{') || v.startsWith(series + ' '))
                .map(v -> v.substring(series.length()))
                .toList();
    }

    @Test
    void everySeriesOfAReplicaHasItsNameLabelsAndValue() {
        Window window = minute().grown(Signal.FINISHED_REQUESTS, "stop", 60)
                .grown(Signal.FINISHED_REQUESTS, "length", 30)
                .grown(Signal.FINISHED_REQUESTS, "repetition", 6)
                .grown(Signal.FINISHED_REQUESTS, "abort", 12)
                .grown(Signal.FINISHED_REQUESTS, "error", 3)
                .grown(Signal.HTTP_REQUESTS, "2xx", 108)
                .grown(Signal.HTTP_REQUESTS, "4xx", 6)
                .grown(Signal.HTTP_REQUESTS, "5xx", 12)
                .grown(Signal.ADMISSION_REJECTIONS, 12)
                .grown(Signal.PROMPT_TOKENS, 6000)
                .grown(Signal.GENERATION_TOKENS, 1500)
                .grown(Signal.PREEMPTIONS, 3)
                .grown(Signal.PREFIX_CACHE_QUERIES, 0)
                .grown(Signal.PREFIX_CACHE_HITS, 0)
                .observed(Signal.TIME_TO_FIRST_TOKEN, histogram(new double[] {0.25, 0.5}, 40, 0, 120, 0))
                .observed(Signal.REQUEST_PROMPT_TOKENS, histogram(new double[] {2000, 6000}, 40_000, 8, 2, 0))
                .observed(Signal.REQUEST_QUEUE_TIME, histogram(new double[] {0.5, 1}, 0, 0, 0, 0))
                .gauge(Signal.REQUESTS_RUNNING, 3.5, 6, 12)
                .gauge(Signal.KV_CACHE_USAGE, 0.125, 0.5, 12)
                .build();
        assertThat(values(ONE_WINDOW, Frames.replica(BUSY, window))).containsExactlyInAnyOrder("""
                up 1
                scrape_duration_seconds 0.0625
                requests_running 4
                requests_waiting 2
                kv_cache_usage_ratio 0.25
                progress_age_seconds 0
                requests_per_second{window="1m"} 1.6
                finished_requests_per_second{reason="stop",window="1m"} 1
                finished_requests_per_second{reason="length",window="1m"} 0.5
                finished_requests_per_second{reason="repetition",window="1m"} 0.1
                finished_requests_per_second{reason="abort",window="1m"} 0.2
                finished_requests_per_second{reason="error",window="1m"} 0.05
                request_failures_per_second{source="error",window="1m"} 0.05
                request_failures_per_second{source="http_5xx",window="1m"} 0.2
                request_failures_per_second{source="http_4xx",window="1m"} 0.1
                request_failures_per_second{source="admission",window="1m"} 0.2
                request_failures_per_second{source="lost",window="1m"} 0.05
                request_failure_ratio{window="1m"} 0.12195121951219512
                time_to_first_token_seconds{quantile="0.5",window="1m"} 0.375
                time_to_first_token_seconds{quantile="0.95",window="1m"} 0.4875
                time_to_first_token_lower_seconds{quantile="0.5",window="1m"} 0.25
                time_to_first_token_lower_seconds{quantile="0.95",window="1m"} 0.25
                time_to_first_token_upper_seconds{quantile="0.5",window="1m"} 0.5
                time_to_first_token_upper_seconds{quantile="0.95",window="1m"} 0.5
                time_to_first_token_mean_seconds{window="1m"} 0.3333333333333333
                time_to_first_token_observations{window="1m"} 120
                request_prompt_tokens{quantile="0.5",window="1m"} 1250
                request_prompt_tokens{quantile="0.95",window="1m"} 5000
                request_prompt_tokens_lower{quantile="0.5",window="1m"} 0
                request_prompt_tokens_lower{quantile="0.95",window="1m"} 2000
                request_prompt_tokens_upper{quantile="0.5",window="1m"} 2000
                request_prompt_tokens_upper{quantile="0.95",window="1m"} 6000
                request_prompt_tokens_mean{window="1m"} 4000
                request_prompt_tokens_observations{window="1m"} 10
                request_queue_time_observations{window="1m"} 0
                overlong_request_ratio{window="1m"} 0.1
                prompt_tokens_per_second{window="1m"} 100
                generation_tokens_per_second{window="1m"} 25
                preemptions_per_second{window="1m"} 0.05
                requests_running_mean{window="1m"} 3.5
                requests_running_max{window="1m"} 6
                kv_cache_usage_mean_ratio{window="1m"} 0.125
                kv_cache_usage_max_ratio{window="1m"} 0.5
                """.split("\n"));
    }

    @Test
    void aModelHasItsReplicasInsteadOfUpAndNoScrapeDuration() {
        assertThat(values(ONE_WINDOW, Frames.model(BUSY)))
                .containsExactlyInAnyOrder(
                        "replicas 3",
                        "replicas_up 2",
                        "requests_running 4",
                        "requests_waiting 2",
                        "kv_cache_usage_ratio 0.25",
                        "progress_age_seconds 0");
    }

    @Test
    void ratesAreAbsentBelowThirtySecondsButWhatIsObservedStands() {
        WindowBuilder window = new WindowBuilder(60_000, 29_999)
                .grown(Signal.FINISHED_REQUESTS, "stop", 1)
                .grown(Signal.PROMPT_TOKENS, 10)
                .observed(Signal.E2E_REQUEST_LATENCY, histogram(new double[] {2}, 1, 1, 0));
        assertThat(values(ONE_WINDOW, Frames.replica(Gauges.none(), window.build())))
                .containsExactlyInAnyOrder(
                        "up 1",
                        "request_failure_ratio{window=\"1m\"} 0",
                        "e2e_request_latency_seconds{quantile=\"0.5\",window=\"1m\"} 1",
                        "e2e_request_latency_seconds{quantile=\"0.95\",window=\"1m\"} 1.9",
                        "e2e_request_latency_lower_seconds{quantile=\"0.5\",window=\"1m\"} 0",
                        "e2e_request_latency_lower_seconds{quantile=\"0.95\",window=\"1m\"} 0",
                        "e2e_request_latency_upper_seconds{quantile=\"0.5\",window=\"1m\"} 2",
                        "e2e_request_latency_upper_seconds{quantile=\"0.95\",window=\"1m\"} 2",
                        "e2e_request_latency_mean_seconds{window=\"1m\"} 1",
                        "e2e_request_latency_observations{window=\"1m\"} 1");
    }

    @Test
    void zeroIsZeroAndUnknownIsAbsent() {
        WindowBuilder nothingFinished = minute().grown(Signal.FINISHED_REQUESTS, "stop", 0);
        Frame frame = Frames.replica(Gauges.none(), nothingFinished.build());
        assertThat(of("requests_per_second", frame)).containsExactly("{window=\"1m\"} 0");
        assertThat(of("request_failure_ratio", frame)).isEmpty();
        assertThat(of("request_failures_per_second", frame)).containsExactly("{source=\"error\",window=\"1m\"} 0");
        assertThat(of("requests_per_second", Frames.replica(Gauges.none(), minute().build())))
                .isEmpty();
    }

    @Test
    void failuresAreWhatTheHttpServerOrTheEngineCountsWhicheverIsMore() {
        WindowBuilder engineOnly =
                minute().grown(Signal.FINISHED_REQUESTS, "stop", 6).grown(Signal.FINISHED_REQUESTS, "error", 2);
        assertThat(of("request_failure_ratio", Frames.replica(BUSY, engineOnly.build())))
                .containsExactly("{window=\"1m\"} 0.25");
        WindowBuilder turnedAway = minute().grown(Signal.FINISHED_REQUESTS, "stop", 6)
                .grown(Signal.HTTP_REQUESTS, "5xx", 1)
                .grown(Signal.ADMISSION_REJECTIONS, "max_num_queued_reqs", 1)
                .grown(Signal.ADMISSION_REJECTIONS, "max_num_queued_tokens", 1);
        assertThat(of("request_failure_ratio", Frames.replica(BUSY, turnedAway.build())))
                .containsExactly("{window=\"1m\"} 0.25");
    }

    @Test
    void lostRequestsAreCountedOnlyWhereTheyCertainlyLeft() {
        WindowBuilder window = minute().grown(Signal.FINISHED_REQUESTS, "stop", 10)
                .grown(Signal.PREEMPTIONS, 1)
                .observed(Signal.TIME_TO_FIRST_TOKEN, histogram(new double[] {1}, 9, 18, 0));
        Gauges running = Gauges.builder().set(Signal.REQUESTS_RUNNING, 1).build();
        Gauges both = running.with(Signal.REQUESTS_WAITING, 5);
        assertThat(lost(Frames.replica(both, window.build()))).isEqualTo(18 - 10 - 1 - 1);
        assertThat(lost(Frames.replica(running, window.build()))).isEqualTo(18 - 10 - 1 - 1);
        assertThat(lost(Frames.replica(both.with(Signal.REQUESTS_RUNNING, 20), window.build())))
                .isZero();
        assertThat(lost(Frames.replica(Gauges.none(), window.build()))).isNaN();
        assertThat(lost(Frames.replica(both, minute().build()))).isNaN();
    }

    private static double lost(Frame frame) {
        return FailureSource.LOST.growth(frame, frame.windows().get(0));
    }

    @Test
    void whereThePrefixCacheIsInUseComputedTokensDecideWhatIsOverlong() {
        WindowBuilder window = minute().observed(
                        Signal.REQUEST_PROMPT_TOKENS, histogram(new double[] {4000}, 9000, 1, 1))
                .observed(Signal.REQUEST_COMPUTED_TOKENS, histogram(new double[] {4000}, 4000, 4, 0));
        assertThat(of("overlong_request_ratio", Frames.replica(BUSY, window.build())))
                .containsExactly("{window=\"1m\"} 0.5");
        window.grown(Signal.PREFIX_CACHE_QUERIES, 100).grown(Signal.PREFIX_CACHE_HITS, 25);
        assertThat(of("overlong_request_ratio", Frames.replica(BUSY, window.build())))
                .containsExactly("{window=\"1m\"} 0");
        assertThat(of("prefix_cache_hit_ratio", Frames.replica(BUSY, window.build())))
                .containsExactly("{window=\"1m\"} 0.25");
        window.observed(Signal.REQUEST_COMPUTED_TOKENS, histogram(new double[] {4000}, 0, 0, 0));
        assertThat(of("overlong_request_ratio", Frames.replica(BUSY, window.build())))
                .containsExactly("{window=\"1m\"} 0.5");
        assertThat(OverlongRequests.ratio(window.build(), Double.NaN)).isNaN();
    }

    @Test
    void anUpperBoundInTheLastBucketIsInfinite() {
        WindowBuilder window =
                minute().observed(Signal.REQUEST_DECODE_TIME, histogram(new double[] {1, 2}, 90, 0, 0, 3));
        assertThat(of("request_decode_time_upper_seconds", Frames.replica(BUSY, window.build())))
                .containsExactly("{quantile=\"0.5\",window=\"1m\"} +Inf", "{quantile=\"0.95\",window=\"1m\"} +Inf");
    }

    @Test
    void bucketsHoldWhatLiesAtOrBelowTheirBound() {
        WindowBuilder window =
                minute().observed(Signal.TIME_TO_FIRST_TOKEN, histogram(new double[] {0.5, 2}, 9, 4, 0, 1.5));
        assertThat(bucketsOf("time_to_first_token", window.build()))
                .containsExactly(
                        "{le=\"0.5\",window=\"1m\"} 4",
                        "{le=\"2\",window=\"1m\"} 4",
                        "{le=\"+Inf\",window=\"1m\"} 5.5");
    }

    @Test
    void bucketsOfDifferentBoundsMeetOnTheUnionWhereQuantilesLieOnTheirLines() {
        Histogram merged =
                histogram(new double[] {1, 2, 4}, 0, 10, 10, 10, 2).merge(histogram(new double[] {3}, 0, 6, 3));
        WindowBuilder window = minute().observed(Signal.E2E_REQUEST_LATENCY, merged);
        assertThat(bucketsOf("e2e_request_latency", window.build()))
                .containsExactly(
                        "{le=\"1\",window=\"1m\"} 12",
                        "{le=\"2\",window=\"1m\"} 24",
                        "{le=\"3\",window=\"1m\"} 31",
                        "{le=\"4\",window=\"1m\"} 36",
                        "{le=\"+Inf\",window=\"1m\"} 41");
        assertThat(merged.quantile(31 / 41.0)).isEqualTo(3);
    }

    @Test
    void bucketsAreBoundedInNumberAndAbsentWhereNothingWasObserved() {
        double[] bounds = IntStream.rangeClosed(1, 200).asDoubleStream().toArray();
        double[] counts = new double[201];
        Arrays.fill(counts, 1);
        WindowBuilder many = minute().observed(Signal.E2E_REQUEST_LATENCY, histogram(bounds, 0, counts))
                .observed(Signal.TIME_TO_FIRST_TOKEN, histogram(new double[] {1}, 0, 0, 0));
        List<String> buckets = bucketsOf("e2e_request_latency", many.build());
        assertThat(buckets)
                .hasSizeLessThanOrEqualTo(Buckets.MOST + 1)
                .startsWith("{le=\"4\",window=\"1m\"} 4")
                .endsWith("{le=\"200\",window=\"1m\"} 200", "{le=\"+Inf\",window=\"1m\"} 201");
        assertThat(bucketsOf("time_to_first_token", many.build())).isEmpty();
    }

    @Test
    void bucketsAreShownForTheKindsThatAreAskedForAndNotInTheLeanSet() {
        Window window = minute().observed(Signal.E2E_REQUEST_LATENCY, histogram(new double[] {2}, 1, 1, 0))
                .build();
        assertThat(values(SeriesSettings.DEFAULT, Frames.model(Gauges.none(), window)))
                .anyMatch(v -> v.contains("_bucket{"));
        assertThat(values(SeriesSettings.DEFAULT, Frames.replica(Gauges.none(), window)))
                .noneMatch(v -> v.contains("_bucket{"));
        SeriesSettings both = new SeriesSettings(
                SeriesSettings.DEFAULT_WINDOWS,
                List.of(0.5),
                false,
                EnumSet.allOf(EntityKind.class),
                EnumSet.of(EntityKind.REPLICA),
                false);
        assertThat(values(both, Frames.replica(Gauges.none(), window))).anyMatch(v -> v.contains("_bucket{"));
        assertThat(values(both.leanly(), Frames.replica(Gauges.none(), window))).noneMatch(v -> v.contains("_bucket{"));
        assertThat(values(both, Frames.model(Gauges.none(), window))).noneMatch(v -> v.contains("_bucket{"));
    }

    private static List<String> bucketsOf(String signal, Window window) {
        String name = signal + "_window_seconds_bucket";
        return values(SeriesSettings.DEFAULT, Frames.model(Gauges.none(), window)).stream()
                .filter(v -> v.startsWith(name))
                .map(v -> v.substring(name.length()))
                .toList();
    }

    @Test
    void settingsSayWhichWindowsQuantilesAndKindsAreShown() {
        WindowBuilder five = new WindowBuilder(300_000, 60_000).grown(Signal.PROMPT_TOKENS, 60);
        Frame frame = Frames.replica(
                Gauges.none(),
                minute().observed(Signal.E2E_REQUEST_LATENCY, histogram(new double[] {2}, 1, 1, 0))
                        .build(),
                five.build());
        SeriesSettings settings = new SeriesSettings(
                List.of(Duration.ofMinutes(5)), List.of(0.9), false, Set.of(EntityKind.REPLICA), Set.of(), false);
        assertThat(values(settings, frame)).containsExactly("up 1", "prompt_tokens_per_second{window=\"5m\"} 1");
        assertThat(values(settings, Frames.model(BUSY))).isEmpty();
    }

    @Test
    void theLeanSetOfReplicasHasTwoWindowsTwoQuantilesAndFiveHistograms() {
        WindowBuilder minute = minute();
        WindowBuilder tenMinutes = new WindowBuilder(600_000, 600_000);
        for (Signal signal : Signal.values()) {
            if (signal.kind() == Signal.Kind.HISTOGRAM) {
                minute.observed(signal, histogram(new double[] {2}, 1, 1, 0));
                tenMinutes.observed(signal, histogram(new double[] {2}, 1, 1, 0));
            }
        }
        SeriesSettings lean =
                SeriesSettings.ofReplay(SeriesSettings.DEFAULT_WINDOWS).leanly();
        Frame replica = Frames.replica(Gauges.none(), minute.build(), tenMinutes.build());
        assertThat(values(lean, replica).stream()
                        .filter(v -> v.contains("quantile"))
                        .map(v -> v.substring(0, v.indexOf(' ')))
                        .collect(Collectors.groupingBy(v -> v.substring(v.indexOf('{')), Collectors.counting())))
                .isEqualTo(Map.of(
                        "{quantile=\"0.5\",window=\"1m\"}", 5L,
                        "{quantile=\"0.95\",window=\"1m\"}", 5L));
        Frame model = Frames.model(Gauges.none(), minute.build(), tenMinutes.build());
        assertThat(values(lean, model).stream().filter(v -> v.contains("quantile")))
                .hasSize(9 * 3 * 4 * 2);
    }

    @Test
    void anEntityThatIsGoneHasNoValues() {
        Frame frame = Frames.replica(BUSY);
        assertThat(values(ONE_WINDOW, Frames.withRelease(frame, Frame.Release.REMOVED)))
                .isEmpty();
        assertThat(values(ONE_WINDOW, Frames.withRelease(frame, Frame.Release.SILENCE)))
                .isNotEmpty();
    }

    @Test
    void aTargetsLabelOfAReservedNameIsLeftOut() {
        Entity entity = Entity.replica(
                "a\"b\\c\nd", "0", "", "", "", Map.of("window", "mine", "zone", "z1", "node", "n", "empty", ""));
        StringBuilder rendered = new StringBuilder();
        Labels.of(entity).render(rendered, Labels.of(Map.of("window", "1m", "quantile", "0.5")));
        assertThat(rendered).hasToString("""
                engine="0",instance="a\\"b\\\\c\\nd",quantile="0.5",window="1m",zone="z1\"""");
    }

    @Test
    void renderingTogetherIsRenderingTheUnion() {
        Labels some = Labels.of(Map.of("a", "1", "c", "3"));
        Labels others = Labels.of(Map.of("b", "2", "c", "4"));
        StringBuilder rendered = new StringBuilder();
        some.render(rendered, others);
        assertThat(rendered).hasToString("a=\"1\",b=\"2\",c=\"4\"");
        assertThat(some.and(others)).hasToString("{" + rendered + "}");
        assertThat(some.and(Labels.NONE)).isSameAs(some);
        assertThat(some.get("c")).isEqualTo("3");
        assertThat(some.get("b")).isEmpty();
    }

    @Test
    void noEntityHasMoreSeriesThanForetold() {
        SeriesSettings settings = SeriesSettings.ofReplay(SeriesSettings.DEFAULT_WINDOWS);
        WindowBuilder window = minute();
        Gauges.Builder gauges = Gauges.builder();
        for (Signal signal : Signal.values()) {
            switch (signal.kind()) {
                case COUNTER -> window.grown(signal, 100);
                case HISTOGRAM -> window.observed(signal, histogram(new double[] {2}, 1, 1, 0));
                case GAUGE -> {
                    window.gauge(signal, 1, 1, 1);
                    gauges.set(signal, 1);
                }
            }
        }
        for (String reason : List.of("stop", "length", "abort", "error")) {
            window.grown(Signal.FINISHED_REQUESTS, reason, 1);
        }
        Frame frame = Frames.replica(gauges.build(), window.build());
        int ofFrame = 6;
        int most = DerivedSeries.of(settings).mostPerEntity(EntityKind.REPLICA);
        assertThat(values(settings, frame)).hasSize(ofFrame + (most - ofFrame) / 3);
    }

    @Test
    void everyNameIsThereOnce() {
        assertThat(SeriesCatalogue.all()).extracting(Series::name).doesNotHaveDuplicates();
        assertThat(Arrays.asList("vedette_replica_up", "vedette_model_replicas_up"))
                .allSatisfy(name -> assertThat(SeriesCatalogue.find(name)).isPresent());
    }

    @Test
    void numbersReadBackAsTheSame() {
        assertThat(SeriesNumber.format(3)).isEqualTo("3");
        assertThat(SeriesNumber.format(-0.0)).isEqualTo("0");
        assertThat(SeriesNumber.format(0.1)).isEqualTo("0.1");
        assertThat(SeriesNumber.format(1e-5)).isEqualTo("1.0E-5");
        assertThat(SeriesNumber.format(1e300)).isEqualTo("1.0E300");
        assertThat(SeriesNumber.format(Double.POSITIVE_INFINITY)).isEqualTo("+Inf");
        assertThat(SeriesNumber.format(Double.NEGATIVE_INFINITY)).isEqualTo("-Inf");
        assertThat(SeriesNumber.format(Double.NaN)).isEqualTo("NaN");
    }
}
