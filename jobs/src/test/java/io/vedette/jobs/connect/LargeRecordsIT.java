package io.vedette.jobs.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.jobs.derive.DeriveSettings;
import io.vedette.jobs.run.JobOptions;
import io.vedette.jobs.run.LocalFlink;
import io.vedette.kafka.Deployment;
import io.vedette.kafka.KafkaSettings;
import io.vedette.kafka.RejectedRecord;
import io.vedette.kafka.StartAt;
import io.vedette.kafka.TopicSetup;
import io.vedette.kafka.broker.EmbeddedBroker;
import io.vedette.model.sample.SampleHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broken records as large as the topic takes them, from a producer that is not ours. */
class LargeRecordsIT {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int TOPIC_LIMIT = 5 << 20;

    @TempDir
    static Path directory;

    @Test
    void areSetAsideAndTheJobGoesOn() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0, (status, message) -> {});
                LocalFlink flink = LocalFlink.start(directory.resolve("flink"), 1)) {
            KafkaSettings kafka = KafkaSettings.of(broker.bootstrap());
            try (Admin admin = Admin.create(kafka.admin("test"))) {
                new TopicSetup(admin, kafka.topics(), Deployment.EMBEDDED, LONG).createAndCheck();
            }
            StreamExecutionEnvironment environment = JobOptions.durableJob(
                    1, directory.resolve("checkpoints"), Optional.empty(), Duration.ofSeconds(10));
            KafkaJobs.derive(environment, kafka, DeriveSettings.defaults(), 0);
            flink.submit(environment, KafkaJobs.DERIVE);

            byte[] large = noise(4_500 << 10);
            byte[] largest = noise(TOPIC_LIMIT - 1024);
            byte[] dense = new byte[12 << 20];
            byte[] small = noise(100);
            write(kafka, large, largest, dense, small);

            List<ConsumerRecord<byte[], byte[]>> rejected = rejected(kafka, 4);
            assertThat(rejected).hasSize(4);
            assertKept(rejected.get(0), large, large.length);
            assertKept(rejected.get(1), largest, rejected.get(1).value().length);
            assertKept(rejected.get(2), dense, rejected.get(2).value().length);
            assertKept(rejected.get(3), small, small.length);
            assertThat(rejected.get(1).value()).hasSizeGreaterThan(TOPIC_LIMIT - (128 << 10));
            assertThat(rejected.get(2).value()).hasSizeGreaterThan(TOPIC_LIMIT - (128 << 10));
        }
    }

    private static void assertKept(ConsumerRecord<byte[], byte[]> rejected, byte[] value, int kept) {
        // Compared without AssertJ, which would print megabytes.
        assertThat(Arrays.equals(rejected.value(), Arrays.copyOf(value, kept))).isTrue();
        Header full = rejected.headers().lastHeader(RejectedRecord.FULL_VALUE_HEADER);
        assertThat(full == null ? "" : new String(full.value(), StandardCharsets.UTF_8))
                .isEqualTo(kept == value.length ? "" : Integer.toString(value.length));
    }

    private static byte[] noise(int size) {
        byte[] noise = new byte[size];
        new Random(size).nextBytes(noise);
        // A field number of 0, which no message has.
        noise[0] = 0;
        return noise;
    }

    private static void write(KafkaSettings kafka, byte[]... values) throws Exception {
        Properties properties = kafka.producer("test");
        properties.setProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(16 << 20));
        properties.setProperty(ProducerConfig.BUFFER_MEMORY_CONFIG, Integer.toString(32 << 20));
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(properties)) {
            for (byte[] value : values) {
                ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                        kafka.topics().samples(), "a:8000".getBytes(StandardCharsets.UTF_8), value);
                record.headers().add(SampleHeaders.INTERVAL, "5000".getBytes(StandardCharsets.US_ASCII));
                producer.send(record).get();
            }
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> rejected(KafkaSettings kafka, int count) {
        List<ConsumerRecord<byte[], byte[]>> rejected = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(kafka.reader("test", StartAt.EARLIEST))) {
            consumer.assign(List.of(new TopicPartition(kafka.topics().rejected(), 0)));
            await().atMost(LONG).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(rejected::add);
                return rejected.size() >= count;
            });
        }
        return rejected;
    }
}
