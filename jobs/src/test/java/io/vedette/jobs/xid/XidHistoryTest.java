package io.vedette.jobs.xid;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.jobs.rules.FrameBuilder;
import io.vedette.model.frame.Frame;
import io.vedette.model.signal.Signal;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class XidHistoryTest {
    private static final long START = 172_800_000;

    private long now = START;
    private XidHistory history = XidHistory.NONE;

    /** Frames whose shortest window has some XIDs, a tick after another. */
    private void pass(int seconds, String... numbers) {
        FrameBuilder frames = FrameBuilder.serving().growth(Signal.XID_EVENTS, "", 0);
        for (String number : numbers) {
            // Growth is spread over the time between two scrapes: a window may hold a part of an event.
            frames.growth(Signal.XID_EVENTS, number, 0.4);
        }
        for (long end = now + seconds * 1_000L; now < end; now += Frame.TICK_MILLIS) {
            history = history.after(frames.at(now));
        }
    }

    private int times(Predicate<Xid> kind, int secondsAgo) {
        return history.times(kind, now - secondsAgo * 1_000L);
    }

    @Test
    void anXidThatStandsInTheWindowForAMinuteIsOne() {
        pass(60, "31");
        pass(300);

        assertThat(history.incidents()).containsExactly(new XidIncident("31", START, START + 55_000));
    }

    @Test
    void theSameOneAgainWithinThreeMinutesIsTheSameTime() {
        pass(60, "31");
        pass(115);
        pass(60, "31");

        assertThat(history.incidents()).hasSize(1);
    }

    @Test
    void theSameOneAgainLaterIsAnotherTime() {
        pass(60, "31");
        pass(130);
        pass(60, "31");

        assertThat(history.incidents()).hasSize(2);
        assertThat(times(xid -> true, 86_400)).isEqualTo(2);
    }

    @Test
    void differentOnesOfOneCrashAreOneTime() {
        pass(60, "13", "31", "45");

        assertThat(history.incidents()).hasSize(3);
        assertThat(times(xid -> true, 86_400)).isEqualTo(1);
    }

    @Test
    void onlyThoseOfAKindAndOfItsTimeAreCounted() {
        pass(60, "119");
        pass(3_000);
        pass(60, "31");
        pass(1_000);

        assertThat(times(xid -> xid.xidClass() == XidClass.APPLICATION, 3_600)).isEqualTo(1);
        assertThat(times(xid -> xid.xidClass() == XidClass.RESET_GPU, 3_600)).isZero();
        assertThat(times(xid -> xid.xidClass() == XidClass.RESET_GPU, 86_400)).isEqualTo(1);
    }

    @Test
    void theWorstOfTheHourIsTheOneToTellOf() {
        pass(60, "79");
        pass(3_600);
        pass(60, "119");
        pass(600);
        pass(60, "62");
        pass(600);
        pass(60, "31", "63");

        assertThat(history.worst(now - XidHistory.HOUR_MILLIS)).map(Xid::number).hasValue("62");
        assertThat(history.worst(now - XidHistory.DAY_MILLIS)).map(Xid::number).hasValue("79");
        assertThat(history.worst(now)).isEmpty();
    }

    @Test
    void aDayLaterAllIsForgotten() {
        pass(60, "79");
        pass(86_400);

        assertThat(history).isEqualTo(XidHistory.NONE);
    }

    @Test
    void aCardThatNeverStopsTellingIsRememberedByItsNewest() {
        for (int number = 1; number <= XidHistory.MOST + 10; number++) {
            pass(60, String.valueOf(number));
        }

        assertThat(history.incidents())
                .hasSize(XidHistory.MOST)
                .last()
                .extracting(XidIncident::number)
                .isEqualTo(String.valueOf(XidHistory.MOST + 10));
    }

    @Test
    void framesWithoutXidsChangeNothing() {
        pass(60, "31");
        XidHistory before = history;
        pass(60);
        history = history.after(FrameBuilder.serving().at(now));

        assertThat(history).isSameAs(before);
    }
}
