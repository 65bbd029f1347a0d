package io.vedette.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AgentClockTest {
    @Test
    void goesOnMonotonicallyWhateverTheWallClockDoes() {
        AtomicReference<Instant> wall = new AtomicReference<>(Instant.parse("2026-02-07T09:47:40.250Z"));
        AtomicLong nanos = new AtomicLong(-5);
        AgentClock clock = new AgentClock(wall::get, nanos::get);

        assertThat(Instant.ofEpochMilli(clock.unixMillis())).isEqualTo("2026-02-07T09:47:40.250Z");

        wall.set(Instant.parse("2026-02-07T08:00:00Z"));
        nanos.addAndGet(1_500_000_000);

        assertThat(Instant.ofEpochMilli(clock.unixMillis())).isEqualTo("2026-02-07T09:47:41.750Z");
    }
}
