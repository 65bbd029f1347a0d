package io.vedette.jobs.life;

import static io.vedette.jobs.rules.FrameBuilder.observed;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.jobs.rules.FrameBuilder;
import io.vedette.jobs.rules.RuleSet;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.histogram.Bounds;
import io.vedette.model.series.SeriesSettings;
import io.vedette.model.signal.Signal;
import io.vedette.model.yaml.YamlValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is frozen when a condition becomes true, and conditions that hold a signal against its own slower window. */
class OnsetTest {
    private static final String HALVED = """
            rules:
              - id: halved
                scope: [replica]
                requires: at_onset(over(finished_requests.growth, "10m")) >= 60
                when: finished_requests.per_second < share * at_onset(over(finished_requests.per_second, "10m"))
                for: 30s
                keep_firing_for: 20s
                severity: warning
                parameters: {share: 0.5}
                value: finished_requests.per_second
                threshold: share * at_onset(over(finished_requests.per_second, "10m"))
                summary: '{value} of {at_onset(over(finished_requests.per_second, "10m"))}'
            """;

    private static RuleSet rules(String text) {
        return RuleSet.load(
                List.of(YamlValue.parse("mine.yaml", text).orElseThrow()), SeriesSettings.DEFAULT_WINDOWS, Map.of());
    }

    /** Requests that finish each second, now and over ten minutes. */
    private static FrameBuilder rates(FrameBuilder frames, double now, double before) {
        return frames.growth(Signal.FINISHED_REQUESTS, 60_000, FrameBuilder.FINISHED, now * 60)
                .growth(Signal.FINISHED_REQUESTS, 600_000, FrameBuilder.FINISHED, before * 600);
    }

    private static Watch fine(String text) {
        return new Watch(rules(text), rates(FrameBuilder.serving(), 10, 10)).passes(20);
    }

    @Test
    void theReferenceIsLiveUntilOnsetAndFrozenUntilTheAlertIsOver() {
        Watch watch = fine(HALVED)
                .given(f -> rates(f, 4, 9))
                .passes(40)
                // Ten minutes of it, and the slower window knows nothing else.
                .given(f -> rates(f, 4, 4))
                .passes(60)
                // Better than half of what it has come to, worse than half of what it was.
                .given(f -> rates(f, 4.4, 4))
                .passes(60)
                .given(f -> rates(f, 5, 4))
                .passes(60);

        assertThat(watch.told()).containsExactly("50 s: halved warning fires", "200 s: halved warning ends: recovered");
        assertThat(watch.events()).extracting(AlertEvent::threshold).containsOnly(4.5);
        assertThat(watch.events()).extracting(AlertEvent::summary).containsOnly("4/s of 9/s");
        assertThat(watch.states())
                .containsExactly("20 s: halved warning pending", "50 s: halved warning firing", "200 s: deleted");
    }

    @Test
    void aNewOnsetTakesANewReference() {
        Watch watch = fine(HALVED)
                .given(f -> rates(f, 4, 9))
                .passes(10)
                .given(f -> rates(f, 8, 9))
                .passes(10)
                .given(f -> rates(f, 3, 7))
                .passes(60);

        assertThat(watch.events()).singleElement().satisfies(event -> {
            assertThat(event.threshold()).isEqualTo(3.5);
            assertThat(event.startsAt().toEpochMilli()).isEqualTo(Watch.START + 70_000);
        });
    }

    @Test
    void aGateInsideAtOnsetIsNotShutByTheTroubleItself() {
        Watch watch = fine(HALVED).given(f -> rates(f, 0.04, 1)).passes(40).given(f -> rates(f, 0.04, 0.04));
        watch.passes(900);

        assertThat(watch.told()).containsExactly("50 s: halved warning fires");
    }

    @Test
    void aReferenceOutlivesARestart() {
        Watch before = fine(HALVED).given(f -> rates(f, 4, 9)).passes(40).given(f -> rates(f, 4, 4));
        Watch same = before.restartedWith(rules(HALVED)).passes(60);
        Watch reworded = before.restartedWith(rules(HALVED.replace("per_second, \"10m\")", "per_second ,  \"10m\")")))
                .passes(60);
        Watch stricter = before.restartedWith(rules(HALVED.replace("share: 0.5", "share: 0.4")))
                .passes(60);

        assertThat(same.told()).isEmpty();
        assertThat(reworded.told()).isEmpty();
        assertThat(stricter.told()).containsExactly("80 s: halved warning ends: recovered");
    }

    @Test
    void aReferenceThatIsNewAfterARestartIsTakenThen() {
        Watch before =
                fine(HALVED.replace("at_onset", "")).given(f -> rates(f, 4, 9)).passes(40);
        Watch after = before.restartedWith(rules(HALVED)).passes(5).given(f -> rates(f, 4, 4));
        after.passes(60);

        assertThat(after.told()).isEmpty();
        assertThat(requireNonNull(after.state())
                        .families()
                        .get(0)
                        .candidates()
                        .get(0)
                        .references())
                .containsOnlyKeys(
                        "1m over(finished_requests.growth, \"10m\")", "1m over(finished_requests.per_second, \"10m\")")
                .containsValues(5_400.0, 9.0);
    }

