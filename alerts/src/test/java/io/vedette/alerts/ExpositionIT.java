package io.vedette.alerts;

import static io.vedette.alerts.GatewayFixture.SOON;
import static io.vedette.alerts.GatewayFixture.channel;
import static io.vedette.alerts.GatewayFixture.metrics;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.alerts.channel.Address;
import io.vedette.alerts.channel.ChannelSettings;
import io.vedette.alerts.channel.Destination;
import io.vedette.alerts.channel.Secret;
import io.vedette.kafka.broker.EmbeddedBroker;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.AlertJson;
import io.vedette.model.alert.AlertState;
import io.vedette.model.entity.Entity;
import io.vedette.model.frame.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpositionIT {
    private static final long TICK = Frame.tickAtOrBefore(Events.START.toEpochMilli());
    private static final AlertEvent A = Events.firing("a:8000", 0);

    @TempDir
    static Path data;

    private static EmbeddedBroker broker;

    private final Receiver ops = new Receiver();

    private GatewayFixture gateways;

    ExpositionIT() throws IOException {}

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(data, 0, (status, message) -> {});
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void begin() {
        gateways = new GatewayFixture(broker);
    }

    @AfterEach
    void stopEverything() {
        gateways.close();
        ops.close();
    }

    @Test
    void showsSeriesUntilTheirEntityIsGoneAndPromtoolHasNoComplaint() throws Exception {
        Gateway gateway = gateways.start(channel("ops", ops));
        Entity model = Entity.model("glm-4.7-flash", "both", Map.of());
        gateways.writeFrame(Frames.full(model, TICK));
        gateways.writeFrame(Frames.full(Events.replica("a:8000"), TICK));
        gateways.writeFrame(Frames.full(Events.replica("b:8000"), TICK));
        gateways.write(A);
        ops.awaitAccepted(A);
        await().atMost(SOON).untilAsserted(() -> assertThat(metrics(gateway))
                .contains("vedette_model_replicas", "instance=\"a:8000\"", "instance=\"b:8000\"")
                .contains("vedette_build_info{version=\"1.2.3\"} 1")
                .contains("vedette_gateway_alert_age_seconds_count{channel=\"ops\"} 1"));
        assertThat(promtool(metrics(gateway))).isEmpty();

        gateways.writeFrame(Frames.last(Events.replica("a:8000"), TICK + 5_000));

        await().atMost(SOON).untilAsserted(() -> assertThat(metrics(gateway))
                .contains("vedette_replica_up{cluster=\"bj1\",engine=\"0\",instance=\"b:8000\"")
                .doesNotContain("vedette_replica_up{cluster=\"bj1\",engine=\"0\",instance=\"a:8000\""));
    }

    @Test
    void showsAlertsWhileTheyArePendingOrFiring() throws Exception {
        AlertState pending = new AlertState(
                A.fingerprint(), A.alertname(), A.family(), A.severity(), false, A.entity(), A.pendingSince());
        AlertState firing = new AlertState(
                A.fingerprint(), A.alertname(), A.family(), A.severity(), true, A.entity(), A.startsAt());
        gateways.write(gateways.kafka.topics().states(), A.fingerprint(), AlertJson.write(pending));
        Gateway gateway = gateways.start();

        awaitAlerts(gateway, alertSeries("pending"));
        gateways.write(gateways.kafka.topics().states(), A.fingerprint(), AlertJson.write(firing));
        awaitAlerts(gateway, alertSeries("firing"));
        assertThat(metrics(gateway))
                .contains(alertSeries("firing")
                        .replace("vedette_alerts{", "vedette_alert_since_timestamp_seconds{")
                        .replaceFirst("1$", Long.toString(A.startsAt().getEpochSecond())));
        gateways.write(gateways.kafka.topics().states(), A.fingerprint(), AlertJson.deletion());
        awaitAlerts(gateway);
    }

    @Test
    void theDocumentListsExactlyTheGatewaysOwnSeries() throws Exception {
        Gateway gateway = gateways.start(channel("ops", ops), alertmanagerNowhere());
        gateways.write(A);
        gateways.writeFrame(Frames.full(Events.replica("a:8000"), TICK));
        gateways.write(gateways.kafka.topics().alerts(), "k", "no alert".getBytes(UTF_8));
        ops.awaitAccepted(A);
        await().atMost(SOON).until(() -> metrics(gateway).contains("unreadable-alert"));
        await().atMost(SOON).until(() -> metrics(gateway).contains("vedette_replica_up"));

        List<String> documented = Files.readAllLines(Path.of("..", "docs", "series.md")).stream()
                .filter(line -> line.startsWith("| `vedette_gateway_") || line.startsWith("| `vedette_build_"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();

        List<String> shown = metrics(gateway)
                .lines()
                .filter(line -> line.startsWith("# TYPE vedette_gateway_") || line.startsWith("# TYPE vedette_build_"))
                .map(line -> Pattern.compile("# TYPE (\\S+) .*").matcher(line).replaceFirst("$1"))
                .toList();
        assertThat(shown).containsExactlyInAnyOrderElementsOf(documented);
    }

    private static ChannelSettings alertmanagerNowhere() {
        Address server = new Address(Secret.of("http://127.0.0.1:1"));
        return new ChannelSettings(
                "am",
                new Destination.Alertmanager(List.of(server)),
                Optional.empty(),
                List.of(),
                ChannelSettings.DEFAULT_TIMEOUT,
                ChannelSettings.DEFAULT_MAX_WAIT);
    }

    private static String alertSeries(String state) {
        return "vedette_alerts{alertname=\"queue-slow\",alertstate=\"" + state + "\",cluster=\"bj1\",engine=\"0\","
                + "instance=\"a:8000\",model_name=\"glm-4.7-flash\",node=\"gpu-7\",role=\"both\",severity=\"warning\"} 1";
    }

    private static void awaitAlerts(Gateway gateway, String... series) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(metrics(gateway).lines().filter(l -> l.startsWith("vedette_alerts{")))
                        .containsExactly(series));
    }

    private static String promtool(String metrics) throws IOException, InterruptedException {
        Path input = Files.writeString(Files.createTempFile(data, "metrics", ".prom"), metrics);
        Path output = Files.createTempFile(data, "promtool", ".out");
        Process promtool = new ProcessBuilder("promtool", "check", "metrics")
                .redirectInput(input.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        promtool.waitFor();
        return Files.readString(output);
    }
}
