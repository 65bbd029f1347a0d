package io.vedette.jobs.track;

import static io.vedette.jobs.track.Scrapes.T0;
import static io.vedette.jobs.track.Scrapes.counter;
import static io.vedette.jobs.track.Scrapes.failed;
import static io.vedette.jobs.track.Scrapes.finished;
import static io.vedette.jobs.track.Scrapes.good;
import static io.vedette.jobs.track.Scrapes.latency;
import static io.vedette.jobs.track.Scrapes.running;
import static io.vedette.jobs.track.Scrapes.tokens;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vedette.jobs.track.Scrapes.Follower;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Frame.Release;
import io.vedette.model.frame.Window;
import io.vedette.model.histogram.Bounds;
import io.vedette.model.histogram.Histogram;
import io.vedette.model.sample.CounterSample;
import io.vedette.model.sample.EngineScrape;
import io.vedette.model.sample.HistogramSample;
import io.vedette.model.sample.ScrapeFailure;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetTrackerTest {
    private static final Gauges BUSY = running(2, 0, 0.1);

    private static Window minute(Frame frame) {
        return frame.window(60_000).orElseThrow();
    }

    private static Histogram latencies(Window window) {
        return requireNonNull(window.histograms().get(Signal.E2E_REQUEST_LATENCY));
    }

    @Test
    void aTickIsReleasedByTheFirstScrapeAtOrAfterIt() {
        Follower follower = new Follower();
        follower.scrape(good(2, BUSY, List.of(tokens(0))));
        assertThat(follower.found.ticks()).isEmpty();

        follower.scrape(good(7, BUSY, List.of(tokens(50))));
        assertThat(follower.found.ticks()).containsExactly("5 SCRAPE");

        follower.scrape(good(10, BUSY, List.of(tokens(80))));
        assertThat(follower.found.ticks()).containsExactly("5 SCRAPE", "10 SCRAPE");
    }

    @Test
    void countersAreReadAtTheTickByInterpolation() {
        Follower follower = new Follower();
        follower.scrape(good(2, BUSY, List.of(tokens(1000))));
        follower.scrape(good(7, BUSY, List.of(tokens(1050))));
        follower.scrape(good(12, BUSY, List.of(tokens(1150))));

        assertThat(minute(follower.found.at(5)).growthOf(Signal.GENERATION_TOKENS))
                .isCloseTo(30, within(0.001));
        assertThat(minute(follower.found.at(10)).growthOf(Signal.GENERATION_TOKENS))
                .isCloseTo(110, within(0.001));
        assertThat(minute(follower.found.at(10)).coveredMillis()).isEqualTo(8_000);
    }

    @Test
    void aRestartCountsFromZero() {
        Follower follower = new Follower();
        follower.scrape(good(0, BUSY, List.of(tokens(1000)), latency(10, 0, 0, 0)));
        follower.scrape(good(5, BUSY, List.of(tokens(1010)), latency(11, 0, 0, 0)));
        follower.scrape(good(10, BUSY, List.of(tokens(4)), latency(2, 1, 0, 0)));

        Window window = minute(follower.found.at(10));
        assertThat(window.growthOf(Signal.GENERATION_TOKENS)).isEqualTo(14);
        assertThat(latencies(window).count()).isEqualTo(4);
        assertThat(follower.found.events).isEqualTo(Map.of(TrackEvent.RESTART, 1));
    }

    @Test
    void aRestartThatOvertookTheOldValueIsSeenByTheStartTime() {
        Follower follower = new Follower();
        long[] starts = {T0 - 60_000, T0 + 1_000};
        double[] values = {5, 40};
        for (int i = 0; i < 2; i++) {
            follower.scrape(good(
                    i * 5L,
                    starts[i],
                    new EngineScrape(
                            "0",
                            "tiny",
                            List.of(new CounterSample(Signal.PROMPT_TOKENS, "", values[i], starts[i], 0)),
                            BUSY,
                            List.of())));
        }

        assertThat(minute(follower.found.at(5)).growthOf(Signal.PROMPT_TOKENS)).isEqualTo(40);
        assertThat(follower.found.at(0).life().restarts()).isZero();
        assertThat(follower.found.at(5).life().restarts()).isEqualTo(1);
    }

    @Test
    void boundsThatChangeAtARestartLoseNothing() {
        Follower follower = new Follower();
        Bounds coarse = Bounds.of(1, 10);
        follower.scrape(good(0, BUSY, List.of(), latency(1, 0, 0, 0)));
        follower.scrape(good(5, BUSY, List.of(), latency(3, 0, 1, 0)));
        follower.scrape(good(
                10,
                BUSY,
                List.of(),
                new HistogramSample(Signal.E2E_REQUEST_LATENCY, coarse, new double[] {2, 5, 0}, 1, 0, 0)));

        Histogram histogram = latencies(minute(follower.found.at(10)));
        assertThat(histogram.count()).isEqualTo(10);
        assertThat(histogram.parts()).hasSize(2);
    }

    @Test
    void aSeriesFirstSeenAtAKnownTargetCountsFromZero() {
        Follower follower = new Follower();
        follower.scrape(good(0, BUSY, List.of(counter(Signal.HTTP_REQUESTS, "2xx", 10))));
        follower.scrape(good(
                5, BUSY, List.of(counter(Signal.HTTP_REQUESTS, "2xx", 10), counter(Signal.HTTP_REQUESTS, "4xx", 3))));

        assertThat(minute(follower.found.at(5)).growth().get(Signal.HTTP_REQUESTS))
                .isEqualTo(Map.of("2xx", 0.0, "4xx", 3.0));
    }

    @Test
    void aSeriesOlderThanTheLastScrapeByItsOwnWordDoesNotCountItsPast() {
        Follower follower = new Follower();
        follower.scrape(good(0, BUSY, List.of(tokens(1))));
        follower.scrape(good(5, BUSY, List.of(tokens(2))));
        follower.scrape(good(
                10,
                T0 - 900_000,
                new EngineScrape(
                        "0",
                        "tiny",
                        List.of(new CounterSample(Signal.PROMPT_TOKENS, "", 1_000_000, T0 - 600_000, 0)),
                        BUSY,
                        List.of())));

        assertThat(minute(follower.found.at(10)).growthOf(Signal.PROMPT_TOKENS)).isZero();
    }

    @Test
    void lateAndRepeatedScrapesAreDroppedAndCounted() {
        Follower follower = new Follower();
        follower.scrape(good(0, BUSY, List.of(tokens(0))));
        follower.scrape(good(5, BUSY, List.of(tokens(10))));
        follower.scrape(good(5, BUSY, List.of(tokens(10))), T0 + 6_000, Jump.NONE);
        follower.scrape(good(3, BUSY, List.of(tokens(6))), T0 + 7_000, Jump.NONE);
        follower.scrape(good(10, BUSY, List.of(tokens(20))));

        assertThat(minute(follower.found.at(10)).growthOf(Signal.GENERATION_TOKENS))
                .isEqualTo(20);
        assertThat(follower.found.events).isEqualTo(Map.of(TrackEvent.LATE_SCRAPE, 2));
    }

    @Test
    void aScrapeFromTomorrowIsTakenAsOfItsAppendTime() {
        Follower follower = new Follower();
        follower.scrape(good(0, BUSY, List.of(tokens(0))));
        follower.scrape(good(86_400, BUSY, List.of(tokens(10))), T0 + 5_000, Jump.NONE);
        follower.scrape(good(10, BUSY, List.of(tokens(20))));

        assertThat(follower.found.ticks()).containsExactly("0 SCRAPE", "5 SCRAPE", "10 SCRAPE");
        assertThat(follower.found.events).isEqualTo(Map.of(TrackEvent.FROM_THE_FUTURE, 1));
    }

    @Test
    void theTimeOfAnAgentWhoseClockIsOffIsShifted() {
        Follower follower = new Follower();
        for (int i = 0; i < 3; i++) {
            follower.state = follower.tracker.onScrape(
                    follower.state,
                    good(3_600 + i * 5, BUSY, List.of(tokens(i * 10))),
                    T0 + i * 5_000L,
                    5_000,
                    -3_600_000,
                    Jump.NONE,
                    follower.found);
        }

        assertThat(follower.found.ticks()).containsExactly("0 SCRAPE", "5 SCRAPE", "10 SCRAPE");
        assertThat(minute(follower.found.at(10)).growthOf(Signal.GENERATION_TOKENS))
                .isEqualTo(20);
    }

    @Test
    void anIntervalThatNobodyTellsIsShownByTheScrapesAndAHoleIsNone() {
        Follower follower = new Follower();
        long[] seconds = {0, 5, 10, 610, 615, 620};
        long[] intervals = {15_000, 5_000, 5_000, 10_000, 5_000, 5_000};
        for (int i = 0; i < seconds.length; i++) {
            follower.state = follower.tracker.onScrape(
                    follower.state,
                    good(seconds[i], BUSY, List.of(tokens(i))),
                    T0 + seconds[i] * 1000,
                    0,
                    0,
                    Jump.NONE,
                    follower.found);
            assertThat(requireNonNull(follower.state).intervalMillis).isEqualTo(intervals[i]);
        }
        assertThat(follower.found.ticks()).contains("15 SILENCE", "595 SILENCE").endsWith("620 SCRAPE");
    }

    @Test
    void aScrapeThatIsAQuarterOfAnHourOldDoesNotBeginATarget() {
        Follower follower = new Follower();
        follower.scrape(good(0, BUSY, List.of(tokens(0))), T0 + 900_000, Jump.NONE);

        assertThat(follower.state).isNull();
        assertThat(follower.found.frames).isEmpty();
        assertThat(follower.found.events).isEqualTo(Map.of(TrackEvent.LATE_SCRAPE, 1));
    }

    @Test
    void aTargetWhoseFirstScrapesComeLateHasNoFramesOfATimeThatIsOver() {
        Follower follower = new Follower();
        follower.scrape(good(0, BUSY, List.of(tokens(0))), T0 + 300_000, Jump.NONE);
        follower.scrape(good(295, BUSY, List.of(tokens(59))), T0 + 300_100, Jump.NONE);

        assertThat(follower.found.ticks()).containsExactly("290 SCRAPE", "295 SCRAPE");
        assertThat(minute(follower.found.at(295)).growthOf(Signal.GENERATION_TOKENS))
                .isEqualTo(12);
    }

    @Test
    void timeIsCoveredWhileThePortRefusesAndNotWhileItIsSilent() {
        Follower refused = new Follower();
        Follower timeout = new Follower();
        for (Follower follower : List.of(refused, timeout)) {
            follower.scrape(good(0, BUSY, List.of(finished(0))));
            follower.scrape(good(10, BUSY, List.of(finished(10))));
            for (int t = 15; t <= 40; t += 5) {
                follower.scrape(failed(t, follower == refused ? ScrapeFailure.REFUSED : ScrapeFailure.TIMEOUT));
            }
        }

        assertThat(minute(refused.found.at(40)).coveredMillis()).isEqualTo(40_000);
        assertThat(minute(timeout.found.at(40)).coveredMillis()).isEqualTo(10_000);
        assertThat(refused.found.at(40).up()).isZero();
    }

    @Test
    void aHoleBetweenTwoGoodScrapesIsCoveredAfterwards() {
        Follower follower = new Follower();
        follower.scrape(good(0, BUSY, List.of(finished(0))));
        follower.scrape(failed(5, ScrapeFailure.TIMEOUT));
        follower.scrape(failed(10, ScrapeFailure.TIMEOUT));
        follower.scrape(good(15, BUSY, List.of(finished(30))));

        assertThat(minute(follower.found.at(10)).growthOf(Signal.FINISHED_REQUESTS))
                .isZero();
        assertThat(minute(follower.found.at(15)).growthOf(Signal.FINISHED_REQUESTS))
                .isEqualTo(30);
        assertThat(minute(follower.found.at(15)).coveredMillis()).isEqualTo(15_000);
    }

    @Test
    void whatIsSilentIsReleasedByTimeAndForgottenAfterAQuarterOfAnHour() {
        Follower follower = new Follower();
        follower.scrape(good(0, BUSY, List.of(tokens(0))));
        follower.scrape(good(5, BUSY, List.of(tokens(1))));
        follower.time(22, Jump.NONE);
        assertThat(follower.found.ticks()).containsExactly("0 SCRAPE", "5 SCRAPE");

        follower.time(23, Jump.NONE);
        assertThat(follower.found.ticks()).containsExactly("0 SCRAPE", "5 SCRAPE", "10 SILENCE");
        assertThat(follower.found.at(10).gauges().get(Signal.REQUESTS_RUNNING)).isEqualTo(2);
        assertThat(minute(follower.found.at(10)).coveredMillis()).isEqualTo(5_000);

        follower.time(2_000, Jump.NONE);
        List<Frame> frames = follower.found.frames;
        assertThat(follower.state).isNull();
        assertThat(follower.found.at(20).up()).isNaN();
        assertThat(frames.get(frames.size() - 1).release()).isEqualTo(Release.GONE);
        assertThat(frames.get(frames.size() - 1).tickMillis()).isEqualTo(T0 + 905_000);
    }

    @Test
    void whetherTimeOrTheNextScrapeReleasesASilentTickMakesNoDifference() {
        Follower byTime = new Follower();
        Follower byScrape = new Follower();
        for (Follower follower : List.of(byTime, byScrape)) {
            follower.scrape(good(0, BUSY, List.of(tokens(0))));
            follower.scrape(good(5, BUSY, List.of(tokens(5))));
            if (follower == byTime) {
                follower.time(40, Jump.NONE);
            }
            follower.scrape(good(42, BUSY, List.of(tokens(42))));
        }

        assertThat(byScrape.found.frames).isEqualTo(byTime.found.frames);
        assertThat(byTime.found.ticks())
                .containsExactly(
                        "0 SCRAPE",
                        "5 SCRAPE",
                        "10 SILENCE",
                        "15 SILENCE",
                        "20 SILENCE",
                        "25 SILENCE",
                        "30 SCRAPE",
                        "35 SCRAPE",
                        "40 SCRAPE");
    }

    @Test
    void aHoleInOurOwnObservationIsNoEvidence() {
        Follower follower = new Follower();
        follower.scrape(good(0, BUSY, List.of(tokens(0))));
        follower.scrape(good(5, BUSY, List.of(tokens(5))));
        Jump jump = new Jump(T0 + 6_000, T0 + 306_000);
        follower.time(304, jump);
        assertThat(follower.found.ticks()).containsExactly("0 SCRAPE", "5 SCRAPE");

        follower.scrape(good(307, BUSY, List.of(tokens(307))), T0 + 307_000, jump);

        assertThat(follower.found.ticks())
                .containsExactly("0 SCRAPE", "5 SCRAPE", "295 SCRAPE", "300 SCRAPE", "305 SCRAPE");
        assertThat(minute(follower.found.at(305)).growthOf(Signal.GENERATION_TOKENS))
                .isCloseTo(60, within(0.001));
        assertThat(minute(follower.found.at(305)).coveredMillis()).isEqualTo(60_000);
    }

    @Test
    void scrapesThatWereHeldBackReleaseTheTicksOfTheHole() {
        Follower follower = new Follower();
        follower.scrape(good(0, BUSY, List.of(tokens(0))));
        Jump jump = new Jump(T0 + 1_000, T0 + 61_000);
        for (int t = 5; t <= 60; t += 5) {
            follower.scrape(good(t, BUSY, List.of(tokens(t))), T0 + 61_000, jump);
        }

        assertThat(follower.found.ticks()).hasSize(13).allMatch(tick -> tick.endsWith("SCRAPE"));
    }

    @Test
    void aTargetThatWasNeverUpHasFramesThatSaySo() {
        Follower follower = new Follower();
        follower.scrape(failed(0, ScrapeFailure.REFUSED));
        follower.scrape(failed(5, ScrapeFailure.REFUSED));

        Frame frame = follower.found.at(5);
        assertThat(frame.entity().key()).isEqualTo("replica|a:8000|0");
        assertThat(frame.up()).isZero();
        assertThat(frame.life().firstUpMillis()).isZero();
        assertThat(frame.life().downSinceMillis()).isEqualTo(T0);
        assertThat(minute(frame).coveredMillis()).isZero();
    }

    @Test
    void progressAgesWhileRequestsAreInTheEngineAndNothingMoves() {
        Follower follower = new Follower();
        follower.scrape(good(0, BUSY, List.of(tokens(0))));
        follower.scrape(good(5, BUSY, List.of(tokens(5))));
        follower.scrape(good(10, BUSY, List.of(tokens(5))));
        follower.scrape(good(15, BUSY, List.of(tokens(5))));
        assertThat(follower.found.at(15).gauges().get(Signal.PROGRESS_AGE)).isEqualTo(10);

        follower.scrape(good(20, running(2, 0, 0.2), List.of(tokens(5))));
        follower.scrape(good(25, running(0, 0, 0), List.of(tokens(5))));
        follower.scrape(good(60, running(0, 0, 0), List.of(tokens(5))), T0 + 60_000, Jump.NONE);
        assertThat(follower.found.at(20).gauges().get(Signal.PROGRESS_AGE)).isZero();
        assertThat(follower.found.at(60).gauges().get(Signal.PROGRESS_AGE)).isZero();
    }

    @Test
    void aRemovedTargetHasOneLastFrame() {
        Follower follower = new Follower();
        follower.scrape(good(0, BUSY, List.of(tokens(0))));
        follower.scrape(good(5, BUSY, List.of(tokens(0))));
        var unused = follower.tracker.onRemoved(requireNonNull(follower.state), "a:8000", "node-1", T0 + 6_000);
        follower.time(5, Jump.NONE);
        assertThat(follower.state).isNotNull();

        follower.time(6, Jump.NONE);
        assertThat(follower.state).isNull();
        assertThat(follower.found.ticks()).containsExactly("0 SCRAPE", "5 SCRAPE", "10 REMOVED");
    }
}
