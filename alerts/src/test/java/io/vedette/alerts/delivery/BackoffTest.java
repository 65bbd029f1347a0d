package io.vedette.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofMinutes(1);

    @Test
    void doublesUpToTheLimitAndLeavesHalfToChance() {
        Backoff backoff = new Backoff(LEAST, MOST, new Random(1));
        for (int attempt = 0; attempt < 200; attempt++) {
            long full = attempt < 6 ? 1000L << attempt : 60_000;
            assertThat(backoff.after(attempt, Optional.empty()).toMillis())
                    .as("attempt %d", attempt)
                    .isBetween(full / 2, full);
        }
    }

    @Test
    void isTheSameForTheSameSeed() {
        assertThat(new Backoff(LEAST, MOST, new Random(7)).after(3, Optional.empty()))
                .isEqualTo(new Backoff(LEAST, MOST, new Random(7)).after(3, Optional.empty()));
    }

    @Test
    void whatTheReceiverAsksForStandsWithinTheLimits() {
        Backoff backoff = new Backoff(LEAST, MOST, new Random(1));

        assertThat(backoff.after(5, Optional.of(Duration.ofSeconds(7)))).isEqualTo(Duration.ofSeconds(7));
        assertThat(backoff.after(5, Optional.of(Duration.ZERO))).isEqualTo(LEAST);
        assertThat(backoff.after(0, Optional.of(Duration.ofDays(100_000)))).isEqualTo(MOST);
    }

    @Test
    void refusesWaitsThatAreNone() {
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, MOST, new Random(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Backoff(MOST, LEAST, new Random(1))).isInstanceOf(IllegalArgumentException.class);
    }
}
