package io.vedette.jobs.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.jobs.rules.EntityState;
import io.vedette.jobs.rules.FrameBuilder;
import io.vedette.jobs.rules.Situation;
import io.vedette.jobs.xid.XidHistory;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Frame.Release;
import io.vedette.model.frame.Latest;
import io.vedette.model.frame.Life;
import io.vedette.model.signal.Signal;
import org.junit.jupiter.api.Test;

class StateTrackerTest {
    private static final long NOW = 86_400_000;

    private static EntityState first(FrameBuilder frame) {
        return StateTracker.next(null, frame.at(NOW)).state();
    }

    private static FrameBuilder idle() {
        return FrameBuilder.serving()
                .gauge(Signal.REQUESTS_RUNNING, 0)
                .growth(Signal.FINISHED_REQUESTS, FrameBuilder.FINISHED, 0);
    }

    private static Life started(long millisAgo, double finished) {
        return new Life(NOW - 1_000_000, NOW - 1_000_000, 0, NOW - millisAgo, finished, 0, 0);
    }

    @Test
    void anEngineThatIsUpAwakeWarmAndAtWorkServes() {
        assertThat(first(FrameBuilder.serving())).isEqualTo(EntityState.SERVING);
    }

    @Test
    void anEngineThatWasNeverUpIsStartingHoweverLongItFails() {
        FrameBuilder frames =
                FrameBuilder.serving().life(new Life(NOW - 2_000_000, 0, NOW - 2_000_000, 0, Double.NaN, 0, 0));
        Situation situation =
                StateTracker.situation(StateTracker.next(null, frames.at(NOW)), XidHistory.NONE, frames.at(NOW));

        assertThat(situation.state()).isEqualTo(EntityState.STARTING);
        assertThat(situation.stateAgeSeconds()).isEqualTo(2_000);
    }

    @Test
    void aProcessWarmsUpForFiveMinutesOrFiftyRequestsCountedFromItsStart() {
        assertThat(first(FrameBuilder.serving().life(started(299_999, 49)))).isEqualTo(EntityState.WARMING);
        assertThat(first(FrameBuilder.serving().life(started(300_000, 49)))).isEqualTo(EntityState.SERVING);
        assertThat(first(FrameBuilder.serving().life(started(10_000, 50)))).isEqualTo(EntityState.SERVING);
        assertThat(first(FrameBuilder.serving().life(started(10_000, Double.NaN))))
                .isEqualTo(EntityState.WARMING);
    }

    @Test
    void aProcessThatDoesNotSayWhenItStartedIsWarmUnlessItCameUpBeforeOurEyes() {
        Life ranBefore = new Life(NOW - 10_000, NOW - 10_000, 0, 0, 3, 0, 0);
        Life cameUp = new Life(NOW - 100_000, NOW - 10_000, 0, 0, 3, 0, 0);

        assertThat(first(FrameBuilder.serving().life(ranBefore))).isEqualTo(EntityState.SERVING);
        assertThat(first(FrameBuilder.serving().life(cameUp))).isEqualTo(EntityState.WARMING);
    }

    @Test
    void anEngineWithoutRequestsForAMinuteIsIdle() {
        assertThat(first(idle())).isEqualTo(EntityState.IDLE);
        assertThat(first(idle().gaugeStats(Signal.REQUESTS_WAITING, 0.1, 1))).isEqualTo(EntityState.SERVING);
        assertThat(first(idle().growth(Signal.FINISHED_REQUESTS, FrameBuilder.FINISHED, 1)))
                .isEqualTo(EntityState.SERVING);
        assertThat(first(idle().without(Signal.REQUESTS_RUNNING))).isEqualTo(EntityState.SERVING);
    }

    @Test
    void anEngineThatSaysSoSleeps() {
        assertThat(first(idle().gauge(Signal.AWAKE, 0))).isEqualTo(EntityState.SLEEPING);
    }

    @Test
    void scrapesThatFailChangeNothingUntilTheyHaveForAMinute() {
        TrackedState serving = StateTracker.next(null, idle().at(NOW));
        TrackedState failing = StateTracker.next(
                serving, idle().downSince(NOW + 1_000, "refused").at(NOW + 60_000));
        TrackedState down = StateTracker.next(
                failing, idle().downSince(NOW + 1_000, "refused").at(NOW + 65_000));

        assertThat(failing.state()).isEqualTo(EntityState.IDLE);
        assertThat(down).isEqualTo(new TrackedState(EntityState.DOWN, NOW + 1_000, NOW + 65_000, true, NOW + 1_000));
    }

    @Test
    void anEntityIsUnknownOnceNothingWasHeardOfItForAMinute() {
        TrackedState heard = StateTracker.next(null, FrameBuilder.serving().at(NOW));

        assertThat(StateTracker.next(heard, silent(NOW + 55_000)).state()).isEqualTo(EntityState.SERVING);
        assertThat(StateTracker.next(heard, silent(NOW + 60_000)).state()).isEqualTo(EntityState.UNKNOWN);
    }

    private static Frame silent(long tick) {
        Frame frame = FrameBuilder.serving().release(Release.SILENCE).at(tick);
        return new Frame(
                frame.entity(),
                tick,
                frame.intervalMillis(),
                frame.release(),
                0,
                0,
                1,
                frame.gauges(),
                new Latest(NOW, true, "", frame.gauges()),
                frame.life(),
                frame.promptLimit(),
                frame.windows());
    }

    @Test
    void anEntitysLastFrameSaysWhetherItIsRemovedOrJustNoLongerHeardOf() {
        assertThat(first(FrameBuilder.serving().release(Release.REMOVED))).isEqualTo(EntityState.REMOVED);
        assertThat(first(FrameBuilder.serving().release(Release.GONE))).isEqualTo(EntityState.UNKNOWN);
    }

    @Test
    void aStateKeepsItsBeginningWhileItLasts() {
        TrackedState begun = StateTracker.next(null, idle().at(NOW));
        TrackedState goesOn = StateTracker.next(begun, idle().at(NOW + 5_000));
        TrackedState other = StateTracker.next(goesOn, FrameBuilder.serving().at(NOW + 10_000));

        assertThat(goesOn.sinceMillis()).isEqualTo(NOW);
        assertThat(other.sinceMillis()).isEqualTo(NOW + 10_000);
    }

    @Test
    void aModelIsUpWhileAnyMemberIsAndDownAMinuteAfterTheLast() {
        FrameBuilder model = new FrameBuilder(FrameBuilder.MODEL)
                .gauge(Signal.REQUESTS_RUNNING, 1)
                .gauge(Signal.REQUESTS_WAITING, 0);
        TrackedState starting = StateTracker.next(null, model.members(2, 0).at(NOW));
        TrackedState serving = StateTracker.next(starting, model.members(2, 1).at(NOW + 5_000));
        TrackedState failing = StateTracker.next(serving, model.members(2, 0).at(NOW + 10_000));
        TrackedState down = StateTracker.next(failing, model.members(2, 0).at(NOW + 70_000));

        assertThat(starting.state()).isEqualTo(EntityState.STARTING);
        assertThat(serving.state()).isEqualTo(EntityState.SERVING);
        assertThat(failing.state()).isEqualTo(EntityState.SERVING);
        assertThat(down).isEqualTo(new TrackedState(EntityState.DOWN, NOW + 10_000, NOW + 70_000, true, NOW + 10_000));
    }
}
