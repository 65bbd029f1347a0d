package io.vedette.jobs.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.jobs.rules.FrameBuilder;
import io.vedette.jobs.rules.RuleSet;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.AlertEvent.Evidence;
import io.vedette.model.alert.AlertEvent.ResolvedReason;
import io.vedette.model.alert.Severity;
import io.vedette.model.frame.Frame.Release;
import io.vedette.model.frame.Life;
import io.vedette.model.series.SeriesSettings;
import io.vedette.model.signal.Signal;
import io.vedette.model.yaml.YamlValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertLifeTest {
    private static final String DEEP = """
            rules:
              - id: deep
                family: queue
                scope: [replica]
                when: requests_waiting > limit
                for: 30s
                keep_firing_for: 20s
                hold_unknown: 1m
                severity: warning
                parameters: {limit: 5}
                value: requests_waiting
                threshold: limit
                summary: "{entity}: {value} waiting (limit {threshold})"
                action: do something
            """;
    private static final String DEEPER = """
              - id: deeper
                family: queue
                scope: [replica]
                when: requests_waiting > limit
                for: 10s
                keep_firing_for: 0s
                severity: critical
                parameters: {limit: 50}
                value: requests_waiting
                threshold: limit
                summary: "{value} waiting"
            """;

    private static RuleSet rules(String text) {
        return RuleSet.load(
                List.of(YamlValue.parse("mine.yaml", text).orElseThrow()), SeriesSettings.DEFAULT_WINDOWS, Map.of());
    }

    private static Watch watch(String text) {
        return new Watch(rules(text), waiting(6));
    }

    private static FrameBuilder waiting(int count) {
        return FrameBuilder.serving().gauge(Signal.REQUESTS_WAITING, count);
    }

    private static FrameBuilder set(FrameBuilder frames, int waiting) {
        return frames.gauge(Signal.REQUESTS_WAITING, waiting);
    }

    @Test
    void firesOnlyAfterForHasElapsedAndEndsOnlyAfterKeepFiringForHas() {
        Watch watch = watch(DEEP).passes(60).given(f -> set(f, 0)).passes(60);

        assertThat(watch.told()).containsExactly("30 s: deep warning fires", "80 s: deep warning ends: recovered");
        assertThat(watch.states())
                .containsExactly("0 s: deep warning pending", "30 s: deep warning firing", "80 s: deleted");
    }

    @Test
    void eventsSayAllThereIsToSay() {
        Watch watch = watch(DEEP).passes(60).given(f -> set(f, 0)).passes(60);
        Instant start = Instant.ofEpochMilli(Watch.START);
        AlertEvent fires = new AlertEvent(
                1,
                "deep",
                "queue",
                Severity.WARNING,
                AlertEvent.State.FIRING,
                FrameBuilder.REPLICA,
                start,
                start.plusSeconds(30),
                null,
                start.plusSeconds(30),
                6,
                5,
                "",
                "1m",
                "gpu-7:8000 (glm): 6 waiting (limit 5)",
                "do something",
                "docs/runbook.md#deep",
                false,
                null,
                List.of(new Evidence("vedette_replica_requests_waiting", 6, 6, 6)));
        AlertEvent ends = new AlertEvent(
                2,
                "deep",
                "queue",
                Severity.WARNING,
                AlertEvent.State.RESOLVED,
                FrameBuilder.REPLICA,
                start,
                start.plusSeconds(30),
                start.plusSeconds(80),
                start.plusSeconds(80),
                0,
                5,
                "",
                "1m",
                "gpu-7:8000 (glm): 6 waiting (limit 5)",
                "do something",
                "docs/runbook.md#deep",
                false,
                ResolvedReason.RECOVERED,
                List.of(new Evidence("vedette_replica_requests_waiting", 0, 0, 0)));

        assertThat(watch.events()).containsExactly(fires, ends);
    }

    @Test
    void aConditionThatIsFalseOnceBeginsItsForAnew() {
        Watch watch = watch(DEEP)
                .passes(30)
                .given(f -> set(f, 0))
                .passes(5)
                .given(f -> set(f, 6))
                .passes(60);

        assertThat(watch.told()).containsExactly("65 s: deep warning fires");
    }

    @Test
    void aConditionThatIsTrueAgainWhileTheAlertIsKeptEndsNothing() {
        Watch watch = watch(DEEP)
                .passes(40)
                .given(f -> set(f, 0))
                .passes(20)
                .given(f -> set(f, 6))
                .passes(5)
                .given(f -> set(f, 0))
                .passes(20);

        assertThat(watch.told()).containsExactly("30 s: deep warning fires");
    }

    @Test
    void timeInWhichNobodyLookedDoesNotCount() {
        Watch watch = watch(DEEP).passes(10).misses(600).passes(60);

        assertThat(watch.told()).containsExactly("630 s: deep warning fires");
    }

    @Test
    void anUnknownConditionNeitherStartsNorAdvancesFor() {
        Watch never = watch(DEEP).given(f -> f.without(Signal.REQUESTS_WAITING)).passes(60);
        Watch later = watch(DEEP)
                .passes(20)
                .given(f -> f.without(Signal.REQUESTS_WAITING))
                .passes(30)
                .given(f -> set(f, 6))
                .passes(60);

        assertThat(never.told()).isEmpty();
        assertThat(later.told()).containsExactly("60 s: deep warning fires");
    }

    @Test
    void aFiringAlertIsHeldWhileItsConditionIsUnknownAndThenEndsAsNoData() {
        Watch watch = watch(DEEP)
                .passes(40)
                .given(f -> f.without(Signal.REQUESTS_WAITING))
                .passes(120);

        assertThat(watch.told()).containsExactly("30 s: deep warning fires", "100 s: deep warning ends: no-data");
    }

    @Test
    void anAlertIsHeldWhileItsEntityIsUnknownAndEndsAsNoDataWhenItIsGone() {
        Watch held =
                watch(DEEP).passes(40).given(f -> f.release(Release.SILENCE)).passes(50);
        Watch gone = watch(DEEP).passes(40).given(f -> f.release(Release.GONE)).passes(5);

        assertThat(held.told()).containsExactly("30 s: deep warning fires");
        assertThat(gone.told()).containsExactly("30 s: deep warning fires", "40 s: deep warning ends: no-data");
        assertThat(gone.state()).isNull();
    }

    @Test
    void anAlertEndsAtOnceWhenItsRuleDoesNotApplyInTheNewState() {
        Watch watch =
                watch(DEEP).passes(40).given(f -> f.gauge(Signal.AWAKE, 0)).passes(60);

        assertThat(watch.told()).containsExactly("30 s: deep warning fires", "40 s: deep warning ends: recovered");
    }

    @Test
    void whatWasWrongWithAnEngineThatHasRestartedHasNotBeenSeenToRecover() {
        Watch watch = watch(DEEP)
                .passes(40)
                .given(f -> f.life(new Life(Watch.START, Watch.START, 0, Watch.START + 38_000, 0, 1, 0)))
                .passes(20);

        assertThat(watch.told()).containsExactly("30 s: deep warning fires", "40 s: deep warning ends: no-data");
    }

    @Test
    void anAlertEndsAsRemovedWithItsTarget() {
        Watch watch =
                watch(DEEP).passes(40).given(f -> f.release(Release.REMOVED)).passes(5);

        assertThat(watch.told()).containsExactly("30 s: deep warning fires", "40 s: deep warning ends: removed");
        assertThat(watch.state()).isNull();
    }

    @Test
    void theWorseSeverityOfAFamilyReplacesTheMilderAndGivesWayToItAgain() {
        Watch watch = watch(DEEP + DEEPER)
                .passes(40)
                .given(f -> set(f, 60))
                .passes(40)
                .given(f -> set(f, 10))
                .passes(40)
                .given(f -> set(f, 0))
                .passes(40);

        assertThat(watch.told())
                .containsExactly(
                        "30 s: deep warning fires",
                        "50 s: deeper critical fires",
                        "80 s: deep warning fires",
                        "140 s: deep warning ends: recovered");
        assertThat(watch.events()).extracting(AlertEvent::sequence).containsExactly(1L, 2L, 3L, 4L);
        assertThat(watch.events())
                .extracting(AlertEvent::fingerprint)
                .containsOnly(watch.events().get(0).fingerprint());
        assertThat(watch.events())
                .extracting(AlertEvent::startsAt)
                .containsOnly(Instant.ofEpochMilli(Watch.START + 30_000));
    }

    @Test
    void nobodyIsToldOfAMilderAlertThatIsOnlyKeptWhenTheWorseOneEnds() {
        Watch watch = watch(DEEP + DEEPER)
                .given(f -> set(f, 60))
                .passes(40)
                .given(f -> set(f, 0))
                .passes(40);

        assertThat(watch.told())
                .containsExactly("10 s: deeper critical fires", "60 s: deeper critical ends: recovered");
        assertThat(watch.states()).last().isEqualTo("60 s: deleted");
    }

    @Test
    void anAlertThatOutlivesItsConditionEndsForTheReasonForWhichItsFamilyDoes() {
        Watch watch = watch(DEEP + DEEPER)
                .given(f -> set(f, 60))
                .passes(40)
                .given(f -> set(f, 0))
                .passes(10)
                .given(f -> f.release(Release.REMOVED))
                .passes(5);

        assertThat(watch.told()).containsExactly("10 s: deeper critical fires", "50 s: deeper critical ends: removed");
    }

    @Test
    void anAlertWhoseRuleIsGoneAfterARestartEndsAsRuleGone() {
        Watch before = watch(DEEP).passes(40);
        Watch after = before.restartedWith(rules(DEEPER.indent(0).transform(text -> "rules:\n" + text)))
                .passes(10);

        assertThat(after.told()).containsExactly("40 s: deep warning ends: rule-gone");
        assertThat(after.events().get(0).summary()).isEqualTo("gpu-7:8000 (glm): 6 waiting (limit 5)");
        assertThat(after.events().get(0).sequence()).isEqualTo(2);
    }

    @Test
    void aPendingConditionGoesOnAfterARestart() {
        Watch after = watch(DEEP).passes(20).restartedWith(rules(DEEP)).passes(20);

        assertThat(after.told()).containsExactly("30 s: deep warning fires");
    }

    @Test
    void aFrameThatIsNotNewerThanTheLastIsOld() {
        Watch watch = watch(DEEP).passes(5);

        assertThat(AlertLife.isOld(watch.state(), waiting(6).at(Watch.START))).isTrue();
        assertThat(AlertLife.isOld(watch.state(), waiting(6).at(Watch.START + 5_000)))
                .isFalse();
        assertThat(AlertLife.isOld(null, waiting(6).at(Watch.START))).isFalse();
    }

    @Test
    void eventsOfTicksLongBeforeTheStartAreMarkedLate() {
        Watch watch = new Watch(rules(DEEP), waiting(6), new EventWriter("docs/runbook.md", Watch.START + 56_000))
                .passes(40)
                .given(f -> set(f, 0))
                .passes(60);

        assertThat(watch.events()).extracting(AlertEvent::late).containsExactly(true, false);
    }

    @Test
    void anAlertThatStillFiresWhenTheLateFramesHaveBeenReadIsToldAgainWithTheSameId() {
        Watch watch = new Watch(rules(DEEP), waiting(6), new EventWriter("docs/runbook.md", Watch.START + 61_000))
                .passes(100)
                .given(f -> set(f, 0))
                .passes(60);

        assertThat(watch.told())
                .containsExactly(
                        "30 s: deep warning fires", "65 s: deep warning fires", "120 s: deep warning ends: recovered");
        assertThat(watch.events()).extracting(AlertEvent::late).containsExactly(true, false, false);
        assertThat(watch.events()).extracting(AlertEvent::sequence).containsExactly(1L, 1L, 2L);
        assertThat(watch.events().get(1).id()).isEqualTo(watch.events().get(0).id());
    }

    @Test
    void anAlertThatChangesOrEndsJustWhenTheLateFramesHaveBeenReadIsToldOnce() {
        EventWriter writer = new EventWriter("docs/runbook.md", Watch.START + 61_000);
        Watch changes = new Watch(rules(DEEP + DEEPER), waiting(6), writer)
                .passes(55)
                .given(f -> set(f, 60))
                .passes(40);
        Watch ends = new Watch(rules(DEEP), waiting(6), writer)
                .passes(45)
                .given(f -> set(f, 0))
                .passes(60);

        assertThat(changes.told()).containsExactly("30 s: deep warning fires", "65 s: deeper critical fires");
        assertThat(ends.told()).containsExactly("30 s: deep warning fires", "65 s: deep warning ends: recovered");
    }

    @Test
    void twoLivesOfAnAlertHaveTheSameFingerprintAndDifferentIds() {
        Watch watch = watch(DEEP)
                .passes(40)
                .given(f -> set(f, 0))
                .passes(40)
                .given(f -> set(f, 6))
                .passes(40);

        assertThat(watch.told())
                .containsExactly(
                        "30 s: deep warning fires", "60 s: deep warning ends: recovered", "110 s: deep warning fires");
        assertThat(watch.events()).extracting(AlertEvent::sequence).containsExactly(1L, 2L, 1L);
        assertThat(watch.events()).extracting(AlertEvent::id).doesNotHaveDuplicates();
    }
}
