package io.vedette.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class OccasionalWarningTest {
    @Test
    void warnsTheFirstTimeAndThenOnceAMinuteWithTheCountInBetween() {
        try (LogCapture log = LogCapture.of(OccasionalWarningTest.class)) {
            OccasionalWarning warning = new OccasionalWarning(LoggerFactory.getLogger(OccasionalWarningTest.class));
            for (int second = 0; second <= 125; second++) {
                warning.add(Duration.ofSeconds(second).toNanos(), 2, count -> count + " problems");
            }

            assertThat(log.lines()).containsExactly("WARN 2 problems", "WARN 120 problems", "WARN 120 problems");
        }
    }
}
