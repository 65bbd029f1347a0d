package io.vedette.kafka;

import static io.vedette.kafka.TestRecords.record;
import static io.vedette.kafka.TestRecords.text;
import static io.vedette.kafka.TestRecords.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class CompactedReaderIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final List<String> seen = new CopyOnWriteArrayList<>();

    private void take(CompactedRecord record) {
        byte[] value = record.value();
        seen.add(record.key() + "=" + (value == null ? "-" : text(value)));
    }

    @Test
    void givesTheNewestOfEachKeyAndThenWhatComes(KafkaSettings settings) throws Exception {
        String states = settings.topics().states();
        write(
                settings,
                List.of(
                        record(states, "k1", "a"),
                        record(states, "k2", "b"),
                        record(states, "k1", "c"),
                        record(states, "k3", "x"),
                        record(states, "k3", "{\"deleted\": true}"),
                        record(states, "k4", "y"),
                        record(states, "k4", null)));
        try (var reader = CompactedReader.open(settings, states, TIMEOUT, this::take)) {
            assertThat(seen).containsExactly("k2=b", "k1=c");

            write(
                    settings,
                    List.of(
                            record(states, "k5", "d"),
                            record(states, "k2", "{\"deleted\": true}"),
                            record(states, "k1", null)));
            await().until(() -> seen.size() >= 5);
            assertThat(seen).containsExactly("k2=b", "k1=c", "k5=d", "k2=-", "k1=-");
            await().until(() -> reader.lag() == 0);
            assertThat(reader.failures()).isZero();
        }
    }

    @Test
    void aRecordThatTheListenerCannotTakeIsCountedAndTheNextOneComes(KafkaSettings settings) throws Exception {
        String deliveries = settings.topics().deliveries();
        try (var reader = CompactedReader.open(settings, deliveries, TIMEOUT, record -> {
            if (record.key().equals("bad")) {
                throw new IllegalArgumentException("bad");
            }
            take(record);
        })) {
            write(settings, List.of(record(deliveries, "bad", "1"), record(deliveries, "good", "2")));
            await().until(() -> !seen.isEmpty());
            assertThat(seen).containsExactly("good=2");
            assertThat(reader.failures()).isEqualTo(1);
        }
    }

    @Test
    void saysWhenTheTopicDoesNotExist(KafkaSettings settings) {
        assertThatThrownBy(() -> CompactedReader.open(settings, "no-such-topic", Duration.ofSeconds(2), this::take))
                .isInstanceOf(KafkaAccessException.class)
                .hasMessageStartingWith("Kafka: topic no-such-topic could not be read to its end within 2 s: ");
    }

    @Test
    void saysWhenKafkaDoesNotAnswer() {
        var nowhere = KafkaSettings.of("127.0.0.1:1");
        assertThatThrownBy(() -> CompactedReader.open(nowhere, "states", Duration.ofSeconds(1), this::take))
                .isInstanceOf(KafkaAccessException.class)
                .hasMessageStartingWith("Kafka: topic states could not be read to its end within 1 s: ");
    }
}
