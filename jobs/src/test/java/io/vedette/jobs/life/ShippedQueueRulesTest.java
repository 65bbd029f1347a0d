package io.vedette.jobs.life;

import static io.vedette.jobs.rules.FrameBuilder.observed;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.jobs.rules.FrameBuilder;
import io.vedette.jobs.rules.ModelTuning;
import io.vedette.jobs.rules.RuleSet;
import io.vedette.model.histogram.Bounds;
import io.vedette.model.histogram.Histogram;
import io.vedette.model.series.SeriesSettings;
import io.vedette.model.signal.Signal;
import io.vedette.model.yaml.YamlValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** For each shipped rule about queues, latency and long prompts: what raises it, and what is close to it but must not. */
class ShippedQueueRulesTest {
    private static final RuleSet RULES =
            RuleSet.load(List.of(RuleSet.builtIn()), SeriesSettings.DEFAULT_WINDOWS, Map.of());
    private static final Bounds SECONDS = Bounds.of(0.3, 0.5, 0.8, 1, 2, 2.5, 5, 10, 15);
    private static final Bounds TOKENS = Bounds.of(100, 1_000, 2_000, 5_000, 10_000);

    private static Watch watch(FrameBuilder frames) {
        return new Watch(RULES, frames);
    }

    private static String summary(Watch watch, int event) {
        return watch.events().get(event).summary();
    }

    @Test
    void queueSlowFiresAfterTwoMinutesOfHalfTheRequestsWaiting() {
        Watch watch = watch(FrameBuilder.serving()
                        .histogram(Signal.REQUEST_QUEUE_TIME, observed(SECONDS, 5, 5, 20, 0, 0, 0, 0, 0, 0, 0))
                        .histogram(Signal.TIME_TO_FIRST_TOKEN, observed(SECONDS, 0, 0, 30, 0, 0, 0, 0, 0, 0, 0)))
                .passes(300);

        assertThat(watch.told()).containsExactly("120 s: queue-slow warning fires");
        assertThat(summary(watch, 0))
                .isEqualTo("gpu-7:8000 (glm): the wait in the queue is 0.57 s (limit 0.5 s);"
                        + " 0 are waiting now, 4 running.");
    }

    @Test
    void queueSlowIsSilentWithNineteenObservationsAndNobodyWaiting() {
        Watch watch = watch(FrameBuilder.serving()
                        .histogram(Signal.REQUEST_QUEUE_TIME, observed(SECONDS, 0, 0, 19, 0, 0, 0, 0, 0, 0, 0))
                        .histogram(Signal.TIME_TO_FIRST_TOKEN, observed(SECONDS, 0, 0, 19, 0, 0, 0, 0, 0, 0, 0)))
                .passes(300);

        assertThat(watch.told()).isEmpty();
    }

    @Test
    void queueBlockedFiresBeforeAnyRequestHasFinishedWhenTheQueueWillTakeLong() {
        Watch watch = watch(FrameBuilder.serving()
                        .gauge(Signal.REQUESTS_WAITING, 5)
                        .gaugeStats(Signal.REQUESTS_WAITING, 3, 5)
                        .histogram(Signal.REQUEST_QUEUE_TIME, Histogram.empty())
                        .histogram(Signal.TIME_TO_FIRST_TOKEN, observed(SECONDS, 0, 0, 0, 0, 60, 0, 0, 0, 0, 0)))
                .passes(200);

        assertThat(watch.told()).containsExactly("120 s: queue-blocked critical fires");
        assertThat(summary(watch, 0))
                .isEqualTo("gpu-7:8000 (glm): the wait in the queue is 5 s (limit 2 s);"
                        + " 5 are waiting now, and at this rate one that arrives in 5 min will wait 25 s.");
    }

