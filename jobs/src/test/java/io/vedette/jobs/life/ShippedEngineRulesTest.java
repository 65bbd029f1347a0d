package io.vedette.jobs.life;

import static io.vedette.jobs.rules.FrameBuilder.observed;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.jobs.rules.FrameBuilder;
import io.vedette.jobs.rules.RuleSet;
import io.vedette.model.alert.AlertEvent.Evidence;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Life;
import io.vedette.model.histogram.Bounds;
import io.vedette.model.series.SeriesSettings;
import io.vedette.model.signal.Signal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** For each shipped rule about failures and engines: what raises it, and what is close to it but must not. */
class ShippedEngineRulesTest {
    private static final RuleSet RULES =
            RuleSet.load(List.of(RuleSet.builtIn()), SeriesSettings.DEFAULT_WINDOWS, Map.of());
    private static final Bounds SECONDS = Bounds.of(0.3, 0.5, 0.8, 1, 2, 2.5, 5, 10, 15);

    private static Watch watch(FrameBuilder frames) {
        return new Watch(RULES, frames);
    }

    private static String summary(Watch watch, int event) {
        return watch.events().get(event).summary();
    }

    @Test
    void requestFailuresWarnsOfASingleErrorOfTheEngine() {
        Watch watch = watch(FrameBuilder.serving().growth(Signal.FINISHED_REQUESTS, "error", 1))
                .passes(120);

        assertThat(watch.told()).containsExactly("60 s: request-failures warning fires");
        assertThat(summary(watch, 0))
                .isEqualTo(
                        "gpu-7:8000 (glm): 0.17 % of the requests failed in the last 10 min (limit 1 %): 1 with finish reason"
                                + " error in the engine, unknown with HTTP 5xx, unknown turned away before the queue.");
    }

    @Test
    void evidenceNamesTheSeriesThatShowWhatTheRuleRead() {
        Watch refused = watch(FrameBuilder.serving().growth(Signal.HTTP_REQUESTS, "4xx", 60))
                .passes(65);

        assertThat(refused.events().get(0).evidence())
                .containsExactly(new Evidence(
                        "vedette_replica_request_failures_per_second{window=\"10m\",source=\"http_4xx\"}",
                        0.1,
                        0.1,
                        0.1));
    }

    @Test
    void requestFailuresIsCriticalAboveFivePercent() {
        Watch watch = watch(FrameBuilder.serving().growth(Signal.HTTP_REQUESTS, "5xx", 40))
                .passes(120);

        assertThat(watch.told()).containsExactly("60 s: request-failures critical fires");
    }

    @Test
    void requestFailuresIsSilentOnFourHttpErrors() {
        Watch watch = watch(FrameBuilder.serving().growth(Signal.HTTP_REQUESTS, "5xx", 4))
                .passes(120);

        assertThat(watch.told()).isEmpty();
    }

