package io.vedette.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vedette.cli.UserMistake;
import io.vedette.kafka.KafkaSettings;
import io.vedette.kafka.Topic;
import io.vedette.kafka.TopicFinding;
import io.vedette.kafka.broker.EmbeddedBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedKafkaIT {
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final List<String> notices = new CopyOnWriteArrayList<>();

    @Test
    void waitsForAKafkaThatIsNotThereYetAndCreatesWhatIsMissingAndRefusesWhatIsWrong() throws Exception {
        int port = freePort();
        KafkaSettings kafka = new KafkaSettings("127.0.0.1:" + port, "bj1-", Map.of(), Map.of());
        CompletableFuture<Void> prepared =
                CompletableFuture.runAsync(() -> SharedKafka.prepare(kafka, Set.of(Topic.SAMPLES), notices::add));
        await().atMost(LONG).until(() -> notices.size() == 1);
        assertThat(notices.get(0)).contains("no answer", "check kafka.bootstrap", "waiting for it");

        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, port, (status, message) -> {});
                Admin admin = Admin.create(KafkaSettings.of(broker.bootstrap()).admin("test"))) {
            prepared.get(LONG.toSeconds(), TimeUnit.SECONDS);
            assertThat(notices).hasSize(2).last().isEqualTo("Kafka answers now");
            // Those that nobody has asked for are not there.
            assertThat(admin.listTopics().names().get()).containsExactly("bj1-vedette.samples");

            admin.createTopics(List.of(new NewTopic("bj1-vedette.states", 1, (short) 1)))
                    .all()
                    .get();
            assertThatThrownBy(() -> SharedKafka.prepare(kafka, Set.of(Topic.values()), notices::add))
                    .isInstanceOf(UserMistake.class)
                    .hasMessage("topic bj1-vedette.states: cleanup.policy is delete but must be compact; mend it with:"
                            + " kafka-configs.sh --bootstrap-server … --alter --topic bj1-vedette.states --add-config"
                            + " cleanup.policy=compact");
            assertThat(SharedKafka.look(kafka).errors())
                    .extracting(TopicFinding::topic)
                    .containsExactly("bj1-vedette.states");
        }
    }

    @Test
    void doesNotWaitWhereWaitingIsOfNoUse() {
        KafkaSettings kafka = new KafkaSettings(
                "127.0.0.1:1",
                "",
                Map.of("security.protocol", "SSL", "ssl.truststore.type", "PEM", "ssl.truststore.certificates", "none"),
                Map.of(),
                Optional.empty());

        assertThatThrownBy(() -> SharedKafka.prepare(kafka, Set.of(Topic.SAMPLES), notices::add))
                .isInstanceOf(UserMistake.class)
                .hasMessageStartingWith("Kafka at 127.0.0.1:1: ");
        assertThat(notices).isEmpty();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
