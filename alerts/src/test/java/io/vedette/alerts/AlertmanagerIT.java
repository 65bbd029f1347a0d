package io.vedette.alerts;

import static io.vedette.alerts.GatewayFixture.SOON;
import static io.vedette.alerts.GatewayFixture.metrics;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.alerts.channel.Address;
import io.vedette.alerts.channel.ChannelSettings;
import io.vedette.alerts.channel.Destination;
import io.vedette.alerts.channel.Secret;
import io.vedette.kafka.broker.EmbeddedBroker;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The channel {@code alertmanager} against the real thing. */
class AlertmanagerIT {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    static Path data;

    private static EmbeddedBroker broker;

    /** Alertmanager lives by the wall clock, so alerts must be of today. */
    private final long second = Events.START.until(Instant.now(), ChronoUnit.SECONDS) - 600;

    private final AlertEvent a = Events.firing("a:8000", second);
    private final AlertEvent aWorse = Events.worse("a:8000", second, second + 60);
    private final AlertEvent aOver = Events.resolved(aWorse, second + 120);
    private final AlertEvent b = Events.firing("b:8000", second + 30);

    private final AdvancingClock clock = new AdvancingClock(InstantSource.system());
    private final Receiver pager = new Receiver();

    @TempDir
    Path folder;

    private AlertmanagerProcess server;
    private GatewayFixture gateways;

    AlertmanagerIT() throws IOException {}

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(data, 0, (status, message) -> {});
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void begin() throws IOException {
        gateways = new GatewayFixture(broker);
        server = new AlertmanagerProcess(folder, """
                route:
                  receiver: pager
                  group_by: [family]
                  group_wait: 0s
                  group_interval: 1s
                receivers:
                  - name: pager
                    webhook_configs: [{url: '%s'}]
                inhibit_rules:
                  - source_matchers: [family="target"]
                    target_matchers: [family!="target"]
                    equal: [instance, engine]
                """.formatted(pager.url()));
    }

    @AfterEach
    void stopEverything() {
        gateways.close();
        server.close();
        pager.close();
    }

    @Test
    void anAlertArrivesWithItsLabelsAndAnnotations() throws Exception {
        gateways.start(clock, channel(server));

        gateways.write(a);

        server.awaitAlerts("queue-slow a:8000 active");
        assertThat(server.alert().path("labels")).hasToString("""
                {"alertname":"queue-slow","cluster":"bj1","engine":"0","family":"queue","instance":"a:8000",\
                "model_name":"glm-4.7-flash","node":"gpu-7","role":"both","severity":"warning"}""");
        assertThat(server.alert().path("annotations")).hasToString("""
                {"description":"rate-limit or scale out now","pending_since":"%s",\
                "runbook_url":"https://example.org/runbooks/queue",\
                "summary":"half of the requests wait 2.31 s or longer","threshold":"2","value":"2.31",\
                "vedette_id":"%s"}""".formatted(a.pendingSince(), a.id()));
        assertThat(Instant.parse(server.alert().path("startsAt").asText())).isEqualTo(a.startsAt());
    }

    @Test
    void itsOwnPagerHearsOfBeginningAndEnd() throws Exception {
        gateways.start(clock, channel(server));
        gateways.write(b);
        pager.awaitAccepted(b);

        AlertEvent over = Events.resolved(b, second + 90);
        gateways.write(over);

        pager.awaitAccepted(b, over);
        server.awaitAlerts();
    }

    @Test
    void alertsOfAFamilyAreOneGroup() throws Exception {
        gateways.start(clock, channel(server));

        gateways.write(a, b, Events.firing("a:8000", "latency", Severity.WARNING, second));

        await().atMost(SOON).untilAsserted(() -> assertThat(server.groups())
                .containsExactly("{\"family\":\"latency\"} [a:8000]", "{\"family\":\"queue\"} [a:8000, b:8000]"));
    }

    @Test
    void anotherSeverityLeavesNothingOfTheOldOne() throws Exception {
        gateways.start(clock, channel(server));
        gateways.write(a);
        pager.awaitAccepted(a);

        gateways.write(aWorse);

        server.awaitAlerts("queue-blocked a:8000 active");
        await().atMost(SOON).untilAsserted(() -> assertThat(pager.accepted())
                .contains("resolved queue-slow " + a.id(), "firing queue-blocked " + aWorse.id()));
        gateways.write(aOver);
        server.awaitAlerts();
    }

