package io.vedette.kafka;

import static io.vedette.kafka.TestRecords.record;
import static io.vedette.kafka.TestRecords.values;
import static io.vedette.kafka.TestRecords.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class GroupReaderIT {
    private final List<String> seen = new CopyOnWriteArrayList<>();

    private static String topic(KafkaSettings settings, String name) throws Exception {
        String topic = settings.topicPrefix() + name;
        try (var admin = Admin.create(settings.admin("test"))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
        return topic;
    }

    private static GroupSubscription subscription(String topic, StartAt start) {
        return new GroupSubscription(topic, "only", List.of(topic), start, 100);
    }

    private static void writeValues(KafkaSettings settings, String topic, String... values) throws Exception {
        write(
                settings,
                List.of(values).stream().map(value -> record(topic, "k", value)).toList());
    }

    @Test
    void carriesOnWhereTheLastReaderOfTheGroupStopped(KafkaSettings settings) throws Exception {
        String topic = topic(settings, "resume");
        writeValues(settings, topic, "a", "b", "c");
        try (var reader = GroupReader.start(
                settings, subscription(topic, StartAt.EARLIEST), records -> seen.addAll(values(records)))) {
            await().until(() -> seen.size() == 3 && reader.lag().equals(OptionalLong.of(0)));
        }
        writeValues(settings, topic, "d", "e");
        try (var reader = GroupReader.start(
                settings, subscription(topic, StartAt.EARLIEST), records -> seen.addAll(values(records)))) {
            await().until(() -> seen.size() >= 5 && reader.lag().equals(OptionalLong.of(0)));
        }
        assertThat(seen).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void deliversAgainWhatTheHandlerCouldNotHandle(KafkaSettings settings) throws Exception {
        String topic = topic(settings, "retry");
        var attempts = new AtomicInteger();
        writeValues(settings, topic, "a", "b");
        try (var reader = GroupReader.start(settings, subscription(topic, StartAt.EARLIEST), records -> {
            if (attempts.incrementAndGet() <= 2) {
                throw new IllegalStateException("attempt " + attempts);
            }
            seen.addAll(values(records));
        })) {
            await().until(() -> seen.size() >= 2);
            assertThat(seen).containsExactly("a", "b");
            assertThat(reader.handlerFailures()).isEqualTo(2);
            assertThat(reader.kafkaFailures()).isZero();
        }
    }

    @Test
    void saysWhenTheGroupsPositionIsPastWhatWasHandled(KafkaSettings settings) throws Exception {
        String topic = topic(settings, "committed");
        var committed = new CountDownLatch(1);
        var handler = new GroupReader.Handler() {
            @Override
            public void handle(List<ConsumerRecord<byte[], byte[]>> records) {
                if (committed.getCount() > 0 && seen.isEmpty()) {
                    seen.add("failed");
                    throw new IllegalStateException("the first time");
                }
                seen.addAll(values(records));
            }

            @Override
            public void committed() {
                seen.add("committed");
                committed.countDown();
            }
        };
        writeValues(settings, topic, "a");
        try (var reader = GroupReader.start(settings, subscription(topic, StartAt.EARLIEST), handler)) {
            await().until(() -> committed.getCount() == 0);
            assertThat(reader.handlerFailures()).isEqualTo(1);
        }
        assertThat(seen).containsExactly("failed", "a", "committed");
    }

    @Test
    void aNewGroupMayStartAtTheEnd(KafkaSettings settings) throws Exception {
        String topic = topic(settings, "latest");
        writeValues(settings, topic, "old");
        try (var reader = GroupReader.start(
                settings, subscription(topic, StartAt.LATEST), records -> seen.addAll(values(records)))) {
            await().until(() -> reader.lag().isPresent());
            writeValues(settings, topic, "new");
            await().until(() -> !seen.isEmpty());
        }
        assertThat(seen).containsExactly("new");
    }

    @Test
    void closingInterruptsAHandlerThatHangsAndItsRecordsComeAgain(KafkaSettings settings) throws Exception {
        String topic = topic(settings, "hang");
        var entered = new CountDownLatch(1);
        writeValues(settings, topic, "a");
        var hanging = GroupReader.start(settings, subscription(topic, StartAt.EARLIEST), records -> {
            entered.countDown();
            new CountDownLatch(1).await();
        });
        entered.await();
        hanging.close();
        assertThat(hanging.handlerFailures()).isZero();
        try (var reader = GroupReader.start(
                settings, subscription(topic, StartAt.EARLIEST), records -> seen.addAll(values(records)))) {
            await().until(() -> !seen.isEmpty());
            assertThat(reader.handlerFailures()).isZero();
        }
        assertThat(seen).containsExactly("a");
    }

    @Test
    void takesOverAtOnceFromAProcessThatWasKilled(KafkaSettings settings) throws Exception {
        String topic = topic(settings, "killed");
        var subscription = subscription(topic, StartAt.EARLIEST);
        writeValues(settings, topic, "a");
        try (var killed = new KafkaConsumer<byte[], byte[]>(subscription.properties(settings))) {
            killed.subscribe(List.of(topic));
            await().until(() -> !killed.poll(Duration.ofMillis(100)).isEmpty());
            try (var reader = GroupReader.start(settings, subscription, records -> seen.addAll(values(records)))) {
                await().until(() -> !seen.isEmpty());
                assertThat(reader.kafkaFailures()).isZero();
            }
        }
        assertThat(seen).containsExactly("a");
    }

    @Test
    void waitsForAnAbsentKafkaAndClosesMeanwhile() {
        var nowhere = KafkaSettings.of("127.0.0.1:1");
        var reader = GroupReader.start(
                nowhere, subscription("none", StartAt.EARLIEST), records -> seen.addAll(values(records)));
        reader.close();
        assertThat(reader.lag()).isEmpty();
        assertThat(seen).isEmpty();
    }
}
