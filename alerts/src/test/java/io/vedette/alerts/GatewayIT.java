package io.vedette.alerts;

import static io.vedette.alerts.GatewayFixture.SOON;
import static io.vedette.alerts.GatewayFixture.channel;
import static io.vedette.alerts.GatewayFixture.metrics;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.vedette.kafka.broker.EmbeddedBroker;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.frame.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class GatewayIT {
    private static final long TICK = Frame.tickAtOrBefore(Events.START.toEpochMilli());
    private static final AlertEvent A = Events.firing("a:8000", 0);
    private static final AlertEvent A_WORSE = Events.worse("a:8000", 0, 60);
    private static final AlertEvent A_OVER = Events.resolved(A_WORSE, 120);
    private static final AlertEvent B = Events.firing("b:8000", 30);

    @TempDir
    static Path data;

    private static EmbeddedBroker broker;

    private final Receiver ops = new Receiver();
    private final Receiver night = new Receiver();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    private GatewayFixture gateways;

    GatewayIT() throws IOException {}

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
        log.start();
        root().addAppender(log);
    }

    @AfterEach
    void stopEverything() {
        gateways.close();
        root().detachAppender(log);
        ops.close();
        night.close();
    }

    @Test
    void tellsEachChangeOnceAndInOrder() throws Exception {
        gateways.start(channel("ops", ops));

        gateways.write(A, A_WORSE, A_WORSE, B, A_OVER, A);

        ops.awaitAccepted(A, A_WORSE, B, A_OVER);
        await().atMost(SOON).untilAsserted(() -> assertThat(gateways.heard).containsExactly(A, A_WORSE, B, A_OVER));
    }

    @Test
    void afterARestartNothingIsToldTwiceAndNothingIsMissed() throws Exception {
        Gateway before = gateways.start(channel("ops", ops));
        gateways.write(A);
        ops.awaitAccepted(A);
        before.close();

        gateways.write(A, A_WORSE);
        gateways.start(channel("ops", ops));
        gateways.write(A, A_WORSE, A_OVER);

        ops.awaitAccepted(A, A_WORSE, A_OVER);
        await().atMost(SOON).untilAsserted(() -> assertThat(gateways.heard).containsExactly(A, A_WORSE, A_OVER));
    }

    @Test
    void aGatewayThatIsClosedInTheMiddleTellsTheSameLater() throws Exception {
        ops.setDown(true);
        Gateway before = gateways.start(channel("ops", ops));
        gateways.write(A);
        await().atMost(SOON).until(() -> ops.attempts().size() >= 2);
        before.close();
        ops.setDown(false);

        gateways.start(channel("ops", ops));

        ops.awaitAccepted(A);
        assertThat(ops.attempts())
                .as("one body, one key")
                .hasSizeGreaterThanOrEqualTo(3)
                .containsOnly(ops.attempts().get(0));
    }

    @Test
    void aNewChannelBeginsNow() throws Exception {
        gateways.write(A);
        gateways.start(channel("ops", ops));

        gateways.write(B, A_OVER);

        ops.awaitAccepted(B);
        await().atMost(SOON).untilAsserted(() -> assertThat(gateways.heard).containsExactly(B));
    }

    @Test
    void whatHasBeenOverForAnHourIsForgottenAndNothingElse() throws Exception {
        AlertEvent old = Events.firing("b:8000", -7_200);
        AlertEvent stillOpen = Events.firing("c:8000", -7_200);
        gateways.start(channel("ops", ops));

        gateways.write(old, stillOpen, A, A_WORSE, A_OVER, Events.resolved(old, -6_000));

        await().atMost(SOON).untilAsserted(() -> assertThat(gateways.deliveries())
                .containsExactlyInAnyOrder(
                        "console|" + A.fingerprint(),
                        "console|" + stillOpen.fingerprint(),
                        "ops|" + A.fingerprint(),
                        "ops|" + stillOpen.fingerprint()));
    }

    @Test
    void aChannelThatWasAwayIsNotToldOfWhatWasOverLongAgo() throws Exception {
        gateways.start(channel("ops", ops)).close();
        AlertEvent old = Events.firing("b:8000", -172_800);
        AlertEvent oldWorse = Events.worse("b:8000", -172_800, -172_700);
        AlertEvent open = Events.firing("c:8000", -86_400);
        gateways.start().close();
        gateways.write(old, oldWorse, Events.resolved(oldWorse, -172_000), open, A, A_WORSE, A_OVER);

        gateways.start(channel("ops", ops));
        gateways.write(B);

        ops.awaitAccepted(open, A, A_WORSE, A_OVER, B);
    }

    @Test
    void aDeadChannelDelaysNobodyAndCatchesUpInOrder() throws Exception {
        night.setDown(true);
        Gateway gateway = gateways.start(channel("ops", ops), channel("night", night));

        gateways.write(A);
        ops.awaitAccepted(A);
        gateways.write(A_WORSE, A_OVER);
        ops.awaitAccepted(A, A_WORSE, A_OVER);
        await().atMost(SOON).untilAsserted(() -> assertThat(metrics(gateway))
                .contains(
                        "vedette_gateway_channel_lag_records{channel=\"night\"} 3.0\n",
                        "vedette_gateway_channel_lag_records{channel=\"ops\"} 0.0\n"));
        assertThat(night.accepted()).isEmpty();

        night.setDown(false);

        night.awaitAccepted(A, A_WORSE, A_OVER);
        await().atMost(SOON).untilAsserted(() -> assertThat(metrics(gateway))
                .contains("vedette_gateway_channel_lag_records{channel=\"night\"} 0.0\n"));
    }

    @Test
    void aChannelThatIsBusyIsAskedAgain() throws Exception {
        ops.answers(429, 500);
        Gateway gateway = gateways.start(channel("ops", ops));

        gateways.write(A);

        ops.awaitAccepted(A);
        assertThat(metrics(gateway))
                .contains(
                        "vedette_gateway_deliveries_total{channel=\"ops\",outcome=\"delivered\"} 1.0\n",
                        "vedette_gateway_deliveries_total{channel=\"ops\",outcome=\"retry\"} 2.0\n");
    }

    @Test
    void whatAChannelRefusesIsParkedAndTheNextIsTold() throws Exception {
        ops.answers(400);
        Gateway gateway = gateways.start(channel("ops", ops));

        gateways.write(A);
        await().atMost(SOON).until(() -> ops.attempts().size() == 1);
        gateways.write(B);

        ops.awaitAccepted(B);
        assertThat(gateways.rejected(1)).containsExactly("refused-alert: channel ops: HTTP 400");
        assertThat(metrics(gateway)).contains("vedette_gateway_parked_alerts_total{channel=\"ops\"} 1.0\n");
    }

    @Test
    void whatCannotBeReadIsSetAsideAndItsNeighboursAreUnharmed() throws Exception {
        Gateway gateway = gateways.start(channel("ops", ops), channel("night", night));

        gateways.write(gateways.kafka.topics().alerts(), "k", "no alert".getBytes(UTF_8));
        gateways.write(gateways.kafka.topics().frames(), "k", "no frame".getBytes(UTF_8));
        gateways.write(gateways.kafka.topics().states(), "k", "no state".getBytes(UTF_8));
        gateways.write(A);
        gateways.writeFrame(Frames.full(Events.replica("a:8000"), TICK));

        ops.awaitAccepted(A);
        night.awaitAccepted(A);
        await().atMost(SOON).untilAsserted(() -> assertThat(metrics(gateway))
                .contains(
                        "vedette_replica_up{cluster=\"bj1\",engine=\"0\",instance=\"a:8000\"",
                        "vedette_gateway_rejected_records_total{reason=\"unreadable-alert\"} 1.0\n",
                        "vedette_gateway_rejected_records_total{reason=\"unreadable-frame\"} 1.0\n",
                        "vedette_gateway_rejected_records_total{reason=\"unreadable-state\"} 1.0\n"));
        assertThat(gateways.rejected(3))
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactlyInAnyOrder("unreadable-alert", "unreadable-frame", "unreadable-state");
    }

    @Test
    void noSecretIsEverShown() throws Exception {
        ops.answers(500, 403);
        Gateway gateway = gateways.start(channel("ops", ops));

        gateways.write(A);
        assertThat(gateways.rejected(1)).hasSize(1).noneMatch(line -> line.contains(Receiver.SECRET));
        ops.close();
        gateways.write(B);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(lines()).anyMatch(line -> line.contains("connection refused")));
        assertThat(lines())
                .anyMatch(line -> line.contains("channel ops refused"))
                .noneMatch(line -> line.contains(Receiver.SECRET));
        assertThat(metrics(gateway)).doesNotContain(Receiver.SECRET);
    }

    private List<String> lines() {
        return List.copyOf(log.list).stream()
                .map(event -> event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                .toList();
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