    @Test
    void queueBlockedGoesMilderAndThenEndsAsTheQueueEmpties() {
        Watch watch = watch(FrameBuilder.serving()
                        .gauge(Signal.REQUESTS_WAITING, 3)
                        .histogram(Signal.REQUEST_QUEUE_TIME, observed(SECONDS, 0, 0, 0, 0, 0, 30, 0, 0, 0, 0))
                        .histogram(Signal.TIME_TO_FIRST_TOKEN, observed(SECONDS, 0, 0, 0, 0, 30, 0, 0, 0, 0, 0)))
                .passes(180)
                .given(f -> f.gauge(Signal.REQUESTS_WAITING, 0)
                        .histogram(Signal.REQUEST_QUEUE_TIME, observed(SECONDS, 0, 0, 30, 0, 0, 0, 0, 0, 0, 0)))
                .passes(120)
                .given(f -> f.histogram(Signal.REQUEST_QUEUE_TIME, observed(SECONDS, 30, 0, 0, 0, 0, 0, 0, 0, 0, 0)))
                .passes(120);

        assertThat(watch.told())
                .containsExactly(
                        "120 s: queue-blocked critical fires",
                        "240 s: queue-slow warning fires",
                        "360 s: queue-slow warning ends: recovered");
        assertThat(watch.events())
                .extracting(e -> e.startsAt().toEpochMilli() - Watch.START)
                .containsOnly(120_000L);
        assertThat(watch.events()).extracting(e -> e.sequence()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void queueDeepFiresOnSixWaitingBehindRunningOnesForFiveMinutes() {
        Watch six = watch(deep(6)).passes(400);
        Watch five = watch(deep(5)).passes(400);

        assertThat(six.told()).containsExactly("300 s: queue-deep warning fires");
        assertThat(five.told()).isEmpty();
    }

    /** A queue that is deep and yet moves fast: thirty first tokens a second. */
    private static FrameBuilder deep(int waiting) {
        return FrameBuilder.serving()
                .gauge(Signal.REQUESTS_WAITING, waiting)
                .growth(Signal.FINISHED_REQUESTS, FrameBuilder.FINISHED, 1_800)
                .histogram(Signal.REQUEST_QUEUE_TIME, observed(SECONDS, 1_800, 0, 0, 0, 0, 0, 0, 0, 0, 0))
                .histogram(Signal.TIME_TO_FIRST_TOKEN, observed(SECONDS, 1_800, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void queueDeepIsNormalForABatchModel() {
        YamlValue batch = YamlValue.parse("vedette.yaml", "batch").orElseThrow();
        RuleSet rules = RuleSet.load(
                List.of(RuleSet.builtIn()), SeriesSettings.DEFAULT_WINDOWS, Map.of("glm", ModelTuning.of(batch, null)));

        assertThat(new Watch(rules, deep(6)).passes(400).told()).isEmpty();
    }

    @Test
    void latencyP95FiresAfterThreeMinutesAndSaysWithinWhichBoundsTheFigureLies() {
        Watch watch = watch(FrameBuilder.serving()
                        .histogram(Signal.E2E_REQUEST_LATENCY, observed(SECONDS, 0, 0, 0, 0, 90, 0, 10, 0, 0, 0)))
                .passes(300);

        assertThat(watch.told()).containsExactly("180 s: latency-p95-high warning fires");
        assertThat(summary(watch, 0))
                .isEqualTo(
                        "gpu-7:8000 (glm): 5 % of the answers take 3.8 s or longer (limit 3 s; by the histogram's buckets"
                                + " the true figure lies between 2.5 s and 5 s).");
        assertThat(watch.events().get(0).evidence())
                .extracting(Object::toString)
                .containsExactly(
                        "Evidence[series=vedette_replica_e2e_request_latency_seconds{window=\"5m\",quantile=\"0.95\"},"
                                + " value=3.75, lower=2.5, upper=5.0]");
    }

    @Test
    void latencyP95IsSilentBelowItsLimitOrWithNineteenObservations() {
        Watch fast = watch(FrameBuilder.serving()
                        .histogram(Signal.E2E_REQUEST_LATENCY, observed(SECONDS, 0, 0, 0, 0, 96, 0, 4, 0, 0, 0)))
                .passes(300);
        Watch few = watch(FrameBuilder.serving()
                        .histogram(Signal.E2E_REQUEST_LATENCY, observed(SECONDS, 0, 0, 0, 0, 0, 0, 19, 0, 0, 0)))
                .passes(300);

        assertThat(fast.told()).isEmpty();
        assertThat(few.told()).isEmpty();
    }

    @Test
    void latencyP99FiresAfterTenMinutesWhereP95IsFine() {
        Watch slow = watch(FrameBuilder.serving()
                        .histogram(Signal.E2E_REQUEST_LATENCY, observed(SECONDS, 0, 0, 0, 0, 98, 0, 0, 0, 2, 0)))
                .passes(700);
        Watch few = watch(FrameBuilder.serving()
                        .histogram(Signal.E2E_REQUEST_LATENCY, observed(SECONDS, 0, 0, 0, 0, 97, 0, 0, 0, 2, 0)))
                .passes(700);

        assertThat(slow.told()).containsExactly("600 s: coverage info fires", "600 s: latency-p99-high warning fires");
        assertThat(few.told()).containsExactly("600 s: coverage info fires");
    }

    @Test
    void overlongContextWarnsOfPromptsInBucketsWhollyAboveTheLimit() {
        Watch watch = watch(FrameBuilder.serving()
                        .promptLimit(4_000)
                        .histogram(Signal.REQUEST_PROMPT_TOKENS, observed(TOKENS, 0, 395, 0, 0, 5, 0)))
                .passes(120);

        assertThat(watch.told()).containsExactly("60 s: overlong-context warning fires");
        assertThat(watch.events().get(0).value()).isEqualTo(5.0 / 400);
    }

    @Test
    void overlongContextOnlyInformsWhereTheStraightLineInsideTheLimitsBucketSaysSo() {
        Watch watch = watch(FrameBuilder.serving()
                        .promptLimit(4_000)
                        .histogram(Signal.REQUEST_PROMPT_TOKENS, observed(TOKENS, 0, 380, 0, 20, 0, 0)))
                .passes(120);

        assertThat(watch.told()).containsExactly("60 s: overlong-context info fires");
        assertThat(summary(watch, 0))
                .isEqualTo(
                        "gpu-7:8000 (glm): some 1.7 % of the prompts seem to be longer than 4,000 tokens (limit 1 %);"
                                + " the histogram's buckets are too coarse to be sure.");
    }

    @Test
    void overlongContextIsSilentWithoutALimitWithFourOfThemOrWhereTheyWereCached() {
        Histogram five = observed(TOKENS, 0, 395, 0, 0, 5, 0);
        Watch noLimit = watch(FrameBuilder.serving().histogram(Signal.REQUEST_PROMPT_TOKENS, five))
                .passes(120);
        Watch four = watch(FrameBuilder.serving()
                        .promptLimit(4_000)
                        .histogram(Signal.REQUEST_PROMPT_TOKENS, observed(TOKENS, 0, 196, 0, 0, 4, 0)))
                .passes(120);
        Watch cached = watch(FrameBuilder.serving()
                        .promptLimit(4_000)
                        .growth(Signal.PREFIX_CACHE_QUERIES, "", 100_000)
                        .growth(Signal.PREFIX_CACHE_HITS, "", 40_000)
                        .histogram(Signal.REQUEST_PROMPT_TOKENS, five)
                        .histogram(Signal.REQUEST_COMPUTED_TOKENS, observed(TOKENS, 0, 400, 0, 0, 0, 0)))
                .passes(120);

        assertThat(noLimit.told()).isEmpty();
        assertThat(four.told()).isEmpty();
        assertThat(cached.told()).isEmpty();
    }
}
