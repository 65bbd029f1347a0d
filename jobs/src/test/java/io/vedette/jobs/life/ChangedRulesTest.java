package io.vedette.jobs.life;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.jobs.rules.FrameBuilder;
import io.vedette.jobs.rules.ModelTuning;
import io.vedette.jobs.rules.RuleSet;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.series.SeriesSettings;
import io.vedette.model.signal.Signal;
import io.vedette.model.yaml.YamlValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rules that are changed at a restart judge what was there anew: nothing is ended that still holds, and nothing is told twice. */
class ChangedRulesTest {
    private static final String DEEP = """
            rules:
              - id: deep
                family: queue
                scope: [replica]
                when: requests_waiting > limit
                for: 30s
                keep_firing_for: 20s
                severity: warning
                parameters: {limit: 5}
                value: requests_waiting
                threshold: limit
                summary: "{value} wait, limit {threshold}"
            """;
    private static final String LEVELS = """
            rules:
              - id: deep
                family: queue
                scope: [replica]
                keep_firing_for: 20s
                levels:
                  - {severity: critical, when: requests_waiting > most, for: 10s, parameters: {most: 50}, threshold: most}
                  - {severity: warning, when: requests_waiting > limit, for: 30s, parameters: {limit: 5}, threshold: limit}
                summary: deep
            """;

    private static RuleSet rules(String text) {
        return rules(text, Map.of());
    }

    private static RuleSet rules(String text, Map<String, ModelTuning> models) {
        return RuleSet.load(
                List.of(YamlValue.parse("mine.yaml", text).orElseThrow()), SeriesSettings.DEFAULT_WINDOWS, models);
    }

    private static Map<String, ModelTuning> tuned(@Nullable String profile, @Nullable String parameters) {
        return Map.of("glm", ModelTuning.of(yaml(profile), yaml(parameters)));
    }

    private static @Nullable YamlValue yaml(@Nullable String text) {
        return text == null ? null : YamlValue.parse("vedette.yaml", text).orElseThrow();
    }

    /** Ten requests wait, for a minute by now. */
    private static Watch firing(String text) {
        return new Watch(rules(text), FrameBuilder.serving().gauge(Signal.REQUESTS_WAITING, 10)).passes(60);
    }

    private static Watch firingThen(String text, RuleSet changed) {
        return firing(text).restartedWith(changed).passes(60);
    }

    @Test
    void aHigherLimitThatIsStillPassedIsTheAlertsNewLimit() {
        Watch watch = firingThen(DEEP, rules(DEEP.replace("limit: 5", "limit: 8")));
        Watch tuned = firingThen(DEEP, rules(DEEP, tuned(null, "{deep: {limit: 8}}")));

        for (Watch each : List.of(watch, tuned)) {
            assertThat(each.told()).containsExactly("60 s: deep warning fires");
            AlertEvent event = each.events().get(0);
            assertThat(event.sequence()).isEqualTo(2);
            assertThat(event.threshold()).isEqualTo(8);
            assertThat(event.summary()).isEqualTo("10 wait, limit 8");
            assertThat(event.startsAt().toEpochMilli()).isEqualTo(Watch.START + 30_000);
            assertThat(each.states()).isEmpty();
        }
    }

    @Test
    void aHigherLimitThatIsNotPassedEndsTheAlertAsRecoveredInItsTime() {
        Watch watch = firingThen(DEEP, rules(DEEP.replace("limit: 5", "limit: 20")));
        Watch tuned = firingThen(DEEP, rules(DEEP, tuned(null, "{deep: {limit: 20}}")));

        assertThat(watch.told()).containsExactly("80 s: deep warning ends: recovered");
        assertThat(tuned.told()).containsExactly("80 s: deep warning ends: recovered");
    }

    @Test
    void aChangeOfWordsChangesNothing() {
        String reworded = DEEP.replace("requests_waiting > limit", "requests_waiting  >  limit")
                .replace("{value} wait", "there wait {value}");

        assertThat(firingThen(DEEP, rules(reworded)).told()).isEmpty();
    }

    @Test
    void anotherConditionUnderTheSameLimitTellsNothingWhileItHolds() {
        String other = DEEP.replace("requests_waiting > limit", "requests_waiting.mean > limit");

        assertThat(firingThen(DEEP, rules(other)).told()).isEmpty();
    }

