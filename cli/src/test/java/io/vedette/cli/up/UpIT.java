package io.vedette.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vedette.cli.FakeVllm;
import io.vedette.cli.UserMistake;
import io.vedette.cli.config.Configuration;
import io.vedette.cli.config.ConfigurationReader;
import io.vedette.cli.config.Flags;
import io.vedette.kafka.KafkaSettings;
import io.vedette.kafka.broker.EmbeddedBroker;
import io.vedette.model.alert.AlertEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class UpIT {
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final List<String> alerts = new CopyOnWriteArrayList<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final ListAppender<ILoggingEvent> stopped = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Parts.class);
    private FakeVllm vllm;

    @BeforeEach
    void start() throws IOException {
        vllm = new FakeVllm();
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void stop() {
        vllm.close();
    }

    @Test
    void watchesTellsAndCarriesOnAfterARestart() throws Exception {
        Configuration configuration = configuration();
        try (DataFolder data = DataFolder.open(configuration.data())) {
            try (Up up = start(configuration, data)) {
                await().atMost(LONG).until(() -> metrics(up).contains("vedette_replica_requests_waiting{"));
                assertThat(metrics(up))
                        .contains(
                                "vedette_build_info",
                                "vedette_agent_scrapes_total",
                                "vedette_derive_scrapes_total",
                                "vedette_derive_beats_total{outcome=\"written\"}",
                                "vedette_detect_frames_evaluated_total");

                vllm.setWaiting(20);
                await().atMost(LONG).until(() -> vllm.calls().size() == 1);
                assertThat(vllm.calls().get(0))
                        .contains("\"status\":\"firing\"", "\"alertname\":\"too-many-wait\"", "20 wait");
                await().atMost(LONG).until(() -> metrics(up).contains("vedette_alerts{"));
                await().atMost(LONG)
                        .until(() -> Files.isDirectory(configuration.data())
                                && !data.checkpoints("detect").newestFirst().isEmpty()
                                && !data.checkpoints("derive").newestFirst().isEmpty());
            }

            vllm.setWaiting(0);
            try (Up up = start(configuration, data)) {
                await().atMost(LONG).until(() -> vllm.calls().size() == 2);
                assertThat(vllm.calls().get(1)).contains("\"status\":\"resolved\"", "\"alertname\":\"too-many-wait\"");
                await().atMost(LONG).until(() -> metrics(up).contains("vedette_replica_up{"));
                stopped.start();
                logger.addAppender(stopped);
            } finally {
                logger.detachAppender(stopped);
            }
        }

        assertThat(alerts).containsExactly("1 FIRING", "2 RESOLVED");
        assertThat(faults).isEmpty();
        // Each works with the next to its last moment.
        assertThat(stopped.list.stream().map(event -> event.getArgumentArray()[0]))
                .hasSize(7)
                .endsWith("LocalFlink", "EmbeddedBroker");
    }

    @Test
    void refusesATopicThatWouldMakeResultsWrong() throws Exception {
        Configuration configuration = configuration();
        try (DataFolder data = DataFolder.open(configuration.data())) {
            try (EmbeddedBroker broker = EmbeddedBroker.start(data.kafka(), 0, (status, message) -> {});
                    Admin admin =
                            Admin.create(KafkaSettings.of(broker.bootstrap()).admin("test"))) {
                admin.createTopics(List.of(new NewTopic("vedette.states", 1, (short) 1)))
                        .all()
                        .get();
            }
            assertThatThrownBy(() -> start(configuration, data))
                    .isInstanceOf(UserMistake.class)
                    .hasMessage("topic vedette.states: cleanup.policy is delete but must be compact; --fresh makes all"
                            + " topics anew, and forgets what is in them");
        }
    }

    @Test
    void saysThatADataFolderIsInUse() throws IOException {
        try (DataFolder data = DataFolder.open(folder.resolve("data"))) {
            assertThat(DataFolder.isInUse(data.path())).isTrue();
            assertThatThrownBy(() -> DataFolder.open(data.path()))
                    .isInstanceOf(UserMistake.class)
                    .hasMessage("the data folder " + data.path() + " is in use by another vedette; stop that one, or"
                            + " choose another folder with --data");
        }
        assertThat(DataFolder.isInUse(folder.resolve("data"))).isFalse();
    }

    private Configuration configuration() throws IOException {
        Files.writeString(folder.resolve("rules.yaml"), TestRules.TOO_MANY_WAIT);
        Path file = Files.writeString(folder.resolve("vedette.yaml"), """
                agent: {interval: 1s, timeout: 1s}
                rules: [rules.yaml]
                listen: {metrics: 0, kafka: 0}
                data: data
                """);
        Flags flags = new Flags(
                Optional.of(file), List.of(vllm.url("/metrics")), List.of(vllm.url("/hook")), Optional.empty());
        return ConfigurationReader.read(flags, "1");
    }

    private Up start(Configuration configuration, DataFolder data) {
        return Up.start(configuration, data, InstantSource.system(), new ServiceListener() {
            @Override
            public void alert(AlertEvent event) {
                alerts.add(event.sequence() + " " + event.state());
            }

            @Override
            public void notice(String message) {
                faults.add(message);
            }

            @Override
            public void onFatal(int status, String message) {
                faults.add(message);
            }
        });
    }

    private static String metrics(Up up) throws IOException, InterruptedException {
        URI uri = URI.create("http://" + Ports.text(up.address()) + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }
}