    @Test
    void aTargetThatIsDownInhibitsWhatElseIsWrongThere() throws Exception {
        gateways.start(clock, channel(server));

        gateways.write(Events.firing("a:8000", "target", Severity.CRITICAL, second), a, b);

        server.awaitAlerts("queue-slow a:8000 suppressed", "queue-slow b:8000 active", "target-high a:8000 active");
    }

    @Test
    void aSilenceOutlivesBeingToldAgain() throws Exception {
        server.silence("queue-slow");
        gateways.start(clock, channel(server));

        gateways.write(a);
        server.awaitAlerts("queue-slow a:8000 suppressed");
        Instant before = server.endsAt();
        clock.advance(MINUTE);

        await().atMost(SOON).untilAsserted(() -> assertThat(server.endsAt()).isAfter(before));
        server.awaitAlerts("queue-slow a:8000 suppressed");
        assertThat(pager.accepted()).isEmpty();
    }

    @Test
    void anAlertmanagerThatForgotHasItAgainAMinuteLater() throws Exception {
        gateways.start(clock, channel(server));
        gateways.write(a);
        server.awaitAlerts("queue-slow a:8000 active");

        server.kill();
        server.startAgain();
        assertThat(server.alerts()).isEmpty();
        clock.advance(MINUTE);

        server.awaitAlerts("queue-slow a:8000 active");
    }

    @Test
    void whatHappensWhileItIsAwayIsToldWhenItIsBack() throws Exception {
        gateways.start(clock, channel(server));
        gateways.write(a);
        server.awaitAlerts("queue-slow a:8000 active");
        server.kill();

        gateways.write(aWorse, aOver, b);
        server.startAgain();

        server.awaitAlerts("queue-slow b:8000 active");
    }

    @Test
    void aGatewayThatIsStartedAgainGoesOnWithWhatFiresAndEndsWhatIsOver() throws Exception {
        Gateway before = gateways.start(clock, channel(server));
        gateways.write(aWorse, b);
        server.awaitAlerts("queue-blocked a:8000 active", "queue-slow b:8000 active");
        before.close();

        gateways.write(aOver);
        clock.advance(MINUTE);
        gateways.start(clock, channel(server));

        server.awaitAlerts("queue-slow b:8000 active");
        await().atMost(SOON).untilAsserted(() -> assertThat(server.endsAt())
                .as("an end four minutes after the clock's, which is a minute ahead")
                .isAfter(Instant.now().plus(Duration.ofMinutes(4))));
    }

    @Test
    void eachServerGetsEverythingAndOneThatIsAwayComesLater() throws Exception {
        Path otherFolder = folder.resolve("other");
        Files.createDirectory(otherFolder);
        try (AlertmanagerProcess other = new AlertmanagerProcess(otherFolder, """
                route: {receiver: none}
                receivers: [{name: none}]
                """)) {
            Gateway gateway = gateways.start(clock, channel(server, other));
            gateways.write(a);
            server.awaitAlerts("queue-slow a:8000 active");
            other.awaitAlerts("queue-slow a:8000 active");

            other.kill();
            gateways.write(b);
            server.awaitAlerts("queue-slow a:8000 active", "queue-slow b:8000 active");
            other.startAgain();
            clock.advance(MINUTE);

            other.awaitAlerts("queue-slow a:8000 active", "queue-slow b:8000 active");
            assertThat(metrics(gateway))
                    .contains("vedette_gateway_channel_lag_records{channel=\"am\"} 0.0\n")
                    .containsPattern("vedette_gateway_alertmanager_requests_total\\{channel=\"am\",outcome=\"retry\","
                            + "server=\"" + other.url().substring("http://".length()) + "\"} [1-9]");
        }
    }

    private static ChannelSettings channel(AlertmanagerProcess... servers) {
        List<Address> addresses = Stream.of(servers)
                .map(server -> new Address(Secret.of(server.url())))
                .toList();
        return new ChannelSettings(
                "am",
                new Destination.Alertmanager(addresses),
                Optional.empty(),
                List.of(),
                ChannelSettings.DEFAULT_TIMEOUT,
                Duration.ofMillis(200));
    }
}
