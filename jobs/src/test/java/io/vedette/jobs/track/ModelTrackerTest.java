package io.vedette.jobs.track;

import static io.vedette.jobs.track.Scrapes.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.jobs.panes.PaneGrowth;
import io.vedette.jobs.panes.SeriesKey;
import io.vedette.jobs.track.Scrapes.Found;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Frame.Release;
import io.vedette.model.frame.Window;
import io.vedette.model.histogram.FixedPoint;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ModelTrackerTest {
    private final ModelTracker tracker = new ModelTracker(new int[] {12, 60, 120});
    private final Found found = new Found();
    private @Nullable ModelState state;

    /** A member that generates ten tokens a pane, told 2 s after the tick. */
    private static MemberReport report(String member, long seconds, Release release) {
        long tick = T0 + seconds * 1000;
        SeriesKey tokens = SeriesKey.counter(Signal.GENERATION_TOKENS, "");
        boolean live = release == Release.SCRAPE;
        return new MemberReport(
                "model|tiny|both",
                member,
                "tiny",
                "both",
                Map.of("cluster", "c", "rack", member),
                tick,
                tick + 2_000,
                release,
                5_000,
                live ? 1 : Double.NaN,
                live ? Scrapes.running(2, 1, member.equals("a") ? 0.2 : 0.4) : Gauges.none(),
                Double.NaN,
                live
                        ? List.of(new PaneGrowth(
                                tick / 5_000,
                                5_000,
                                List.of(new PaneGrowth.SeriesGrowth(tokens, new long[] {10 * FixedPoint.ONE}))))
                        : List.of());
    }

    private void tell(String member, long seconds, Release release, long watermarkSeconds) {
        state = tracker.onReport(state, report(member, seconds, release), T0 + watermarkSeconds * 1000, found);
    }

    private static double tokens(Frame frame) {
        return frame.window(60_000).orElseThrow().growthOf(Signal.GENERATION_TOKENS);
    }

    @Test
    void aTickIsReleasedOnceAllLiveMembersHaveReported() {
        for (int t = 0; t <= 60; t += 5) {
            tell("a", t, Release.SCRAPE, t);
            tell("b", t, Release.SCRAPE, t);
        }
        tell("a", 65, Release.SCRAPE, 65);

        Frame last = found.frames.get(found.frames.size() - 1);
        assertThat(last.tickMillis()).isEqualTo(T0 + 60_000);
        assertThat(last.entity().key()).isEqualTo("model|tiny|both");
        assertThat(last.entity().labels()).isEqualTo(Map.of("cluster", "c"));
        assertThat(last.members()).isEqualTo(2);
        assertThat(last.membersUp()).isEqualTo(2);
        assertThat(tokens(last)).isEqualTo(240);
        assertThat(last.gauges().get(Signal.REQUESTS_RUNNING)).isEqualTo(4);
        assertThat(last.gauges().get(Signal.KV_CACHE_USAGE)).isEqualTo((0.2 + 0.4) / 2);
        assertThat(found.frames.get(0).tickMillis()).isEqualTo(T0 + 15_000);
    }

    @Test
    void aMemberThatLeavesStillCountsForWhatItDidInTheWindow() {
        for (int t = 0; t <= 60; t += 5) {
            tell("a", t, Release.SCRAPE, t);
            tell("b", t, Release.SCRAPE, t);
        }
        for (int t = 65; t <= 90; t += 5) {
            tell("a", t, Release.SCRAPE, t + 13);
            tell("b", t, Release.SILENCE, t + 13);
        }

        Window window = found.at(90).window(60_000).orElseThrow();
        assertThat(window.growthOf(Signal.GENERATION_TOKENS)).isEqualTo(12 * 10 + 6 * 10);
        assertThat(window.coveredMillis()).isEqualTo(60_000);
        assertThat(found.at(90).members()).isEqualTo(1);
    }

    @Test
    void aTickWaitsForASilentMemberNoLongerThanTwentySeconds() {
        for (int t = 0; t <= 30; t += 5) {
            tell("a", t, Release.SCRAPE, t);
            tell("b", t, Release.SCRAPE, t);
        }
        tell("a", 35, Release.SCRAPE, 54);
        assertThat(found.frames.get(found.frames.size() - 1).tickMillis()).isEqualTo(T0 + 30_000);
        tell("a", 40, Release.SCRAPE, 55);
        assertThat(found.frames.get(found.frames.size() - 1).tickMillis()).isEqualTo(T0 + 35_000);
        tell("a", 45, Release.SCRAPE, 60);

        assertThat(found.at(35).members()).isEqualTo(1);
        assertThat(found.at(40).members()).isEqualTo(1);
    }

    @Test
    void theLastMemberToGoTakesTheModelWithIt() {
        for (int t = 0; t <= 30; t += 5) {
            tell("a", t, Release.SCRAPE, t);
        }
        tell("a", 35, Release.REMOVED, 35);

        assertThat(state).isNull();
        assertThat(found.frames.get(found.frames.size() - 1).release()).isEqualTo(Release.REMOVED);
    }

    @Test
    void aMemberThatHasNotCountedYetDoesNotKeepItsModel() {
        for (int t = 0; t <= 30; t += 5) {
            tell("a", t, Release.SCRAPE, t);
        }
        tell("b", 30, Release.SCRAPE, 30);
        tell("a", 35, Release.REMOVED, 35);
        tell("b", 35, Release.SCRAPE, 35);
        for (int t = 40; t <= 60; t += 5) {
            tell("b", t, Release.SCRAPE, t);
        }

        assertThat(found.at(35).release()).isEqualTo(Release.REMOVED);
        List<Frame> ofB = found.frames.stream()
                .filter(frame -> frame.tickMillis() > T0 + 35_000)
                .toList();
        assertThat(ofB.get(0).tickMillis()).isEqualTo(T0 + 45_000);
        assertThat(tokens(ofB.get(0))).isEqualTo(40);
    }

    @Test
    void aModelWithTooManySeriesStartsAnew() {
        for (int t = 0; t <= 60; t += 5) {
            tell("a", t, Release.SCRAPE, t);
        }
        for (int t = 65; t <= 70; t += 5) {
            long tick = T0 + t * 1000L;
            List<PaneGrowth.SeriesGrowth> many = new ArrayList<>();
            for (int i = 0; i < 17_000; i++) {
                many.add(new PaneGrowth.SeriesGrowth(
                        SeriesKey.counter(Signal.FINISHED_REQUESTS, "reason " + i), new long[] {FixedPoint.ONE}));
            }
            MemberReport report = report("a", t, Release.SCRAPE);
            state = tracker.onReport(
                    state,
                    new MemberReport(
                            report.root(),
                            report.member(),
                            report.modelName(),
                            report.role(),
                            report.labels(),
                            tick,
                            report.releasedAtMillis(),
                            report.release(),
                            report.intervalMillis(),
                            report.up(),
                            report.gauges(),
                            report.promptLimit(),
                            List.of(new PaneGrowth(tick / 5_000, 5_000, many))),
                    tick,
                    found);
        }

        assertThat(found.events).isEqualTo(Map.of(TrackEvent.LAYOUT_RESET, 1));
        assertThat(found.at(70).window(60_000).orElseThrow().growthOf(Signal.FINISHED_REQUESTS))
                .isEqualTo(17_000);
    }

    @Test
    void framesDoNotDependOnWhoseReportsAreReadFirst() {
        List<MemberReport> reports = new ArrayList<>();
        for (int t = 0; t <= 200; t += 5) {
            reports.add(report("a", t, Release.SCRAPE));
            reports.add(report("b", t, t < 100 ? Release.SCRAPE : t < 140 ? Release.SILENCE : Release.SCRAPE));
            if (t >= 50) {
                reports.add(report("c", t, Release.SCRAPE));
            }
        }
        List<Frame> expected = framesOf(reports);
        assertThat(expected).hasSize(38);
        for (int seed = 0; seed < 50; seed++) {
            assertThat(framesOf(interleaved(reports, new Random(seed))))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
        }
    }

    /** Frames of reports that are read from a partition a member, the watermark being that of the partition that is furthest behind. */
    private List<Frame> framesOf(List<MemberReport> reports) {
        Found mixed = new Found();
        ModelState model = null;
        long[] watermarks = {T0, T0, T0};
        for (MemberReport report : reports) {
            model = tracker.onReport(
                    model, report, Arrays.stream(watermarks).min().orElseThrow(), mixed);
            watermarks[report.member().charAt(0) - 'a'] = report.releasedAtMillis() - 2_000;
        }
        return mixed.frames;
    }

    /** The reports in an order in which each member's stay in theirs and no member runs ahead of another by more than 30 s. */
    private static List<MemberReport> interleaved(List<MemberReport> reports, Random random) {
        List<MemberReport> rest = new ArrayList<>(reports);
        List<MemberReport> mixed = new ArrayList<>();
        while (!rest.isEmpty()) {
            List<MemberReport> heads = new ArrayList<>();
            for (String member : List.of("a", "b", "c")) {
                rest.stream().filter(r -> r.member().equals(member)).findFirst().ifPresent(heads::add);
            }
            long oldest =
                    heads.stream().mapToLong(MemberReport::tickMillis).min().orElseThrow();
            heads.removeIf(r -> r.tickMillis() > oldest + 30_000);
            Collections.shuffle(heads, random);
            mixed.add(heads.get(0));
            rest.remove(heads.get(0));
        }
        return mixed;
    }
}
