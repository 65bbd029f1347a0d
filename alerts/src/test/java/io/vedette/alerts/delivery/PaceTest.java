package io.vedette.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Instant START = Instant.parse("2026-02-07T09:47:40Z");

    @Test
    void noStretchHasMoreAttemptsThanItMay() {
        Pace pace = new Pace(2, Duration.ofSeconds(10));

        pace.attempted(START);
        assertThat(pace.pause(START.plusSeconds(1))).isZero();
        pace.attempted(START.plusSeconds(4));

        assertThat(pace.pause(START.plusSeconds(5))).isEqualTo(Duration.ofSeconds(5));
        assertThat(pace.pause(START.plusSeconds(10))).isZero();
        pace.attempted(START.plusSeconds(10));
        assertThat(pace.pause(START.plusSeconds(11))).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void aClockThatIsSetBackKeepsNobodyWaitingLonger() {
        Pace pace = new Pace(1, Duration.ofSeconds(10));
        pace.attempted(START);

        assertThat(pace.pause(START.minusSeconds(3600))).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aPaceWithoutAttemptsIsNone() {
        assertThatThrownBy(() -> new Pace(0, Duration.ofSeconds(1))).hasMessageContaining("0, PT1S");
    }
}
