package io.vedette.jobs.track;

import static io.vedette.jobs.track.Scrapes.T0;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.model.exposition.ProblemReason;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.FrameCodec;
import io.vedette.model.frame.Window;
import io.vedette.model.histogram.Histogram;
import io.vedette.model.signal.Signal;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What a target may show that makes no sense. Each time a counter says so, what else the target shows is still right, and another target that is read
 * in between has the frames that it has when all is well.
 */
class BadBodiesTest {
    private static final String TOKENS = "vllm:generation_tokens_total{engine=\"0\",model_name=\"tiny\"} ";
    private static final String LATENCY = "vllm:e2e_request_latency_seconds";

    private final BodyFollower follower = new BodyFollower();
    private final FakeEngine bad = new FakeEngine("tiny", T0 - 600_000);
    private final FakeEngine good = new FakeEngine("tiny", T0 - 600_000);
    private long seconds;

    /** Scrapes both targets every 5 s; each serves 4 requests between two scrapes. The bad one's bodies are spoilt by scrape. */
    private void scrapes(int count, BiFunction<Integer, String, String> spoilt) {
        for (int i = 0; i < count; i++) {
            follower.scrape("bad", seconds, spoilt.apply(i, bad.serve(4, 0.7).text()));
            follower.scrape("good", seconds, good.serve(4, 0.7).text());
            seconds += 5;
        }
    }

    private static String asIs(int scrape, String body) {
        return body;
    }

    private static BiFunction<Integer, String, String> only(int which, BiFunction<Integer, String, String> spoilt) {
        return (i, body) -> i == which ? spoilt.apply(i, body) : body;
    }

    private static double finished(Window window) {
        return window.growthOf(Signal.FINISHED_REQUESTS);
    }

    private static Histogram latency(Window window) {
        return requireNonNull(window.histograms().get(Signal.E2E_REQUEST_LATENCY));
    }

    private static String without(String body, String start) {
        return body.lines().filter(line -> !line.startsWith(start)).reduce("", (all, line) -> all + line + "\n");
    }

    @AfterEach
    void theNeighbourIsUnharmed() {
        BodyFollower alone = new BodyFollower();
        FakeEngine engine = new FakeEngine("tiny", T0 - 600_000);
        for (long t = 0; t < seconds; t += 5) {
            alone.scrape("good", t, engine.serve(4, 0.7).text());
        }
        assertThat(follower.frames("good")).isEqualTo(alone.frames("good")).isNotEmpty();
    }

    @Test
    void aMetricThatChangesItsTypeForOneScrape() {
        scrapes(6, only(3, (i, body) -> body.replace("# TYPE " + LATENCY + " histogram", "# TYPE " + LATENCY + " gauge")
                .replace("# TYPE vllm:generation_tokens_total counter", "# TYPE vllm:generation_tokens_total gauge")));

        Window window = follower.minute("bad");
        assertThat(latency(window).count()).isEqualTo(20);
        assertThat(window.growthOf(Signal.GENERATION_TOKENS)).isEqualTo(200);
        assertThat(finished(window)).isEqualTo(20);
    }

    @Test
    void aCounterThatBecomesAHistogramsNameIsDroppedAndCounted() {
        scrapes(
                6,
                only(
                        3,
                        (i, body) -> without(body, LATENCY).replace("# TYPE " + LATENCY + " histogram\n", "")
                                + "# TYPE " + LATENCY + " counter\n" + LATENCY + "{engine=\"0\"} 5\n"));

        assertThat(follower.droppedSamples).isEqualTo(1);
        assertThat(latency(follower.minute("bad")).count()).isEqualTo(20);
    }

    @Test
    void aCounterThatGoesNaNAndComesBackHasGrownByWhatItGrew() {
        scrapes(
                6,
                (i, body) -> i == 2 || i == 3 ? body.replaceAll("(?m)^\\Q" + TOKENS + "\\E.*$", TOKENS + "NaN") : body);

        assertThat(follower.droppedSamples).isEqualTo(2);
        assertThat(follower.minute("bad").growthOf(Signal.GENERATION_TOKENS)).isEqualTo(200);
        assertThat(finished(follower.minute("bad"))).isEqualTo(20);
        assertThat(follower.count(TrackEvent.RESTART)).isZero();
    }

