package io.vedette.jobs.derive;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.jobs.track.FakeEngine;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Frame.Release;
import io.vedette.model.sample.Target;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DeriveOperatorsTest {
    private static final long T0 = RandomFleet.T0;
    private static final Target A = SampleTopic.target("a:8000");
    private static final Target B = SampleTopic.target("b:8000");

    private final FakeEngine engine = new FakeEngine("tiny", T0 - 60_000);
    private final SampleTopic topic = new SampleTopic(2);

    /** Scrapes of a target every 5 s in (from, to], in seconds. */
    private void scrapes(Target target, long from, long to) {
        for (long seconds = from + 1; seconds <= to; seconds += 5) {
            long time = T0 + seconds * 1_000;
            topic.scrape(target, engine.serve(1, 0.3), time, time + 50, 5_000);
        }
    }

    private void beats(long from, long to) {
        topic.beats(T0 + from * 1_000, T0 + to * 1_000);
    }

    private DeriveHarness read() throws Exception {
        return new DeriveHarness(2, 2).readAll(topic.inOrder());
    }

    /** Which releases each entity's frames had, and how many of each. */
    private static Map<String, Map<Release, Long>> releases(List<Frame> frames) {
        return frames.stream()
                .collect(Collectors.groupingBy(
                        frame -> frame.entity().key(),
                        TreeMap::new,
                        Collectors.groupingBy(Frame::release, TreeMap::new, Collectors.counting())));
    }

    @Test
    void nothingIsLeftOfATargetThatWasRemoved() throws Exception {
        beats(0, 200);
        topic.targets("agent", List.of("a:8000", "b:8000"), T0 + 500);
        scrapes(A, 0, 60);
        scrapes(B, 0, 60);
        topic.targets("agent", List.of(), T0 + 60_500);

        try (DeriveHarness harness = read()) {
            assertThat(releases(harness.frames))
                    .containsEntry("replica|a:8000|0", Map.of(Release.SCRAPE, 11L, Release.REMOVED, 1L))
                    .containsEntry("replica|b:8000|0", Map.of(Release.SCRAPE, 11L, Release.REMOVED, 1L));
            assertThat(releases(harness.frames).get("model|tiny|both")).containsEntry(Release.REMOVED, 1L);
            assertThat(harness.states()).isZero();
            assertThat(harness.timers()).isZero();
        }
    }

    @Test
    void nothingIsLeftOfATargetThatWasSilentForAQuarterOfAnHour() throws Exception {
        beats(0, 1_100);
        scrapes(A, 0, 60);

        try (DeriveHarness harness = read()) {
            assertThat(releases(harness.frames).get("replica|a:8000|0")).containsEntry(Release.GONE, 1L);
            assertThat(releases(harness.frames).get("model|tiny|both")).containsEntry(Release.GONE, 1L);
            assertThat(harness.states()).isZero();
            assertThat(harness.timers()).isZero();
        }
    }

    @Test
    void aTargetThatAnotherAgentStillScrapesIsNotRemoved() throws Exception {
        Target byOther = SampleTopic.target("a:8000", "other");
        beats(0, 150);
        topic.targets("agent", List.of("a:8000"), T0 + 500);
        topic.targets("other", List.of("a:8000"), T0 + 500);
        scrapes(A, 0, 60);
        scrapes(byOther, 2, 150);
        topic.targets("agent", List.of(), T0 + 60_500);

        try (DeriveHarness harness = read()) {
            assertThat(releases(harness.frames).get("replica|a:8000|0")).isEqualTo(Map.of(Release.SCRAPE, 29L));
        }
    }

    @Test
    void aScrapeThatWasUnderWayWhenItsTargetWasRemovedDoesNotBringItBack() throws Exception {
        beats(0, 200);
        topic.targets("agent", List.of("a:8000"), T0 + 500);
        scrapes(A, 0, 60);
        topic.targets("agent", List.of(), T0 + 60_500);
        topic.scrape(A, engine, T0 + 60_400, T0 + 61_400, 5_000);

        try (DeriveHarness harness = read()) {
            assertThat(harness.states()).isZero();
            assertThat(releases(harness.frames).get("replica|a:8000|0"))
                    .isEqualTo(Map.of(Release.SCRAPE, 12L, Release.REMOVED, 1L));
        }
    }

    @Test
    void aTargetThatComesBackAfterItsRemovalBeginsAnew() throws Exception {
        beats(0, 180);
        topic.targets("agent", List.of("a:8000"), T0 + 500);
        scrapes(A, 0, 60);
        topic.targets("agent", List.of(), T0 + 60_500);
        topic.targets("agent", List.of("a:8000"), T0 + 120_500);
        scrapes(A, 120, 180);

        try (DeriveHarness harness = read()) {
            assertThat(releases(harness.frames).get("replica|a:8000|0"))
                    .isEqualTo(Map.of(Release.SCRAPE, 22L, Release.REMOVED, 1L));
            assertThat(harness.frames.get(harness.frames.size() - 1).life().firstSeenMillis())
                    .isIn(0L, T0 + 121_000);
        }
    }

    @Test
    void anAgentsListThatIsRepeatedRemovesNobody() throws Exception {
        beats(0, 200);
        for (int minute = 0; minute < 3; minute++) {
            topic.targets("agent", List.of("a:8000", "b:8000"), T0 + 500 + minute * 60_000L);
        }
        topic.targets("late", List.of("b:8000"), T0 + 90_000);
        scrapes(A, 0, 190);

        try (DeriveHarness harness = read()) {
            assertThat(requireNonNull(releases(harness.frames).get("replica|a:8000|0"))
                            .keySet())
                    .containsExactly(Release.SCRAPE);
        }
    }

    @Test
    void nobodyIsSilentWhileNothingCouldBeWritten() throws Exception {
        beats(0, 60);
        scrapes(A, 0, 60);
        beats(399, 480);
        scrapes(A, 401, 480);

        try (DeriveHarness harness = read()) {
            assertThat(releases(harness.frames)).hasSize(2).allSatisfy((entity, releases) -> assertThat(
                            releases.keySet())
                    .containsExactly(Release.SCRAPE));
        }
    }

    @Test
    void whoIsSilentWhileOthersWriteHasFramesThatSaySo() throws Exception {
        beats(0, 200);
        scrapes(A, 0, 60);
        scrapes(B, 0, 200);

        try (DeriveHarness harness = read()) {
            assertThat(releases(harness.frames).get("replica|a:8000|0"))
                    .isEqualTo(Map.of(Release.SCRAPE, 11L, Release.SILENCE, 26L));
            assertThat(releases(harness.frames).get("replica|b:8000|0")).isEqualTo(Map.of(Release.SCRAPE, 39L));
        }
    }

    @Test
    void theEndOfTheInputIsNoTimeThatPasses() throws Exception {
        beats(0, 60);
        scrapes(A, 0, 60);

        try (DeriveHarness harness = read()) {
            List<Frame> before = List.copyOf(harness.frames);
            harness.end();
            assertThat(harness.frames).isEqualTo(before);
            assertThat(harness.states())
                    .as("of the target, its model and its node")
                    .isEqualTo(3);
        }
    }
}
