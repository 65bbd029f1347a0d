package io.vedette.jobs.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.jobs.held.HeldSet;
import io.vedette.jobs.rules.FrameBuilder;
import io.vedette.jobs.rules.RuleSet;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.AlertEvent.ResolvedReason;
import io.vedette.model.entity.Entity;
import io.vedette.model.frame.Frame;
import io.vedette.model.histogram.Bounds;
import io.vedette.model.series.SeriesSettings;
import io.vedette.model.signal.Signal;
import io.vedette.model.yaml.YamlValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checkpoints of detect that earlier versions wrote are restored, and what follows is what followed then. A set has {@code detect.checkpoint}, the rules
 * of that time, the frames that came after it, and a line for each event that they brought.
 */
class HeldDetectStateTest {
    private static final long START = 172_800_000;
    private static final int CHECKPOINT_SECONDS = 900;
    private static final int END_SECONDS = 2_400;
    private static final Bounds SECONDS = Bounds.of(1, 8, 10);

    private static List<HeldSet> sets() {
        return HeldSet.all().stream()
                .filter(set -> set.has("detect.checkpoint"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("sets")
    void whatFollowsIsWhatFollowedThen(HeldSet set) throws Exception {
        DetectSettings settings = settings(set.text("rules.yaml"));
        try (DetectHarness restored = new DetectHarness(settings, set.state("detect.checkpoint"))) {
            restored.feed(set.frames("frames.gz"));

            assertThat(told(restored.events())).isEqualTo(set.text("events.txt"));
        }
    }

    @Test
    void aNewVersionWritesItsSetOnceWhenAsked() throws Exception {
        Optional<HeldSet> asked = HeldSet.toWrite();
        if (asked.isEmpty()) {
            return;
        }
        HeldSet set = asked.get();
        String rules = rules();
        OperatorSubtaskState checkpoint;
        try (DetectHarness first = new DetectHarness(settings(rules), null)) {
            checkpoint = first.feed(frames(0, CHECKPOINT_SECONDS)).snapshot();
        }
        List<Frame> after = frames(CHECKPOINT_SECONDS, END_SECONDS);
        try (DetectHarness second = new DetectHarness(settings(rules), checkpoint)) {
            second.feed(after);
            set.writeText("events.txt", told(second.events()));
        }
        set.writeState("detect.checkpoint", checkpoint);
        set.writeText("rules.yaml", rules);
        set.writeFrames("frames.gz", after);
    }

    private static String rules() throws IOException {
        try (var in = HeldDetectStateTest.class.getResourceAsStream("held-rules.yaml")) {
            return new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static DetectSettings settings(String rules) {
        YamlValue file = YamlValue.parse("rules.yaml", rules).orElseThrow();
        return new DetectSettings(
                RuleSet.load(List.of(file), SeriesSettings.DEFAULT_WINDOWS, Map.of()), 0, DetectSettings.RUNBOOK);
    }

    /** A line an event: when, where, what. */
    private static String told(List<AlertEvent> events) {
        return events.stream().map(HeldDetectStateTest::told).collect(Collectors.joining());
    }

    private static String told(AlertEvent event) {
        ResolvedReason reason = event.resolvedReason();
        return String.join(
                        " | ",
                        event.updatedAt().toString(),
                        event.entity().key(),
                        event.alertname(),
                        event.severity().word(),
                        reason == null ? "fires" : reason.word(),
                        event.id(),
                        String.valueOf(event.value()),
                        String.valueOf(event.threshold()),
                        event.summary())
                + '\n';
    }

    /**
     * Frames of six entities: one of which an alert fires and another is kept, one that is pending, one that never kept its limit, one of which nothing
     * is known yet, one that is down, and a model.
     */
    private static List<Frame> frames(int fromSeconds, int toSeconds) {
        List<Frame> frames = new ArrayList<>();
        for (int second = fromSeconds; second < toSeconds; second += 5) {
            long tick = START + second * 1_000L;
            frames.add(firing(second).at(tick));
            frames.add(pending(second).at(tick));
            frames.add(slow(second).at(tick));
            frames.add(unseen(second).at(tick));
            frames.add(down(second).at(tick));
            frames.add(model(second).at(tick));
        }
        return frames;
    }

    private static FrameBuilder replica(String instance) {
        return new FrameBuilder(
                        Entity.replica(instance, "0", "glm", Entity.ROLE_BOTH, "gpu-7", Map.of("cluster", "bj1")))
                .gauge(Signal.REQUESTS_RUNNING, 4)
                .gauge(Signal.REQUESTS_WAITING, 0)
                .gauge(Signal.KV_CACHE_USAGE, 0.5)
                .gauge(Signal.PROGRESS_AGE, 0)
                .growth(Signal.FINISHED_REQUESTS, FrameBuilder.FINISHED, 600)
                .histogram(Signal.E2E_REQUEST_LATENCY, FrameBuilder.observed(SECONDS, 100, 0, 0, 0));
    }

    /** Its queue is deep from 600 s to 1,500 s; requests finish at half the rate from 800 s to 1,800 s, by the frozen reference. */
    private static FrameBuilder firing(int second) {
        double before = second < 850 ? 600 : second < 1_200 ? 450 : 280;
        return replica("firing:8000")
                .gauge(Signal.REQUESTS_WAITING, second >= 600 && second < 1_500 ? (second >= 700 ? 60 : 8) : 0)
                .growth(
                        Signal.FINISHED_REQUESTS,
                        60_000,
                        FrameBuilder.FINISHED,
                        second < 800 || second >= 1_800 ? 60 : 26)
                .growth(Signal.FINISHED_REQUESTS, 600_000, FrameBuilder.FINISHED, before);
    }

    private static FrameBuilder pending(int second) {
        return replica("pending:8000").gauge(Signal.REQUESTS_WAITING, second >= 890 && second < 1_100 ? 8 : 0);
    }

    /** Slow from the first to 1,500 s, and again from 2,000 s. */
    private static FrameBuilder slow(int second) {
        boolean slow = second < 1_500 || second >= 2_000;
        return replica("slow:8000")
                .histogram(
                        Signal.E2E_REQUEST_LATENCY,
                        slow
                                ? FrameBuilder.observed(SECONDS, 0, 0, 100, 0)
                                : FrameBuilder.observed(SECONDS, 100, 0, 0, 0));
    }

    /** Nothing finishes before 895 s, and then it takes long. */
    private static FrameBuilder unseen(int second) {
        return replica("unseen:8000")
                .histogram(
                        Signal.E2E_REQUEST_LATENCY,
                        second < 895
                                ? FrameBuilder.observed(SECONDS, 0, 0, 0, 0)
                                : FrameBuilder.observed(SECONDS, 0, 0, 100, 0));
    }

    private static FrameBuilder down(int second) {
        return replica("down:8000").downSince(second >= 820 && second < 1_300 ? START + 820_000 : 0, "refused");
    }

    private static FrameBuilder model(int second) {
        return new FrameBuilder(FrameBuilder.MODEL)
                .members(3, second >= 850 && second < 1_100 ? 0 : 3)
                .gauge(Signal.REQUESTS_RUNNING, 12)
                .gauge(Signal.REQUESTS_WAITING, 0)
                .growth(Signal.FINISHED_REQUESTS, FrameBuilder.FINISHED, 1_800);
    }
}
