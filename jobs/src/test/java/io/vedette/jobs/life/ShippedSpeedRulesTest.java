package io.vedette.jobs.life;

import static io.vedette.jobs.rules.FrameBuilder.observed;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.jobs.rules.FrameBuilder;
import io.vedette.jobs.rules.ModelTuning;
import io.vedette.jobs.rules.RuleSet;
import io.vedette.model.histogram.Bounds;
import io.vedette.model.series.SeriesSettings;
import io.vedette.model.signal.Signal;
import io.vedette.model.yaml.YamlValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What a person reads at night when one of the shipped rules about tokens, the KV cache, throughput and models fires; and what is close to it but must
 * not. {@code rules/default.test.yaml} has more.
 */
class ShippedSpeedRulesTest {
    private static final RuleSet RULES =
            RuleSet.load(List.of(RuleSet.builtIn()), SeriesSettings.DEFAULT_WINDOWS, Map.of());
    private static final Bounds SECONDS = Bounds.of(0.05, 0.1, 0.2, 0.4, 1, 2.5, 10, 20, 40, 80);
    private static final Bounds TOKENS = Bounds.of(100, 500, 1_000, 2_000, 5_000);
    private static final long LONG = 600_000;

    private static Watch watch(FrameBuilder frames) {
        return new Watch(RULES, frames);
    }

    private static Watch watch(String tuning, FrameBuilder frames) {
        ModelTuning model =
                ModelTuning.of(YamlValue.parse("vedette.yaml", tuning).orElseThrow());
        return new Watch(
                RuleSet.load(List.of(RuleSet.builtIn()), SeriesSettings.DEFAULT_WINDOWS, Map.of("glm", model)), frames);
    }

    private static FrameBuilder model() {
        return new FrameBuilder(FrameBuilder.MODEL)
                .gauge(Signal.REQUESTS_RUNNING, 8)
                .gauge(Signal.REQUESTS_WAITING, 0)
                .growth(Signal.FINISHED_REQUESTS, FrameBuilder.FINISHED, 600)
                .growth(Signal.GENERATION_TOKENS, "", 60_000)
                .members(2, 2);
    }

    private static String summary(Watch watch) {
        return watch.events().get(0).summary();
    }