    @Test
    void aCounterThatIsNegativeOrInfiniteIsDroppedAndCounted() {
        scrapes(
                6,
                (i, body) -> i == 2 || i == 3
                        ? body.replaceAll("(?m)^\\Q" + TOKENS + "\\E.*$", TOKENS + (i == 2 ? "-5" : "+Inf"))
                        : body);

        assertThat(follower.droppedSamples).isEqualTo(2);
        assertThat(follower.minute("bad").growthOf(Signal.GENERATION_TOKENS)).isEqualTo(200);
    }

    @Test
    void boundsThatDoNotAscendAreSortedOrReported() {
        scrapes(6, only(3, (i, body) -> body.replace("le=\"1.0\"", "le=\"0.1\"")));

        assertThat(follower.problems).containsKey(ProblemReason.DECREASING_BUCKETS);
        assertThat(latency(follower.minute("bad")).count()).isEqualTo(20);
        assertThat(finished(follower.minute("bad"))).isEqualTo(20);
    }

    @Test
    void bucketsThatShrinkAreARestartOfTheirHistogramAndReported() {
        // Cumulative counts that fall from bucket to bucket make no sense at all.
        scrapes(6, only(3, (i, body) -> body.replaceAll("(le=\"\\+Inf\"}) .*", "$1 1.0")));

        assertThat(follower.problems).containsEntry(ProblemReason.DECREASING_BUCKETS, 1);
        assertThat(latency(follower.minute("bad")).count()).isEqualTo(20);
    }

    @Test
    void bucketsThatShrinkFromScrapeToScrapeAreARestart() {
        scrapes(3, BadBodiesTest::asIs);
        bad.restart(T0 - 600_000);
        scrapes(3, BadBodiesTest::asIs);

        assertThat(latency(follower.minute("bad")).count()).isEqualTo(20);
        assertThat(finished(follower.minute("bad"))).isEqualTo(20);
    }

