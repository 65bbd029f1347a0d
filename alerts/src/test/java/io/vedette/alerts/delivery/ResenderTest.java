package io.vedette.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.alerts.AdvancingClock;
import io.vedette.alerts.Events;
import io.vedette.model.alert.AlertEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResenderTest {
    private static final AlertEvent A = Events.firing("a:1", 0);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AdvancingClock clock = new AdvancingClock(Events.START);
    private final MemoryLedger ledger = new MemoryLedger();
    private final List<List<AlertEvent>> rounds = new ArrayList<>();
    private final Resender resender = new Resender(new Rounds(), MINUTE, ledger, clock);

    @Test
    void tellsEachMinuteWhatFiresThen() throws InterruptedException {
        ledger.remember(Map.of(A.fingerprint(), Told.of(A)));
        resender.resendIfDue(true);
        clock.advance(MINUTE.minusMillis(1));
        resender.resendIfDue(true);
        assertThat(rounds).containsExactly(List.of(A));

        ledger.remember(Map.of(A.fingerprint(), Told.of(Events.resolved(A, 30))));
        clock.advance(Duration.ofMillis(1));
        resender.resendIfDue(true);

        assertThat(rounds).containsExactly(List.of(A), List.of());
    }

    @Test
    void atTheStartItWaitsForWhatHappenedMeanwhileButNotForEver() throws InterruptedException {
        resender.resendIfDue(false);
        clock.advance(MINUTE.minusMillis(1));
        resender.resendIfDue(false);
        assertThat(rounds).isEmpty();

        clock.advance(Duration.ofMillis(1));
        resender.resendIfDue(false);

        assertThat(rounds).hasSize(1);
    }

    @Test
    void oneThatLagsBehindLaterIsStillToldAgain() throws InterruptedException {
        resender.resendIfDue(true);
        clock.advance(MINUTE);
        resender.resendIfDue(false);

        assertThat(rounds).hasSize(2);
    }

    @Test
    void aClockThatIsSetBackSilencesNothing() throws InterruptedException {
        resender.resendIfDue(true);
        clock.advance(Duration.ofHours(-1));
        resender.resendIfDue(true);
        resender.resendIfDue(true);

        assertThat(rounds).hasSize(2);
    }

    private final class Rounds implements Transport {
        @Override
        public Answer send(List<News> news) {
            return Answer.DELIVERED;
        }

        @Override
        public void resend(List<AlertEvent> open) {
            rounds.add(open);
        }
    }
}
