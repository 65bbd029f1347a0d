package io.vedette.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void doublesUpToHalfAMinuteAndStartsAgainAfterASuccess() {
        var backoff = new Backoff();
        assertThat(Stream.generate(() -> backoff.next().toMillis()).limit(9).toList())
                .containsExactly(500L, 1000L, 2000L, 4000L, 8000L, 16000L, 30000L, 30000L, 30000L);
        backoff.reset();
        assertThat(backoff.next().toMillis()).isEqualTo(500);
    }
}
