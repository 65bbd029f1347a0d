package io.vedette.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class RejectedRecordsIT {
    private static RejectedRecord record(String reason, long offset, byte[] value) {
        var source = new RejectedRecord.Source("vedette.samples", 0, offset);
        return new RejectedRecord(reason, "why", source, null, value, List.of());
    }

    @Test
    void writesEachRecordAndCountsItByReason(KafkaSettings settings) {
        try (var rejected = new RejectedRecords(settings, "test")) {
            rejected.reject(record("not-otlp", 1, new byte[] {1}));
            rejected.reject(record("too-old", 2, new byte[] {2}));
            rejected.reject(record("not-otlp", 3, new byte[] {3}));
            assertThat(rejected.countsByReason()).isEqualTo(Map.of("not-otlp", 2L, "too-old", 1L));
            assertThat(rejected.lost()).isZero();
        }
        assertThat(TestRecords.readAll(settings, settings.topics().rejected()))
                .extracting(record -> List.of(
                        TestRecords.text(record.headers()
                                .lastHeader(RejectedRecord.REASON_HEADER)
                                .value()),
                        TestRecords.text(record.headers()
                                .lastHeader(RejectedRecord.OFFSET_HEADER)
                                .value()),
                        (int) record.value()[0]))
                .containsExactly(List.of("not-otlp", "1", 1), List.of("too-old", "2", 2), List.of("not-otlp", "3", 3));
    }

    @Test
    void keepsWhatFitsOfARecordThatIsLargerThanTheTopicAccepts(KafkaSettings shared) throws Exception {
        var settings = new KafkaSettings(shared.bootstrap(), "large.", Map.of(), Map.of());
        try (var admin = Admin.create(settings.admin("test"))) {
            new TopicSetup(admin, settings.topics(), Deployment.EMBEDDED, Duration.ofSeconds(30)).createAndCheck();
        }
        var value = new byte[12 << 20];
        new Random(1).nextBytes(value);
        try (var rejected = new RejectedRecords(settings, "test")) {
            rejected.park(record("too-large", 1, value));
        }
        assertThat(TestRecords.readAll(settings, settings.topics().rejected()))
                .singleElement()
                .satisfies(record -> {
                    // Compared without AssertJ, which would print megabytes.
                    assertThat(Arrays.equals(record.value(), Arrays.copyOf(value, RejectedRecord.MAX_BYTES)))
                            .isTrue();
                    assertThat(TestRecords.text(record.headers()
                                    .lastHeader(RejectedRecord.FULL_VALUE_HEADER)
                                    .value()))
                            .isEqualTo("12582912");
                });
    }

    @Test
    void neverWaitsForAnAbsentKafkaAndCountsWhatIsLost() {
        var rejected = new RejectedRecords(KafkaSettings.of("127.0.0.1:1"), "test");
        for (int i = 0; i < 30; i++) {
            rejected.reject(record("broken", i, new byte[1 << 20]));
        }
        assertThat(rejected.countsByReason()).isEqualTo(Map.of("broken", 30L));
        // Seven of a mebibyte fit in the 8 MiB that may wait.
        assertThat(rejected.lost()).isEqualTo(23);
        rejected.close();
        await().until(() -> rejected.lost() == 30);
    }
}
