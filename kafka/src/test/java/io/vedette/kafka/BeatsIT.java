package io.vedette.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class BeatsIT {
    @Test
    void reachEveryPartitionAndCarryTheBrokersTime(KafkaSettings settings) throws Exception {
        String samples = settings.topics().samples();
        try (var admin = Admin.create(settings.admin("test"))) {
            admin.createPartitions(Map.of(samples, NewPartitions.increaseTo(3)))
                    .all()
                    .get();
            await().until(() -> admin.describeTopics(List.of(samples)).allTopicNames().get().values().stream()
                    .allMatch(topic -> topic.partitions().size() == 3));
            try (var beats = Beats.start(settings)) {
                for (int partition = 0; partition < 3; partition++) {
                    var wanted = new TopicPartition(samples, partition);
                    await().until(() -> admin.listOffsets(Map.of(wanted, OffsetSpec.latest()))
                                    .partitionResult(wanted)
                                    .get()
                                    .offset()
                            >= 2);
                }
                assertThat(beats.sent()).isPositive();
                assertThat(beats.failed()).isZero();
            }
        }
        assertThat(TestRecords.readAll(settings, samples)).isNotEmpty().allSatisfy(beat -> {
            assertThat(beat.key()).isNull();
            assertThat(beat.value()).isEmpty();
            assertThat(beat.headers().toArray()).isEmpty();
            assertThat(beat.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
        });
    }

    @Test
    void areCountedAndForgottenWhileKafkaIsAway() {
        try (var beats = Beats.start(KafkaSettings.of("127.0.0.1:1"))) {
            await().until(() -> beats.failed() >= 2);
            assertThat(beats.sent()).isZero();
        }
    }

    @Test
    void closingTwiceIsHarmless(KafkaSettings settings) {
        var beats = Beats.start(settings);
        beats.close();
        beats.close();
        assertThat(beats.failed()).isZero();
    }
}