    @Test
    void ttftHighSaysWhetherItIsTheQueueOrThePrefill() {
        Watch watch = watch(FrameBuilder.serving()
                        .histogram(Signal.TIME_TO_FIRST_TOKEN, observed(SECONDS, 0, 0, 0, 60, 30, 0, 10, 0, 0, 0, 0))
                        .histogram(Signal.REQUEST_QUEUE_TIME, observed(SECONDS, 100, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
                        .histogram(Signal.REQUEST_PREFILL_TIME, observed(SECONDS, 0, 0, 0, 60, 30, 10, 0, 0, 0, 0, 0)))
                .passes(400);

        assertThat(watch.told()).containsExactly("300 s: ttft-high warning fires");
        assertThat(summary(watch))
                .isEqualTo(
                        "gpu-7:8000 (glm): the first token takes 6.3 s (limit 2 s); P50 is 0.37 s, P95 6.3 s, P99 9.3 s. "
                                + "In it, P95 of the wait in the queue is 0.048 s, of the prefill 1.8 s. 0 are waiting, 4 running.");
    }

    @Test
    void ttftHighIsCriticalWhereOneInAHundredWaitsHalfAMinuteButNotForASingleOne() {
        Watch two = watch(FrameBuilder.serving()
                        .histogram(Signal.TIME_TO_FIRST_TOKEN, observed(SECONDS, 98, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0)))
                .passes(400);
        Watch one = watch(FrameBuilder.serving()
                        .histogram(Signal.TIME_TO_FIRST_TOKEN, observed(SECONDS, 50, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0)))
                .passes(400);

        assertThat(two.told()).containsExactly("300 s: ttft-high critical fires");
        assertThat(one.told()).isEmpty();
    }

    @Test
    void itlHighTellsHowManyPromptTokensComeInBesideThoseGenerated() {
        Watch watch = watch(FrameBuilder.serving()
                        .growth(Signal.GENERATION_TOKENS, 300_000, "", 12_000)
                        .growth(Signal.PROMPT_TOKENS, 300_000, "", 600_000)
                        .histogram(Signal.INTER_TOKEN_LATENCY, observed(SECONDS, 900, 0, 0, 100, 0, 0, 0, 0, 0, 0, 0)))
                .passes(400);
        Watch few = watch(FrameBuilder.serving()
                        .histogram(Signal.INTER_TOKEN_LATENCY, observed(SECONDS, 0, 0, 0, 99, 0, 0, 0, 0, 0, 0, 0)))
                .passes(400);

        assertThat(watch.told()).containsExactly("300 s: itl-high warning fires");
        assertThat(summary(watch))
                .isEqualTo(
                        "gpu-7:8000 (glm): one token in twenty comes 0.30 s or more after the one before it (limit 0.2 "
                                + "s; half of them within 0.028 s), with 4 requests running. Tokens generated: 40/s; prompt tokens "
                                + "taken in beside them: 2,000/s.");
        assertThat(few.told()).isEmpty();
    }

    @Test
    void kvPressureIsWorseWhereRequestsWaitForRoom() {
        FrameBuilder full =
                FrameBuilder.serving().gauge(Signal.KV_CACHE_USAGE, 0.96).growth(Signal.PREEMPTIONS, "", 0);
        Watch alone = watch(full).passes(400);
        Watch waiting = watch(full.gauge(Signal.REQUESTS_WAITING, 3)).passes(400);

        assertThat(alone.told()).containsExactly("300 s: kv-pressure warning fires");
        assertThat(waiting.told()).containsExactly("300 s: kv-pressure critical fires");
        assertThat(summary(waiting))
                .isEqualTo(
                        "gpu-7:8000 (glm): 96 % of the KV cache is in use (limit 95 %; in 60 s 96 % on average, 96 % at "
                                + "most). 4 requests are running, 3 waiting. 0 were thrown out of the batch in 60 s.");
    }

    @Test
    void kvPressureIsSilentOnAPeakWithoutPreemptions() {
        FrameBuilder peak =
                FrameBuilder.serving().gaugeStats(Signal.KV_CACHE_USAGE, 0.6, 1).growth(Signal.PREEMPTIONS, "", 0);

        assertThat(watch(peak).passes(400).told()).isEmpty();
        assertThat(watch(peak.growth(Signal.PREEMPTIONS, "", 1)).passes(400).told())
                .containsExactly("300 s: kv-pressure warning fires");
    }

    @Test
    void preemptionThrashCountsThemByTheSecondOrByTheRequest() {
        FrameBuilder busy = FrameBuilder.serving()
                .gauge(Signal.KV_CACHE_USAGE, 0.85)
                .growth(Signal.FINISHED_REQUESTS, FrameBuilder.FINISHED, 30)
                .growth(Signal.PREEMPTIONS, "", 4);
        Watch slowEngine = watch(busy).passes(200);
        Watch few = watch(busy.growth(Signal.PREEMPTIONS, "", 2)).passes(200);
        Watch room = watch(busy.growth(Signal.PREEMPTIONS, "", 30).gauge(Signal.KV_CACHE_USAGE, 0.8))
                .passes(200);

        assertThat(slowEngine.told()).containsExactly("120 s: preemption-thrash warning fires");
        assertThat(summary(slowEngine))
                .isEqualTo(
                        "gpu-7:8000 (glm): requests are thrown out of the batch at 0.067/s (limit 0.05/s), 4 in 60 s "
                                + "while 30 finished; the KV cache is 85 % full at most. 4 are running, 0 waiting.");
        assertThat(few.told()).isEmpty();
        assertThat(room.told()).isEmpty();
    }

    /** 800 tokens a minute to four requests where it was 12,000, and each after 0.3 s. */
    private static FrameBuilder starved() {
        return FrameBuilder.serving()
                .growth(Signal.GENERATION_TOKENS, 60_000, "", 800)
                .growth(Signal.GENERATION_TOKENS, LONG, "", 110_000)
                .growth(Signal.PROMPT_TOKENS, 60_000, "", 30_000)
                .histogram(Signal.INTER_TOKEN_LATENCY, 60_000, observed(SECONDS, 0, 0, 0, 800, 0, 0, 0, 0, 0, 0, 0))
                .histogram(Signal.INTER_TOKEN_LATENCY, LONG, observed(SECONDS, 109_200, 0, 0, 800, 0, 0, 0, 0, 0, 0, 0))
                .gaugeStats(Signal.KV_CACHE_USAGE, 60_000, 0.5, 0.5)
                .gaugeStats(Signal.KV_CACHE_USAGE, LONG, 0.3, 0.5);
    }

    @Test
    void decodeStarvedTellsWhatTheOthersStillGet() {
        Watch watch = watch(starved()).passes(200);

        assertThat(watch.told()).containsExactly("120 s: decode-starved warning fires");
        assertThat(summary(watch))
                .isEqualTo("gpu-7:8000 (glm): a running request gets tokens at 3.3/s (limit 13.8/s; over 10 min it was "
                        + "45.8/s). Inter-token latency P95 is 0.39 s (10 min: 0.048 s), while prompt tokens come in at "
                        + "500/s. 4 are running, none waiting.");
    }

    @Test
    void decodeStarvedIsSilentInAQueueOrWhereHardlyAnybodyRuns() {
        assertThat(watch(starved().gauge(Signal.REQUESTS_WAITING, 1))
                        .passes(200)
                        .told())
                .isEmpty();
        assertThat(watch(starved().gauge(Signal.REQUESTS_RUNNING, 0.9))
                        .passes(200)
                        .told())
                .isEmpty();
    }

    private static FrameBuilder halved(FrameBuilder model) {
        return model.growth(Signal.FINISHED_REQUESTS, 60_000, FrameBuilder.FINISHED, 25)
                .growth(Signal.GENERATION_TOKENS, 60_000, "", 2_500);
    }

    @Test
    void qpsDropIsHeldAgainstTheTimeBeforeItBegan() {
        Watch watch = watch(halved(model()))
                .passes(300)
                .given(f -> f.growth(Signal.FINISHED_REQUESTS, LONG, FrameBuilder.FINISHED, 250)
                        .growth(Signal.GENERATION_TOKENS, LONG, "", 25_000))
                .passes(600)
                .given(f -> f.growth(Signal.FINISHED_REQUESTS, 60_000, FrameBuilder.FINISHED, 60)
                        .growth(Signal.GENERATION_TOKENS, 60_000, "", 6_000))
                .passes(100);

        assertThat(watch.told())
                .containsExactly("120 s: qps-drop warning fires", "960 s: qps-drop warning ends: recovered");
        assertThat(summary(watch))
                .isEqualTo("model glm: it does less than half of what it did, though the demand is there. Requests "
                        + "finished: 0.42/s (in the 10 min before 1/s); tokens generated: 41.7/s (before 100/s); 8 are "
                        + "running (before 8), 0 waiting.");
    }

    @Test
    void qpsDropIsSilentWhereFewerAskOrTooFewToTell() {
        Watch lessTraffic = watch(halved(model()).gaugeStats(Signal.REQUESTS_RUNNING, 60_000, 4, 8))
                .passes(300);
        Watch few = watch(halved(model())
                        .growth(Signal.FINISHED_REQUESTS, 60_000, FrameBuilder.FINISHED, 2)
                        .growth(Signal.FINISHED_REQUESTS, LONG, FrameBuilder.FINISHED, 59))
                .passes(300);
        Watch byChance = watch(model().growth(Signal.FINISHED_REQUESTS, 60_000, FrameBuilder.FINISHED, 8)
                        .growth(Signal.FINISHED_REQUESTS, LONG, FrameBuilder.FINISHED, 190))
                .passes(300);

        assertThat(lessTraffic.told()).isEmpty();
        assertThat(few.told()).isEmpty();
        assertThat(byChance.told()).isEmpty();
    }

    private static FrameBuilder simplePrompts(double p95BucketCount) {
        return model().histogram(Signal.REQUEST_PROMPT_TOKENS, observed(TOKENS, 0, 100, 0, 0, 0, 0))
                .histogram(
                        Signal.E2E_REQUEST_LATENCY,
                        observed(SECONDS, 0, 0, 0, 100 - p95BucketCount, 0, p95BucketCount, 0, 0, 0, 0, 0));
    }

    @Test
    void belowBaselineJudgesOnlyModelsThatNameOne() {
        Watch named = watch("{baseline: rtx-4090-d-x4}", simplePrompts(10)).passes(400);
        Watch fast = watch("{baseline: rtx-4090-d-x4}", simplePrompts(1)).passes(400);
        Watch unnamed = watch("{}", simplePrompts(10)).passes(400);

        assertThat(named.told()).containsExactly("300 s: below-baseline warning fires");
        assertThat(summary(named))
                .isEqualTo(
                        "model glm: 2.2 times worse than its hardware is known for. 5 % of the answers take 1.8 s or "
                                + "longer (baseline 0.8 s); requests are served at 10/s (baseline, while some wait: 18/s), 0 are "
                                + "waiting. Half of the prompts have 300 tokens or more.");
        assertThat(fast.told()).isEmpty();
        assertThat(unnamed.told()).isEmpty();
    }

    @Test
    void modelDownFiresWhereNoneOfTwoIsUpOrFewerThanHaveToBe() {
        Watch none = watch(model()).passes(60).given(f -> f.members(2, 0)).passes(35);
        Watch one = watch(model().members(2, 1)).passes(60);
        Watch single = watch(model().members(1, 1))
                .passes(60)
                .given(f -> f.members(1, 0))
                .passes(60);
        Watch required = watch("{min_replicas: 3}", model().members(3, 2)).passes(60);
        Watch enough = watch("{min_replicas: 3}", model().members(4, 3)).passes(60);

        assertThat(none.told()).containsExactly("90 s: model-down critical fires");
        assertThat(summary(none)).isEqualTo("model glm: 0 of its 2 replicas are up (needed: 1).");
        assertThat(one.told()).isEmpty();
        assertThat(single.told()).isEmpty();
        assertThat(required.told()).containsExactly("30 s: model-down critical fires");
        assertThat(summary(required)).isEqualTo("model glm: 2 of its 3 replicas are up (needed: 3).");
        assertThat(enough.told()).isEmpty();
    }

    @Test
    void frontendSlowFiresOnSlowScrapesAndOnThoseThatTimeOut() {
        Watch slow =
                watch(FrameBuilder.serving().gauge(Signal.SCRAPE_DURATION, 1.2)).passes(200);
        Watch fast =
                watch(FrameBuilder.serving().gauge(Signal.SCRAPE_DURATION, 0.9)).passes(200);
        Watch silent = watch(FrameBuilder.serving())
                .passes(10)
                .given(f -> f.downSince(Watch.START + 10_000, "timeout"))
                .passes(200);
        Watch refused = watch(FrameBuilder.serving())
                .passes(10)
                .given(f -> f.downSince(Watch.START + 10_000, "refused"))
                .passes(200);

        assertThat(slow.told()).containsExactly("120 s: frontend-slow warning fires");
        assertThat(summary(slow))
                .isEqualTo(
                        "gpu-7:8000 (glm): its front end is slow; reading its metrics takes 1.2 s (mean of 60 s, limit 1 "
                                + "s; the newest scrape: 1.2 s). 4 requests are running, 0 waiting.");
        assertThat(fast.told()).isEmpty();
        assertThat(silent.told())
                .containsExactly("70 s: target-down critical fires", "130 s: frontend-slow warning fires");
        assertThat(refused.told()).containsExactly("70 s: target-down critical fires");
    }
}
