package io.vedette.jobs.derive;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.jobs.track.FakeEngine;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Window;
import io.vedette.model.sample.Target;
import io.vedette.model.signal.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A job that is stopped at a checkpoint and goes on from it writes what it would have written anyway. */
class DeriveRestoreTest {
    private static final long T0 = RandomFleet.T0;

    @ParameterizedTest(name = "from {0} subtasks to {1}")
    @CsvSource({"1,1", "1,2", "3,2"})
    void framesGoOnAfterARestoreAsIfNothingHadHappened(int before, int after) throws Exception {
        Random random = new Random(before * 10L + after);
        for (int seed = 0; seed < 3; seed++) {
            List<SampleRecord> records = RandomFleet.of(seed, 4).inOrder();
            List<Frame> expected;
            try (DeriveHarness uninterrupted = new DeriveHarness(4, 1)) {
                expected = uninterrupted.readAll(records).end().framesByEntity();
            }
            List<Integer> cuts = List.of(random.nextInt(records.size()), afterJump(records));
            for (int cut : cuts) {
                List<Frame> frames = new ArrayList<>();
                DeriveHarness.Checkpoint checkpoint;
                try (DeriveHarness first = new DeriveHarness(4, before)) {
                    checkpoint = first.readAll(records.subList(0, cut)).checkpoint();
                    frames.addAll(first.frames);
                }
                try (DeriveHarness second = new DeriveHarness(checkpoint, after)) {
                    second.readAll(records.subList(cut, records.size())).end();
                    frames.addAll(second.frames);
                }
                Differing.assertSame(DeriveHarness.byEntity(frames), expected, "fleet %d, cut at %d", seed, cut);
            }
        }
    }

    /** The moment at which time has just jumped, and what was held back still comes. */
    private static int afterJump(List<SampleRecord> records) {
        for (int i = 1; i < records.size(); i++) {
            if (records.get(i).appendMillis() - records.get(i - 1).appendMillis() > 5_000) {
                return Math.min(records.size(), i + 12);
            }
        }
        return records.size() / 2;
    }

    @Test
    void otherWindowsAfterARestartAreFilledFromWhatWasKept() throws Exception {
        SampleTopic topic = new SampleTopic(1).beats(T0, T0 + 330_000);
        Target target = SampleTopic.target("a:8000");
        FakeEngine engine = new FakeEngine("tiny", T0 - 60_000);
        for (long time = T0 + 1_000; time <= T0 + 300_000; time += 5_000) {
            topic.scrape(target, engine.serve(5, 0.3), time, time + 50, 5_000);
        }
        List<SampleRecord> records = topic.inOrder();
        int cut = (int) records.stream()
                .takeWhile(record -> record.appendMillis() < T0 + 298_000)
                .count();
        DeriveHarness.Checkpoint checkpoint;
        try (DeriveHarness first = new DeriveHarness(1, 1)) {
            checkpoint = first.readAll(records.subList(0, cut)).checkpoint();
        }
        DeriveSettings others = new DeriveSettings(
                List.of(Duration.ofMinutes(2), Duration.ofMinutes(4), Duration.ofMinutes(30)), Map.of());
        try (DeriveHarness second = new DeriveHarness(others, checkpoint, 1)) {
            second.readAll(records.subList(cut, records.size()));

            assertThat(second.frames.stream()
                            .map(frame -> frame.entity().kind())
                            .distinct())
                    .hasSize(2);
            assertThat(second.frames).allSatisfy(frame -> {
                assertThat(frame.windows().stream().map(Window::durationMillis))
                        .containsExactly(120_000L, 240_000L, 1_800_000L);
                assertThat(frame.windows().get(1).growthOf(Signal.GENERATION_TOKENS))
                        .isGreaterThan(48 * 50 - 300);
            });
        }
    }
}