    @Test
    void anotherSeverityChangesTheAlertWhileItHolds() {
        Watch worse = firingThen(DEEP, rules(DEEP.replace("warning", "critical")));
        Watch milder = firingThen(DEEP, rules(DEEP.replace("warning", "info")));

        assertThat(worse.told()).containsExactly("60 s: deep critical fires");
        assertThat(worse.events().get(0).sequence()).isEqualTo(2);
        assertThat(milder.told()).containsExactly("60 s: deep info fires");
    }

    @Test
    void anotherSeverityOfWhatNoLongerHoldsIsNotTold() {
        Watch worse = firing(DEEP)
                .given(f -> f.gauge(Signal.REQUESTS_WAITING, 0))
                .restartedWith(rules(DEEP.replace("warning", "critical")))
                .passes(60);

        assertThat(worse.told()).containsExactly("80 s: deep warning ends: recovered");
    }

    @Test
    void aLevelThatIsGoneLeavesItsAlertToTheNearest() {
        Watch both = new Watch(rules(LEVELS), FrameBuilder.serving().gauge(Signal.REQUESTS_WAITING, 60)).passes(60);
        Watch without = both.restartedWith(rules(DEEP)).passes(60);

        assertThat(both.told()).containsExactly("10 s: deep critical fires");
        assertThat(without.told()).containsExactly("60 s: deep warning fires");
        assertThat(requireNonNull(without.state()).families().get(0).candidates())
                .hasSize(1);
    }

    @Test
    void aLevelThatIsNewBeginsLikeAnyOther() {
        Watch watch = firing(DEEP)
                .given(f -> f.gauge(Signal.REQUESTS_WAITING, 60))
                .restartedWith(rules(LEVELS))
                .passes(60);

        assertThat(watch.told()).containsExactly("70 s: deep critical fires");
    }

    @Test
    void inAnotherFamilyTheAlertIsAnotherAndNeedNotWait() {
        Watch watch = firingThen(DEEP, rules(DEEP.replace("family: queue", "family: backlog")));

        assertThat(watch.told()).containsExactly("60 s: deep warning fires", "60 s: deep warning ends: rule-gone");
        assertThat(watch.events()).extracting(AlertEvent::family).containsExactly("backlog", "queue");
        assertThat(watch.events().get(0).pendingSince().toEpochMilli()).isEqualTo(Watch.START);
    }

    @Test
    void inAnotherFamilyNothingFiresThatDoesNotHold() {
        Watch watch = firingThen(
                DEEP, rules(DEEP.replace("family: queue", "family: backlog").replace("limit: 5", "limit: 20")));

        assertThat(watch.told()).containsExactly("60 s: deep warning ends: rule-gone");
    }

    @Test
    void aLongerForDoesNotEndWhatFiresAndAShorterOneCountsWhatWas() {
        Watch longer = firingThen(DEEP, rules(DEEP.replace("for: 30s", "for: 10m")));
        Watch shorter = new Watch(rules(DEEP), FrameBuilder.serving().gauge(Signal.REQUESTS_WAITING, 10))
                .passes(20)
                .restartedWith(rules(DEEP.replace("for: 30s", "for: 10s")))
                .passes(20);

        assertThat(longer.told()).isEmpty();
        assertThat(shorter.told()).containsExactly("20 s: deep warning fires");
    }

    @Test
    void aRuleThatIsNoLongerForSuchAnEntityIsGone() {
        RuleSet ofModels = rules(DEEP.replace("[replica]", "[model]"));
        RuleSet whenDown = rules(DEEP.replace("severity:", "states: [down]\n    severity:"));
        RuleSet ofBatches =
                rules(DEEP.replace("severity:", "profiles: [interactive]\n    severity:"), tuned("batch", null));

        for (RuleSet changed : List.of(ofModels, whenDown, ofBatches)) {
            assertThat(firingThen(DEEP, changed).told()).containsExactly("60 s: deep warning ends: rule-gone");
        }
    }

    @Test
    void aRuleThatIsRemovedIsGone() {
        assertThat(firingThen(DEEP, rules(DEEP.replace("id: deep", "id: shallow")))
                        .told())
                .containsExactly("60 s: deep warning ends: rule-gone", "90 s: shallow warning fires");
    }
}