    @Test
    void badRequestsWarnsOfRefusedOnesAndOfClientsThatHangUpButDoesNotAddThem() {
        FrameBuilder refused = FrameBuilder.serving().growth(Signal.HTTP_REQUESTS, "4xx", 40);
        FrameBuilder lost = FrameBuilder.serving()
                .growth(Signal.HTTP_REQUESTS, "4xx", 0)
                .growth(Signal.PREEMPTIONS, "", 0)
                .histogram(Signal.TIME_TO_FIRST_TOKEN, observed(SECONDS, 650, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        FrameBuilder someOfEach = FrameBuilder.serving()
                .growth(Signal.HTTP_REQUESTS, "4xx", 20)
                .growth(Signal.PREEMPTIONS, "", 0)
                .histogram(Signal.TIME_TO_FIRST_TOKEN, observed(SECONDS, 624, 0, 0, 0, 0, 0, 0, 0, 0, 0));

        assertThat(watch(refused).passes(120).told()).containsExactly("60 s: bad-requests warning fires");
        assertThat(watch(lost).passes(120).told()).containsExactly("60 s: bad-requests warning fires");
        assertThat(watch(someOfEach).passes(120).told()).isEmpty();
    }

    @Test
    void engineStalledFiresAtOnceWhenNothingHasMovedForAMinute() {
        Watch stalled =
                watch(FrameBuilder.serving().gauge(Signal.PROGRESS_AGE, 61)).passes(10);
        Watch slow =
                watch(FrameBuilder.serving().gauge(Signal.PROGRESS_AGE, 60)).passes(300);

        assertThat(stalled.told()).containsExactly("0 s: engine-stalled critical fires");
        assertThat(slow.told()).isEmpty();
    }

    @Test
    void targetDownFiresOnceScrapesHaveFailedForAMinuteAndEndsAMinuteAfterTheyWorkAgain() {
        Watch watch = watch(FrameBuilder.serving())
                .passes(60)
                .given(f -> f.downSince(Watch.START + 60_000, "refused"))
                .passes(120)
                .given(f -> f.downSince(0, ""))
                .passes(120);

        assertThat(watch.told())
                .containsExactly("120 s: target-down critical fires", "240 s: target-down critical ends: recovered");
        assertThat(summary(watch, 0))
                .isEqualTo("gpu-7:8000 (glm): its metrics have not been readable for 60 s (limit 60 s);"
                        + " the last attempt failed with: refused.");
    }

    @Test
    void targetDownIsSilentOnFiftyFiveSecondsOfFailures() {
        Watch watch = watch(FrameBuilder.serving())
                .given(f -> f.downSince(Watch.START, "timeout"))
                .passes(60)
                .given(f -> f.downSince(0, ""))
                .passes(60);

        assertThat(watch.told()).isEmpty();
    }

    @Test
    void startFailedFiresOnceAnEngineHasNotComeUpForFifteenMinutes() {
        Watch watch = watch(FrameBuilder.serving()
                        .life(new Life(Watch.START, 0, Watch.START, 0, Double.NaN, 0, 0))
                        .downSince(Watch.START, "refused"))
                .passes(1_000)
                .given(f -> f.life(new Life(Watch.START, Watch.START + 1_000_000, 0, Watch.START + 700_000, 0, 0, 0)))
                .passes(10);

        assertThat(watch.told())
                .containsExactly("905 s: start-failed critical fires", "1000 s: start-failed critical ends: recovered");
    }

    @Test
    void engineRestartsWarnsAtTwoAndIsCriticalAtFour() {
        Watch watch = watch(FrameBuilder.serving())
                .given(f -> f.restarts(1))
                .passes(60)
                .given(f -> f.restarts(2))
                .passes(60)
                .given(f -> f.restarts(4))
                .passes(60)
                .given(f -> f.restarts(3))
                .passes(120)
                .given(f -> f.restarts(1))
                .passes(120);

        assertThat(watch.told())
                .containsExactly(
                        "60 s: engine-restarts warning fires",
                        "120 s: engine-restarts critical fires",
                        "240 s: engine-restarts warning fires",
                        "360 s: engine-restarts warning ends: recovered");
    }

    @Test
    void nothingIsToldOfAModelWithOneLiveReplicaAndTheSameOfOneWithTwo() {
        FrameBuilder model = new FrameBuilder(FrameBuilder.MODEL)
                .gauge(Signal.REQUESTS_RUNNING, 4)
                .gauge(Signal.REQUESTS_WAITING, 0)
                .growth(Signal.FINISHED_REQUESTS, FrameBuilder.FINISHED, 600)
                .histogram(Signal.E2E_REQUEST_LATENCY, observed(SECONDS, 0, 0, 0, 0, 90, 0, 10, 0, 0, 0));

        assertThat(watch(model.members(1, 1)).passes(300).told()).isEmpty();
        Watch two = watch(model.members(2, 2)).passes(300);
        assertThat(two.told()).containsExactly("180 s: latency-p95-high warning fires");
        assertThat(summary(two, 0)).startsWith("model glm: 5 % of the answers take 3.8 s or longer");
        two.given(f -> f.members(2, 2).release(Frame.Release.REMOVED)).passes(5);
        assertThat(two.told()).endsWith("300 s: latency-p95-high warning ends: removed");
    }

    @Test
    void theAlertOfAModelThatNobodyHearsOfIsHeld() {
        FrameBuilder model = new FrameBuilder(FrameBuilder.MODEL)
                .gauge(Signal.REQUESTS_RUNNING, 4)
                .gauge(Signal.REQUESTS_WAITING, 0)
                .growth(Signal.FINISHED_REQUESTS, FrameBuilder.FINISHED, 600)
                .histogram(Signal.E2E_REQUEST_LATENCY, observed(SECONDS, 0, 0, 0, 0, 90, 0, 10, 0, 0, 0));
        Watch silent = watch(model.members(2, 2))
                .passes(300)
                .given(f -> f.members(0, 0).release(Frame.Release.SILENCE))
                .passes(240);

        assertThat(silent.told()).containsExactly("180 s: latency-p95-high warning fires");
    }
}
