package io.vedette.kafka.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vedette.kafka.GroupReader;
import io.vedette.kafka.GroupSubscription;
import io.vedette.kafka.KafkaSettings;
import io.vedette.kafka.StartAt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
    private static final String TOPIC = "notes";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final List<String> faults = new CopyOnWriteArrayList<>();

    private EmbeddedBroker start(Path directory, int port) {
        return EmbeddedBroker.start(directory, port, (status, message) -> faults.add(status + " " + message));
    }

    private static void createTopic(EmbeddedBroker broker) throws Exception {
        try (var admin = Admin.create(KafkaSettings.of(broker.bootstrap()).admin("test"))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
    }

    private static void write(EmbeddedBroker broker, String... values) throws Exception {
        try (var producer = new KafkaProducer<byte[], byte[]>(
                KafkaSettings.of(broker.bootstrap()).producer("test"))) {
            for (String value : values) {
                var unused = producer.send(new ProducerRecord<>(TOPIC, value.getBytes(UTF_8)))
                        .get();
            }
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(EmbeddedBroker broker) {
        var consumer = new KafkaConsumer<byte[], byte[]>(
                KafkaSettings.of(broker.bootstrap()).consumer("group", StartAt.EARLIEST));
        consumer.assign(List.of(PARTITION));
        return consumer;
    }

    private static List<String> readAll(EmbeddedBroker broker) {
        var values = new ArrayList<String>();
        try (var consumer = consumer(broker)) {
            consumer.seekToBeginning(List.of(PARTITION));
            long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
            while (consumer.position(PARTITION) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(new String(record.value(), UTF_8)));
            }
        }
        return values;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    @Test
    void carriesOnAfterACleanStopWithRecordsOffsetsAndIdentity() throws Exception {
        Path directory = folder.resolve("kafka");
        String clusterId;
        try (var broker = start(directory, 0)) {
            clusterId = broker.clusterId();
            createTopic(broker);
            write(broker, "a", "b", "c");
            try (var consumer = consumer(broker)) {
                consumer.commitSync(Map.of(PARTITION, new OffsetAndMetadata(2)));
            }
        }
        try (var broker = start(directory, 0)) {
            assertThat(broker.clusterId()).isEqualTo(clusterId);
            write(broker, "d");
            assertThat(readAll(broker)).containsExactly("a", "b", "c", "d");
            try (var consumer = consumer(broker)) {
                assertThat(consumer.committed(Set.of(PARTITION)))
                        .isEqualTo(Map.of(PARTITION, new OffsetAndMetadata(2)));
            }
        }
        assertThat(faults).isEmpty();
    }

    private static GroupReader read(EmbeddedBroker broker, List<String> seen) {
        return GroupReader.start(
                KafkaSettings.of(broker.bootstrap()),
                new GroupSubscription("ops", "gateway", List.of(TOPIC), StartAt.EARLIEST, 100),
                records -> records.forEach(record -> seen.add(new String(record.value(), UTF_8))));
    }

    @Test
    void carriesOnFromWhatAKilledProcessLeavesAndItsGroupsDoToo() throws Exception {
        Path left = folder.resolve("left");
        var seen = new CopyOnWriteArrayList<String>();
        try (var broker = start(folder.resolve("kafka"), 0)) {
            createTopic(broker);
            write(broker, "a", "b", "c");
            try (var reader = read(broker, seen)) {
                await().atMost(PATIENCE)
                        .until(() -> seen.size() == 3 && reader.lag().equals(OptionalLong.of(0)));
                copy(folder.resolve("kafka"), left);
            }
        }
        assertThat(left.resolve(".kafka_cleanshutdown")).doesNotExist();
        try (var broker = start(left, 0)) {
            write(broker, "d");
            assertThat(readAll(broker)).containsExactly("a", "b", "c", "d");
            try (var reader = read(broker, seen)) {
                await().atMost(PATIENCE).until(() -> seen.size() >= 4);
                assertThat(reader.kafkaFailures()).isZero();
            }
        }
        assertThat(seen).containsExactly("a", "b", "c", "d");
        assertThat(faults).isEmpty();
    }

    @Test
    void namesAPortOrDirectoryThatIsTakenAndALaterStartSucceeds() {
        Path other = folder.resolve("other");
        int port;
        try (var broker = start(folder.resolve("kafka"), 0)) {
            port = broker.port();
            assertThatThrownBy(() -> start(other, port))
                    .isInstanceOf(BrokerStartException.class)
                    .hasMessage("the embedded Kafka cannot listen on 127.0.0.1:" + port
                            + " (Address already in use): another vedette or Kafka may run there; `ss -ltnp 'sport = :"
                            + port + "'` shows it. Stop it, or choose another port");
            assertThatThrownBy(() -> start(folder.resolve("kafka"), 0))
                    .isInstanceOf(BrokerStartException.class)
                    .hasMessage("the embedded Kafka's directory " + folder.resolve("kafka")
                            + " is in use by another vedette: stop that one or choose another directory with --data");
        }
        try (var broker = start(other, port)) {
            assertThat(broker.bootstrap()).isEqualTo("127.0.0.1:" + port);
        }
    }

    @Test
    void namesADirectoryThatCannotBeUsed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> start(file, 0))
                .isInstanceOf(BrokerStartException.class)
                .hasMessageStartingWith("the embedded Kafka cannot use the directory " + file)
                .hasMessageEndingWith("make it writable or choose another with --data");
    }

    @Test
    void namesADirectoryWhoseContentsAreBroken() throws IOException {
        Path directory = Files.createDirectory(folder.resolve("broken"));
        Files.writeString(directory.resolve("meta.properties"), "version=1\nnode.id=7\ncluster.id=x\n");
        assertThatThrownBy(() -> start(directory, 0))
                .isInstanceOf(BrokerStartException.class)
                .hasMessageStartingWith("the embedded Kafka did not start on " + directory)
                .hasMessageEndingWith("or begin anew with --fresh");
        assertThat(faults).isEmpty();
    }

    @Test
    void kafkaReportsWhereItWouldHaveEndedTheProcess() {
        Path directory = folder.resolve("kafka");
        try (var broker = start(directory, 0)) {
            Exit.halt(1, "disk full");
            Exit.exit(2, "reported once only");
            await().atMost(PATIENCE).until(() -> !faults.isEmpty());
            assertThat(broker.port()).isPositive();
        }
        assertThat(faults).hasSize(1);
        assertThat(faults.get(0))
                .startsWith("1 the embedded Kafka has stopped (disk full); its data is in " + directory + ", with ")
                .endsWith(" MiB free on that disk. Make room or mend the disk, then start again");
    }
}
