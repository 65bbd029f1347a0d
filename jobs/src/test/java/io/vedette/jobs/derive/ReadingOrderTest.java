package io.vedette.jobs.derive;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.model.frame.Frame;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What frames show depends on the records alone, never on the order in which partitions are read. */
class ReadingOrderTest {
    private static final int FLEETS = 6;

    @ParameterizedTest(name = "partitions at most {0} s apart")
    @ValueSource(longs = {5, 60, 1_200})
    void framesAreTheSameInWhateverOrderPartitionsAreRead(long secondsApart) throws Exception {
        for (int seed = 0; seed < FLEETS; seed++) {
            List<Frame> expected = frames(RandomFleet.of(seed, 4).inOrder(), 1);
            for (int order = 0; order < 2; order++) {
                List<SampleRecord> mixed =
                        RandomFleet.of(seed, 4).interleaved(new Random(seed * 100L + order), secondsApart * 1_000);
                Differing.assertSame(frames(mixed, 1 + order * 2), expected, "fleet %d, order %d", seed, order);
            }
        }
    }

    @ParameterizedTest(name = "{0} partitions")
    @ValueSource(ints = {1, 3})
    void framesAreTheSameFromAnyNumberOfPartitions(int partitions) throws Exception {
        for (int seed = 0; seed < FLEETS; seed++) {
            List<Frame> expected = frames(RandomFleet.of(seed, 4).inOrder(), 1);
            Differing.assertSame(frames(RandomFleet.of(seed, partitions).inOrder(), 1), expected, "fleet %d", seed);
        }
    }

    private static List<Frame> frames(List<SampleRecord> records, int parallelism) throws Exception {
        try (DeriveHarness harness = new DeriveHarness(
                records.stream().mapToInt(SampleRecord::partition).max().orElseThrow() + 1, parallelism)) {
            List<Frame> frames = harness.readAll(records).end().framesByEntity();
            assertThat(frames).hasSizeGreaterThan(300);
            return frames;
        }
    }
}
