package io.vedette.jobs.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.jobs.rules.FrameBuilder;
import io.vedette.jobs.rules.RuleSet;
import io.vedette.model.frame.Frame.Release;
import io.vedette.model.histogram.Histogram;
import io.vedette.model.series.SeriesSettings;
import io.vedette.model.signal.Signal;
import io.vedette.model.yaml.YamlValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A rule that cannot see what it needs is told of. */
class CoverageTest {
    private static final String COVERAGE = """
            rules:
              - id: coverage
                scope: [replica]
                states: [starting, warming, serving, idle, sleeping, down]
                when: blind_rules > 0
                for: 10m
                hold_unknown: 24h
                severity: info
                value: blind_rules
                summary: "{value} blind: {blind}"
            """;
    private static final String FULL = """
              - {id: full, scope: [replica], when: kv_cache_usage.mean > 0.9, severity: warning, summary: full}
            """;

    private static Watch watch(String rules) {
        RuleSet loaded = RuleSet.load(
                List.of(YamlValue.parse("mine.yaml", COVERAGE + rules).orElseThrow()),
                SeriesSettings.DEFAULT_WINDOWS,
                Map.of());
        return new Watch(loaded, FrameBuilder.serving());
    }

    private static FrameBuilder idle(FrameBuilder frames) {
        return frames.gauge(Signal.REQUESTS_RUNNING, 0).growth(Signal.FINISHED_REQUESTS, FrameBuilder.FINISHED, 0);
    }

    @Test
    void aRuleWhoseSignalIsMissingForTenMinutesIsToldOfUntilItIsSeenAgain() {
        Watch watch = watch(FULL)
                .passes(900)
                .given(f -> f.gauge(Signal.KV_CACHE_USAGE, 0.5))
                .passes(120);

        assertThat(watch.told()).containsExactly("600 s: coverage info fires", "960 s: coverage info ends: recovered");
        assertThat(watch.events().get(0).summary()).isEqualTo("1 blind: full (no kv_cache_usage)");
    }

    @Test
    void aGapIsNotToldOf() {
        Watch watch = watch(FULL)
                .passes(590)
                .given(f -> f.gauge(Signal.KV_CACHE_USAGE, 0.5))
                .passes(5)
                .given(f -> f.without(Signal.KV_CACHE_USAGE))
                .passes(590);

        assertThat(watch.told()).isEmpty();
    }

    @Test
    void onlyTimeInWhichTheEngineServesAndIsReadCounts() {
        Watch idle = watch(FULL).given(CoverageTest::idle).passes(3_600);
        Watch down = watch(FULL).given(f -> f.downSince(Watch.START, "refused")).passes(3_600);
        Watch silent = watch(FULL).given(f -> f.release(Release.SILENCE)).passes(3_600);
        Watch uncovered = watch(FULL).given(f -> f.covered(20_000)).passes(3_600);

        for (Watch each : List.of(idle, down, silent, uncovered)) {
            assertThat(each.told()).isEmpty();
        }
    }

    @Test
    void anIdleNightNeitherEndsNorRepeatsIt() {
        Watch watch = watch(FULL)
                .passes(700)
                .given(CoverageTest::idle)
                .passes(36_000)
                .given(f -> f.gauge(Signal.REQUESTS_RUNNING, 4))
                .passes(700);

        assertThat(watch.told()).containsExactly("600 s: coverage info fires");
    }

    @Test
    void windowsWithoutObservationsAreNoBlindness() {
        Watch watch = watch("""
              - {id: slow, scope: [replica], when: e2e_request_latency.quantile(0.9) > 3, severity: warning, summary: slow}
            """)
                .given(f -> f.histogram(Signal.E2E_REQUEST_LATENCY, Histogram.empty()))
                .passes(900);

        assertThat(watch.told()).isEmpty();
    }

    @Test
    void whatARuleCanDoWithoutIsNotMissed() {
        Watch guarded = watch("""
              - {id: a, scope: [replica], when: known(kv_cache_usage) && kv_cache_usage > 0.9, severity: warning, summary: a}
            """).passes(900);
        Watch either = watch("""
              - {id: a, scope: [replica], when: kv_cache_usage > 0.9 || requests_waiting > 5, severity: warning, summary: a}
            """).passes(900);
        Watch declared = watch("""
              - {id: a, scope: [replica], optional: [kv_cache_usage], when: kv_cache_usage > 0.9, severity: warning, summary: a}
            """).passes(900);
        Watch ofModels = watch("""
              - {id: a, scope: [model], when: kv_cache_usage > 0.9, severity: warning, summary: a}
            """).passes(900);

        for (Watch each : List.of(guarded, either, declared, ofModels)) {
            assertThat(each.told()).isEmpty();
        }
    }

    @Test
    void allBlindRulesAreNamedInOneAlert() {
        Watch watch = watch(FULL + """
              - {id: thrash, scope: [replica], when: preemptions.per_second > 1 && kv_cache_usage > 0.9, severity: warning, summary: t}
              - {id: deep, scope: [replica], when: requests_waiting > 5, severity: warning, summary: deep}
            """).passes(900);

        assertThat(watch.events()).singleElement().satisfies(event -> assertThat(event.summary())
                .isEqualTo("2 blind: full (no kv_cache_usage), thrash (no preemptions, kv_cache_usage)"));
    }

    @Test
    void aSignalThatDoesNotExistCannotBeDoneWithout() {
        assertThatThrownBy(() -> watch(FULL.replace("when:", "optional: [kv_cache_usge], when:")))
                .hasMessageContaining("'kv_cache_usge' is not known here; did you mean 'kv_cache_usage'?");
    }
}
