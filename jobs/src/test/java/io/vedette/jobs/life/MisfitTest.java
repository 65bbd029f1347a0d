package io.vedette.jobs.life;

import static io.vedette.jobs.rules.FrameBuilder.observed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.jobs.rules.FrameBuilder;
import io.vedette.jobs.rules.ModelTuning;
import io.vedette.jobs.rules.RuleSet;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.Severity;
import io.vedette.model.frame.Frame.Release;
import io.vedette.model.histogram.Bounds;
import io.vedette.model.histogram.Histogram;
import io.vedette.model.series.SeriesSettings;
import io.vedette.model.signal.Signal;
import io.vedette.model.yaml.YamlValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A limit that an entity has never kept is told once instead of being alerted of. */
class MisfitTest {
    private static final Bounds SECONDS = Bounds.of(1, 8, 10);
    private static final String SLOW = """
            rules:
              - id: slow
                scope: [replica]
                window: 5m
                requires: e2e_request_latency.observations >= 20
                when: e2e_request_latency.quantile(0.95) > limit
                for: 3m
                severity: warning
                misfit: true
                parameters: {limit: 3}
                value: e2e_request_latency.quantile(0.95)
                threshold: limit
                summary: "{value}"
            """;

    private static RuleSet rules(String text) {
        return rules(text, Map.of());
    }

    private static RuleSet rules(String text, Map<String, ModelTuning> models) {
        return RuleSet.load(
                List.of(YamlValue.parse("mine.yaml", text).orElseThrow()), SeriesSettings.DEFAULT_WINDOWS, models);
    }

    private static ModelTuning limit(double limit) {
        YamlValue parameters = YamlValue.parse("vedette.yaml", "{slow: {limit: " + limit + "}}")
                .orElseThrow();
        return ModelTuning.of(null, parameters);
    }

    /** An engine of which nothing was known before. */
    private static Watch newcomer(FrameBuilder frames) {
        return Watch.ofNewcomer(rules(SLOW), frames);
    }

    /** Answers take 8 to 10 s, or less than one. */
    private static FrameBuilder answers(FrameBuilder frames, boolean slow) {
        return frames.histogram(
                Signal.E2E_REQUEST_LATENCY, slow ? observed(SECONDS, 0, 0, 100, 0) : observed(SECONDS, 100, 0, 0, 0));
    }

    private static FrameBuilder slow() {
        return answers(FrameBuilder.serving(), true);
    }

    private static FrameBuilder fast() {
        return answers(FrameBuilder.serving(), false);
    }

    @Test
    void aServiceThatIsSlowerThanTheDefaultsIsToldOnceWithWhatToWrite() {
        Watch watch = newcomer(slow()).passes(3_600);

        assertThat(watch.told()).containsExactly("180 s: threshold-misfit info fires");
        AlertEvent event = watch.events().get(0);
        assertThat(event.family()).isEqualTo("threshold-misfit-slow-warning");
        assertThat(event.severity()).isEqualTo(Severity.INFO);
        assertThat(event.value()).isEqualTo(9.9);
        assertThat(event.threshold()).isEqualTo(3);
        assertThat(event.summary())
                .isEqualTo(
                        "gpu-7:8000 (glm): slow (warning) has been true ever since Vedette first saw it work: 9.9 s against a"
                                + " limit of 3 s. This is told once; the rule alerts of it only after it has been false for 5 min.");
        assertThat(event.action()).contains("models: {glm: {parameters: {slow: {limit: 15}}}}");
        assertThat(event.runbookUrl()).isEqualTo("docs/runbook.md#threshold-misfit");
        assertThat(watch.states()).containsExactly("180 s: threshold-misfit info firing");
    }

    @Test
    void whatIsSuggestedFits() {
        Watch watch = newcomer(slow()).passes(300).restartedWith(rules(SLOW, Map.of("glm", limit(15))));
        watch.passes(3_600);

        assertThat(watch.told()).containsExactly("300 s: threshold-misfit info ends: recovered");
    }

    @Test
    void aRealIncidentAfterwardsIsNotSwallowed() {
        Watch watch = newcomer(slow())
                .passes(300)
                .given(f -> answers(f, false))
                .passes(310)
                .given(f -> answers(f, true))
                .passes(300);

        assertThat(watch.told())
                .containsExactly(
                        "180 s: threshold-misfit info fires",
                        "600 s: threshold-misfit info ends: recovered",
                        "790 s: slow warning fires");
    }

    @Test
    void aMisfitThatIsFalseForLessThanFiveMinutesIsStillOne() {
        Watch watch = newcomer(slow())
                .passes(300)
                .given(f -> answers(f, false))
                .passes(295)
                .given(f -> answers(f, true))
                .passes(900);

        assertThat(watch.told()).containsExactly("180 s: threshold-misfit info fires");
    }

    @Test
    void anEntityThatHasBeenSeenHealthyIsAlertedOf() {
        Watch watch = newcomer(fast()).passes(5).given(f -> answers(f, true)).passes(300);

        assertThat(watch.told()).containsExactly("185 s: slow warning fires");
    }

    @Test
    void whileItsWindowFillsHalfOfItTellsThatAnEntityIsHealthy() {
        Watch half = newcomer(fast())
                .given(f -> f.covered(160_000))
                .passes(155)
                .given(f -> answers(f, true))
                .passes(300);
        Watch less = newcomer(fast())
                .given(f -> f.covered(100_000))
                .passes(100)
                .given(f -> answers(f, true).covered(600_000))
                .passes(300);

        assertThat(half.told()).containsExactly("335 s: slow warning fires");
        assertThat(less.told()).containsExactly("280 s: threshold-misfit info fires");
    }