    @Test
    void timeThatRunsBackwards() {
        scrapes(6, BadBodiesTest::asIs);
        follower.scrape("bad", 12, bad.text());
        scrapes(1, BadBodiesTest::asIs);

        assertThat(follower.count(TrackEvent.LATE_SCRAPE)).isEqualTo(1);
        assertThat(finished(follower.minute("bad"))).isEqualTo(24);
        assertThat(follower.frames("bad").stream().map(Frame::tickMillis))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void twoTargetsOfOneName() {
        FakeEngine namesake = new FakeEngine("other", T0 - 60_000).serve(10_000, 3);
        for (int i = 0; i < 6; i++) {
            scrapes(1, BadBodiesTest::asIs);
            follower.scrape(
                    "bad",
                    "agent of another node",
                    seconds - 3,
                    namesake.serve(50, 3).text());
        }

        assertThat(follower.count(TrackEvent.CONTESTED_SCRAPE)).isEqualTo(6);
        assertThat(finished(follower.minute("bad"))).isEqualTo(20);
        assertThat(follower.frames("bad").stream()
                        .map(frame -> frame.entity().modelName())
                        .distinct())
                .containsOnly("tiny");
        assertThat(follower.count(TrackEvent.RESTART)).isZero();
    }

    @Test
    void anAgentThatEndsIsFollowedByTheOther() {
        for (int i = 0; i < 6; i++) {
            scrapes(1, BadBodiesTest::asIs);
        }
        for (int i = 0; i < 6; i++) {
            good.serve(4, 0.7);
            follower.scrape("good", seconds, good.text());
            seconds += 5;
            follower.scrape(
                    "bad",
                    "agent of another node",
                    seconds - 3,
                    bad.serve(4, 0.7).text());
        }

        assertThat(follower.count(TrackEvent.CONTESTED_SCRAPE)).isEqualTo(2);
        assertThat(finished(follower.minute("bad"))).isBetween(40.0, 44.0);
    }

    @Test
    void growthBeyondBelief() {
        scrapes(6, (i, body) -> i >= 3 ? body.replaceAll("(?m)^\\Q" + TOKENS + "\\E.*$", TOKENS + (9e15 + i)) : body);

        assertThat(follower.count(TrackEvent.GROWTH_REFUSED)).isEqualTo(1);
        assertThat(follower.minute("bad").growthOf(Signal.GENERATION_TOKENS)).isBetween(80.0, 82.0);
        assertThat(finished(follower.minute("bad"))).isEqualTo(20);
    }

    @Test
    void aBodyThatIsCutAnywhereOnceMakesNoGrowth() {
        String whole = bad.text();
        int cuts = 0;
        for (int cut = whole.indexOf('\n') + 1; cut > 0; cut = whole.indexOf('\n', cut) + 1) {
            for (int first : new int[] {0, 2}) {
                BodyFollower follow = new BodyFollower();
                FakeEngine engine = new FakeEngine("tiny", T0 - 600_000).serve(1_000_000, 0.7);
                for (int i = 0; i < 6; i++) {
                    String body = engine.serve(4, 0.7).text();
                    follow.scrape("cut", i * 5L, i == first ? cutAfterLine(body, whole, cut) : body);
                }
                String where = "after " + whole.substring(0, cut).lines().count() + " lines, scrape " + first;
                Window window = follow.minute("cut");
                assertThat(finished(window)).as(where).isLessThanOrEqualTo(20);
                assertThat(window.growthOf(Signal.GENERATION_TOKENS)).as(where).isLessThanOrEqualTo(200);
                assertThat(latency(window).count()).as(where).isLessThanOrEqualTo(20);
                assertThat(follow.count(TrackEvent.RESTART)).as(where).isZero();
                cuts++;
            }
        }
        assertThat(cuts).isGreaterThan(60);
        scrapes(1, BadBodiesTest::asIs);
        scrapes(1, BadBodiesTest::asIs);
    }

    private static String cutAfterLine(String body, String whole, int cut) {
        long lines = whole.substring(0, cut).lines().count();
        return body.lines().limit(lines).reduce("", (all, line) -> all + line + "\n") + "vllm:cut_in_the_midd";
    }

    @Test
    void aLabelOfAHundredKilobytes() {
        String reason = "x".repeat(100_000);
        scrapes(
                6,
                (i, body) -> body + "vllm:request_success_total{engine=\"0\",model_name=\"tiny\",finished_reason=\""
                        + reason + "\"} 5\n");

        assertThat(follower.problems).containsEntry(ProblemReason.VALUE_TOO_LONG, 6);
        assertThat(follower.minute("bad").growth().get(Signal.FINISHED_REQUESTS))
                .isEqualTo(Map.of("length", 0.0, "stop", 20.0));
    }

    @Test
    void tenThousandFinishReasons() {
        StringBuilder reasons = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            reasons.append("vllm:request_success_total{engine=\"0\",model_name=\"tiny\",finished_reason=\"r")
                    .append(i)
                    .append("\"} 5\n");
        }
        scrapes(4, (i, body) -> body + reasons);

        List<Frame> frames = follower.frames("bad");
        assertThat(follower.droppedSamples).isGreaterThan(4 * 9_000);
        assertThat(follower.minute("bad").growthOf(Signal.GENERATION_TOKENS)).isEqualTo(120);
        assertThat(FrameCodec.encode(frames.get(frames.size() - 1)).length).isLessThan(20_000);
    }

    @Test
    void finishReasonsThatAreNewInEachScrapeMakeTheHistoryStartAnew() {
        scrapes(60, (i, body) -> {
            StringBuilder reasons = new StringBuilder(body);
            for (int r = 0; r < 100; r++) {
                reasons.append("vllm:request_success_total{engine=\"0\",model_name=\"tiny\",finished_reason=\"r")
                        .append(i * 100 + r)
                        .append("\"} 5\n");
            }
            return reasons.toString();
        });

        assertThat(follower.count(TrackEvent.LAYOUT_RESET)).isEqualTo(1);
    }
}
