package io.vedette.jobs.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.jobs.life.AlertStateChange;
import io.vedette.jobs.rules.FrameBuilder;
import io.vedette.jobs.rules.RuleSet;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.entity.Entity;
import io.vedette.model.frame.Frame;
import io.vedette.model.histogram.Bounds;
import io.vedette.model.histogram.Histogram;
import io.vedette.model.series.SeriesSettings;
import io.vedette.model.signal.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectFunctionTest {
    private static final long START = 172_800_000;
    private static final DetectSettings SETTINGS = new DetectSettings(
            RuleSet.load(List.of(RuleSet.builtIn()), SeriesSettings.DEFAULT_WINDOWS, Map.of()),
            0,
            DetectSettings.RUNBOOK);

    /** A queue that stands for 3 min: pending at 0 s, firing from 120 s, ended at 240 s. */
    private static List<Frame> queueThatComesAndGoes(Entity entity) {
        List<Frame> frames = new ArrayList<>();
        for (int second = 0; second < 300; second += 5) {
            frames.add(new FrameBuilder(entity)
                    .gauge(Signal.REQUESTS_RUNNING, 4)
                    .gauge(Signal.REQUESTS_WAITING, second < 180 ? 4 : 0)
                    .growth(Signal.FINISHED_REQUESTS, FrameBuilder.FINISHED, 60)
                    .histogram(Signal.REQUEST_QUEUE_TIME, Histogram.empty())
                    .histogram(Signal.TIME_TO_FIRST_TOKEN, FrameBuilder.observed(Bounds.of(1, 10), 0, 60, 0))
                    .at(START + second * 1_000L));
        }
        return frames;
    }

    private static List<AlertEvent> uninterrupted(List<Frame> frames) throws Exception {
        try (DetectHarness harness = new DetectHarness(SETTINGS, null)) {
            return harness.feed(frames).events();
        }
    }

    @Test
    void tellsWhatTheRulesSay() throws Exception {
        assertThat(uninterrupted(queueThatComesAndGoes(FrameBuilder.REPLICA)))
                .extracting(
                        e -> (e.updatedAt().toEpochMilli() - START) / 1000 + " s " + e.alertname() + ' ' + e.state())
                .containsExactly("120 s queue-blocked FIRING", "240 s queue-blocked RESOLVED");
    }

    @ParameterizedTest(name = "interrupted at {0} s")
    @ValueSource(ints = {0, 60, 115, 120, 125, 200, 235, 240, 295})
    void aRestartFromACheckpointTellsTheSameEvents(int second) throws Exception {
        List<Frame> frames = queueThatComesAndGoes(FrameBuilder.REPLICA);
        int at = second / 5 + 1;
        List<AlertEvent> told = new ArrayList<>();
        List<AlertStateChange> changes = new ArrayList<>();
        OperatorSubtaskState snapshot;
        try (DetectHarness before = new DetectHarness(SETTINGS, null)) {
            snapshot = before.feed(frames.subList(0, at)).snapshot();
            told.addAll(before.events());
            changes.addAll(before.changes());
        }
        try (DetectHarness after = new DetectHarness(SETTINGS, snapshot)) {
            after.feed(frames.subList(at, frames.size()));
            told.addAll(after.events());
            changes.addAll(after.changes());
        }

        assertThat(told).isEqualTo(uninterrupted(frames));
        assertThat(changes)
                .filteredOn(c -> c.fingerprint().equals(AlertEvent.fingerprint("queue", FrameBuilder.REPLICA.key())))
                .extracting(c -> c.state() == null ? "deleted" : c.state().word())
                .containsExactly("pending", "firing", "deleted");
    }

    @Test
    void framesThatAreReadAgainAfterACrashCarryIdsAlreadySeen() throws Exception {
        List<Frame> frames = queueThatComesAndGoes(FrameBuilder.REPLICA);
        OperatorSubtaskState snapshot;
        List<AlertEvent> first;
        try (DetectHarness before = new DetectHarness(SETTINGS, null)) {
            snapshot = before.feed(frames.subList(0, 10)).snapshot();
            first = before.feed(frames.subList(10, frames.size())).events();
        }
        try (DetectHarness again = new DetectHarness(SETTINGS, snapshot)) {
            assertThat(again.feed(frames).events())
                    .extracting(AlertEvent::id)
                    .isEqualTo(first.stream().map(AlertEvent::id).toList());
        }
    }

    @Test
    void framesThatRepeatChangeNothing() throws Exception {
        List<Frame> frames = queueThatComesAndGoes(FrameBuilder.REPLICA);
        List<Frame> repeated = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < frames.size(); i++) {
            repeated.add(frames.get(i));
            for (int j = random.nextInt(3); j > 0; j--) {
                repeated.add(frames.get(random.nextInt(i + 1)));
            }
        }

        assertThat(uninterrupted(repeated)).isEqualTo(uninterrupted(frames));
    }

    @Test
    void entitiesDoNotDisturbEachOther() throws Exception {
        Entity other = Entity.replica("gpu-8:8000", "0", "glm", Entity.ROLE_BOTH, "gpu-8", Map.of());
        List<Frame> here = queueThatComesAndGoes(FrameBuilder.REPLICA);
        List<Frame> there = queueThatComesAndGoes(other);
        List<Frame> mixed = new ArrayList<>();
        for (int i = 0; i < here.size(); i++) {
            mixed.add(here.get(i));
            mixed.add(there.get(i));
        }

        List<AlertEvent> told = uninterrupted(mixed);

        assertThat(told.stream().filter(e -> !e.entity().equals(other)).toList())
                .isEqualTo(uninterrupted(here));
        assertThat(told.stream().filter(e -> e.entity().equals(other)).toList()).isEqualTo(uninterrupted(there));
    }

    @Test
    void nothingIsRememberedOfAnEntityThatIsGone() throws Exception {
        try (DetectHarness harness = new DetectHarness(SETTINGS, null)) {
            harness.feed(queueThatComesAndGoes(FrameBuilder.REPLICA));
            assertThat(harness.remembered()).isEqualTo(1);

            harness.feed(
                    List.of(FrameBuilder.serving().release(Frame.Release.GONE).at(START + 300_000)));
            assertThat(harness.remembered()).isZero();
        }
    }
}