    @Test
    void whileItsWindowFillsNothingTellsThatItIsAMisfit() {
        Watch watch = newcomer(slow())
                .given(f -> f.covered(200_000))
                .passes(1_000)
                .given(f -> f.covered(300_000))
                .passes(300);

        assertThat(watch.told()).containsExactly("1180 s: threshold-misfit info fires");
    }

    @Test
    void anEngineWithoutRequestsSaysNothing() {
        Watch watch = newcomer(FrameBuilder.serving().histogram(Signal.E2E_REQUEST_LATENCY, Histogram.empty()))
                .passes(900)
                .given(f -> answers(f, false))
                .passes(60)
                .given(f -> answers(f, true))
                .passes(300);

        assertThat(watch.told()).containsExactly("1140 s: slow warning fires");
    }

    @Test
    void anIdleEngineIsHealthyByItsGauges() {
        String deep = """
                rules:
                  - {id: deep, scope: [replica], when: requests_waiting > limit, severity: warning, misfit: true,
                     parameters: {limit: 5}, value: requests_waiting, threshold: limit, summary: deep}
                """;
        FrameBuilder idle = FrameBuilder.serving()
                .gauge(Signal.REQUESTS_RUNNING, 0)
                .growth(Signal.FINISHED_REQUESTS, FrameBuilder.FINISHED, 0);
        Watch watch = Watch.ofNewcomer(rules(deep), idle)
                .passes(30)
                .given(f -> f.gauge(Signal.REQUESTS_RUNNING, 4).gauge(Signal.REQUESTS_WAITING, 6))
                .passes(10);

        assertThat(watch.told()).containsExactly("30 s: deep warning fires");
    }

    @Test
    void aMisfitOutlivesIdleNightsSilenceAndRestarts() {
        Watch watch = newcomer(slow())
                .passes(300)
                .given(f -> f.gauge(Signal.REQUESTS_RUNNING, 0)
                        .growth(Signal.FINISHED_REQUESTS, FrameBuilder.FINISHED, 0)
                        .histogram(Signal.E2E_REQUEST_LATENCY, Histogram.empty()))
                .passes(3_600)
                .given(f -> f.release(Release.SILENCE))
                .passes(600)
                .given(f -> answers(f, true).release(Release.SCRAPE).gauge(Signal.REQUESTS_RUNNING, 4));
        watch.passes(300);
        Watch restarted = watch.restartedWith(rules(SLOW)).passes(600);

        assertThat(watch.told()).containsExactly("180 s: threshold-misfit info fires");
        assertThat(restarted.told()).isEmpty();
    }

    @Test
    void aLimitThatIsSetTooLowIsToldOfWithWhatWouldFit() {
        Watch watch = newcomer(slow()).passes(300).restartedWith(rules(SLOW, Map.of("glm", limit(5))));
        watch.passes(600);

        assertThat(watch.told()).containsExactly("300 s: threshold-misfit info fires");
        assertThat(watch.events().get(0).threshold()).isEqualTo(5);
        assertThat(watch.events().get(0).sequence()).isEqualTo(2);
    }

    @Test
    void aStricterLimitForAHealthyServiceAlerts() {
        Watch watch = newcomer(fast()).passes(300).restartedWith(rules(SLOW, Map.of("glm", limit(0.5))));
        watch.passes(300);

        assertThat(watch.told()).containsExactly("480 s: slow warning fires");
    }

    @Test
    void aMisfitEndsWithItsRuleAndWithItsTarget() {
        Watch gone = newcomer(slow()).passes(300).restartedWith(rules(SLOW.replace("id: slow", "id: other")));
        gone.passes(5);
        Watch removed = newcomer(slow())
                .passes(300)
                .given(f -> f.release(Release.REMOVED))
                .passes(5);

        assertThat(gone.told()).containsExactly("300 s: threshold-misfit info ends: rule-gone");
        assertThat(removed.told()).contains("300 s: threshold-misfit info ends: removed");
        assertThat(removed.state()).isNull();
    }

    @Test
    void eachLevelStandsForItself() {
        String levels = """
                rules:
                  - id: pressure
                    scope: [replica]
                    levels:
                      - {severity: critical, when: kv_cache_usage > most, parameters: {most: 0.95}, value: kv_cache_usage, threshold: most}
                      - {severity: warning, when: kv_cache_usage > much, parameters: {much: 0.9}, value: kv_cache_usage, threshold: much,
                         misfit: true}
                    summary: full
                """;
        Watch watch = Watch.ofNewcomer(rules(levels), FrameBuilder.serving().gauge(Signal.KV_CACHE_USAGE, 0.93))
                .passes(30)
                .given(f -> f.gauge(Signal.KV_CACHE_USAGE, 0.97))
                .passes(30);

        assertThat(watch.told()).containsExactly("0 s: threshold-misfit info fires", "30 s: pressure critical fires");
        assertThat(watch.events().get(0).action()).contains("pressure: {much: 0.97}");
    }

    @Test
    void aMarkedRuleMustSayWhichParameterIsItsLimit() {
        assertThatThrownBy(() -> rules(SLOW.replace("threshold: limit", "threshold: 3")))
                .hasMessageContaining("'misfit' wants a 'value', and a parameter as 'threshold'");
        assertThatThrownBy(() -> rules(SLOW.replace("    value: e2e_request_latency.quantile(0.95)\n", "")))
                .hasMessageContaining("'misfit' wants a 'value'");
    }
}