    @Test
    void aReferenceThatIsUnknownAtOnsetStaysUnknownUntilTheAlertIsOver() {
        Watch watch = new Watch(rules("""
                rules:
                  - id: either
                    scope: [replica]
                    when: requests_waiting > 5 || requests_running > 2 * at_onset(kv_cache_usage) + 100
                    keep_firing_for: 20s
                    hold_unknown: 20s
                    severity: warning
                    summary: "{at_onset(kv_cache_usage)}"
                """), FrameBuilder.serving().gauge(Signal.REQUESTS_WAITING, 6))
                .passes(10)
                .given(f -> f.gauge(Signal.KV_CACHE_USAGE, 0.5))
                .passes(10)
                .given(f -> f.gauge(Signal.REQUESTS_WAITING, 0))
                .passes(60);

        assertThat(watch.told()).containsExactly("0 s: either warning fires", "40 s: either warning ends: no-data");
        assertThat(watch.events().get(0).summary()).isEqualTo("unknown");
    }

    @Test
    void eachLevelHasItsOwnOnset() {
        Watch watch = new Watch(rules("""
                rules:
                  - id: growing
                    scope: [replica]
                    levels:
                      - {severity: critical, when: requests_waiting > 2 * at_onset(requests_running.mean),
                         threshold: at_onset(requests_running.mean)}
                      - {severity: warning, when: requests_waiting > at_onset(requests_running.mean),
                         threshold: at_onset(requests_running.mean)}
                    summary: waits
                """), FrameBuilder.serving())
                .given(f -> f.gauge(Signal.REQUESTS_RUNNING, 4).gauge(Signal.REQUESTS_WAITING, 5))
                .passes(5)
                .given(f -> f.gauge(Signal.REQUESTS_RUNNING, 6).gauge(Signal.REQUESTS_WAITING, 13))
                .passes(5);

        assertThat(watch.told()).containsExactly("0 s: growing warning fires", "5 s: growing critical fires");
        assertThat(watch.events()).extracting(AlertEvent::threshold).containsExactly(4.0, 6.0);
    }

    @Test
    void whatCannotBeFrozenIsRefused() {
        assertThatThrownBy(
                        () -> rules(HALVED.replace("at_onset(over(finished_requests.growth, \"10m\"))", "at_onset(3)")))
                .hasMessageContaining("what stands in at_onset never changes");
        assertThatThrownBy(() -> rules(HALVED.replace(
                        "at_onset(over(finished_requests.growth, \"10m\"))", "at_onset(1 + at_onset(up))")))
                .hasMessageContaining("at_onset inside at_onset");
    }

    @Test
    void decodesThatStarveAreHeldAgainstTheLastTenMinutes() {
        Watch watch = new Watch(
                rules("""
                rules:
                  - id: starved
                    scope: [replica]
                    when: >-
                      generation_tokens.per_second / requests_running.mean
                      < 0.3 * over(generation_tokens.per_second / requests_running.mean, "10m")
                      && inter_token_latency.quantile(0.95) > 2 * over(inter_token_latency.quantile(0.95), "10m")
                      && kv_cache_usage.mean > over(kv_cache_usage.mean, "10m")
                      && requests_waiting == 0
                    severity: warning
                    summary: starved
                """),
                FrameBuilder.serving()
                        .growth(Signal.GENERATION_TOKENS, 60_000, "", 60 * 20)
                        .growth(Signal.GENERATION_TOKENS, 600_000, "", 600 * 100)
                        .histogram(Signal.INTER_TOKEN_LATENCY, observed(Bounds.of(0.1, 0.2), 100, 0, 0))
                        .histogram(Signal.INTER_TOKEN_LATENCY, 60_000, observed(Bounds.of(0.1, 0.2), 0, 100, 0))
                        .gauge(Signal.KV_CACHE_USAGE, 0.5)
                        .gaugeStats(Signal.KV_CACHE_USAGE, 600_000, 0.4, 0.5));
        watch.passes(5)
                .given(f -> f.gaugeStats(Signal.REQUESTS_RUNNING, 600_000, 10, 10))
                .passes(90);

        // Two and a half times as many ran before, so that each gets half of what it got: not so bad.
        assertThat(watch.told()).containsExactly("0 s: starved warning fires", "65 s: starved warning ends: recovered");
    }

    @Test
    void aFrontEndIsSlowWhenScrapesAreOrTimeOut() {
        String slow = """
                rules:
                  - id: slow
                    scope: [replica]
                    states: [serving, down]
                    when: scrape_duration.mean > 1 || failure("timeout")
                    severity: warning
                    summary: slow
                """;
        Watch byDuration = new Watch(rules(slow), FrameBuilder.serving().gauge(Signal.SCRAPE_DURATION, 0.02))
                .passes(10)
                .given(f -> f.gaugeStats(Signal.SCRAPE_DURATION, 60_000, 1.2, 3))
                .passes(5);
        Watch byTimeout = new Watch(rules(slow), FrameBuilder.serving().gauge(Signal.SCRAPE_DURATION, 0.02))
                .passes(10)
                .given(f -> f.downSince(Watch.START + 10_000, "timeout"))
                .passes(5);
        Watch refused = new Watch(rules(slow), FrameBuilder.serving().gauge(Signal.SCRAPE_DURATION, 0.02))
                .passes(10)
                .given(f -> f.downSince(Watch.START + 10_000, "refused"))
                .passes(5);

        assertThat(byDuration.told()).containsExactly("10 s: slow warning fires");
        assertThat(byTimeout.told()).containsExactly("10 s: slow warning fires");
        assertThat(refused.told()).isEmpty();
    }
}
