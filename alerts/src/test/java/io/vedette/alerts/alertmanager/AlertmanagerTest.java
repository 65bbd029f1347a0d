package io.vedette.alerts.alertmanager;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.vedette.alerts.AdvancingClock;
import io.vedette.alerts.Events;
import io.vedette.alerts.channel.Address;
import io.vedette.alerts.channel.ChannelSettings;
import io.vedette.alerts.channel.Destination;
import io.vedette.alerts.channel.Secret;
import io.vedette.alerts.delivery.Answer;
import io.vedette.alerts.delivery.Outcome;
import io.vedette.model.alert.AlertEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlertmanagerTest {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final AlertEvent A = Events.firing("a:8000", 0);
    private static final AlertEvent A_WORSE = Events.worse("a:8000", 0, 60);
    private static final AlertEvent A_OVER = Events.resolved(A_WORSE, 120);

    private final AdvancingClock clock = new AdvancingClock(Events.START.plusSeconds(150));
    private final FakeAlertmanager one = new FakeAlertmanager();
    private final FakeAlertmanager two = new FakeAlertmanager();

    AlertmanagerTest() throws IOException {}

    @AfterEach
    void stop() {
        one.close();
        two.close();
    }

    @Test
    void whatFiresEndsFourMinutesAhead() throws Exception {
        assertThat(alertmanager(one).send(List.of(Events.news(A)))).isEqualTo(Answer.DELIVERED);

        assertBody("firing.json");
    }

    @Test
    void anotherSeverityEndsTheOldLabelsFirst() throws Exception {
        alertmanager(one).send(List.of(Events.news(A_WORSE, A)));

        assertBody("changed.json");
    }

    @Test
    void whatIsOverEndsWithTheLabelsThatItHasThere() throws Exception {
        alertmanager(one).send(List.of(Events.news(A_OVER, A_WORSE)));

        assertBody("resolved.json");
    }

    @Test
    void anotherValueAloneIsTheSameAlert() throws Exception {
        AlertEvent again = Events.changed(A, A.severity(), 60);

        alertmanager(one).send(List.of(Events.news(again, A)));

        assertThat(FakeAlertmanager.alerts(one.bodies().get(0)))
                .containsExactly("queue-slow 2026-02-07T09:47:40Z 2026-02-07T09:54:10Z");
    }

    @Test
    void anEndIsNeverBeforeTheStart() throws Exception {
        // Detect lost its state and dated the same alert five seconds earlier.
        AlertEvent over = Events.resolved(Events.firing("a:8000", -5), -1);

        alertmanager(one).send(List.of(Events.news(over, A)));

        assertThat(FakeAlertmanager.alerts(one.bodies().get(0)))
                .containsExactly("queue-slow 2026-02-07T09:47:40Z 2026-02-07T09:47:40Z");
    }

    @Test
    void eachServerGetsEverythingAndOneThatHangsDelaysNobody() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        one.hangUntil(gate);
        Alertmanager alertmanager = alertmanager(one, two);

        assertThat(alertmanager.send(List.of(Events.news(A)))).isEqualTo(Answer.DELIVERED);
        assertThat(alertmanager.send(List.of(Events.news(A_WORSE, A)))).isEqualTo(Answer.DELIVERED);
        assertThat(one.bodies()).isEmpty();
        gate.countDown();

        await().atMost(SOON).untilAsserted(() -> assertThat(one.bodies()).isEqualTo(two.bodies()));
        assertThat(two.bodies()).hasSize(2);
    }

    @Test
    void whatHasWaitedTooLongForItsTurnIsLetGo() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        one.hangUntil(gate);
        Alertmanager alertmanager = alertmanager(one, two);
        alertmanager.send(List.of(Events.news(A)));
        alertmanager.send(List.of(Events.news(A_WORSE, A)));
        clock.advance(Alertmanager.RESEND_INTERVAL.plusMillis(1));
        alertmanager.resend(List.of(A_WORSE));
        gate.countDown();

        await().atMost(SOON).until(() -> one.bodies().size() == 2);
        assertThat(one.bodies())
                .containsExactly(two.bodies().get(0), two.bodies().get(2));
    }

    @Test
    void oneThatIsAwayIsNoFailureAsLongAsAnotherTakesIt() throws Exception {
        one.setStatus(503);

        assertThat(alertmanager(one, two).send(List.of(Events.news(A)))).isEqualTo(Answer.DELIVERED);
    }

    @Test
    void allThatAreAwayAreTriedAgain() throws Exception {
        one.close();
        two.setStatus(400);

        assertThat(alertmanager(one, two).send(List.of(Events.news(A))))
                .isEqualTo(Answer.retry(one.name() + ": connection refused; " + two.name() + ": HTTP 400"));
    }

    @Test
    void whatAllRefuseIsRefused() throws Exception {
        one.setStatus(400);
        two.setStatus(401);

        assertThat(alertmanager(one, two).send(List.of(Events.news(A))))
                .isEqualTo(Answer.refused(one.name() + ": HTTP 400; " + two.name() + ": HTTP 401"));
    }

    @Test
    void aRoundTellsWhatFiresAndWhatEndedLately() throws Exception {
        Alertmanager alertmanager = alertmanager(one);
        alertmanager.send(List.of(Events.news(A_WORSE, A)));
        clock.advance(Duration.ofMinutes(3));
        alertmanager.resend(List.of(A_WORSE));
        clock.advance(Duration.ofMinutes(1));
        alertmanager.resend(List.of(A_WORSE));

        assertThat(one.bodies().stream().skip(1).map(FakeAlertmanager::alerts))
                .containsExactly(
                        List.of(
                                "queue-slow 2026-02-07T09:47:40Z 2026-02-07T09:48:40Z",
                                "queue-blocked 2026-02-07T09:47:40Z 2026-02-07T09:57:10Z"),
                        List.of("queue-blocked 2026-02-07T09:47:40Z 2026-02-07T09:58:10Z"));
    }

    @Test
    void whatFiresAnewIsNotEndedAgain() throws Exception {
        Alertmanager alertmanager = alertmanager(one);
        alertmanager.send(List.of(Events.news(Events.resolved(A, 120), A)));
        AlertEvent anew = Events.firing("a:8000", 140);
        alertmanager.send(List.of(Events.news(anew)));
        alertmanager.resend(List.of(anew));

        assertThat(FakeAlertmanager.alerts(one.bodies().get(2)))
                .containsExactly("queue-slow 2026-02-07T09:50:00Z 2026-02-07T09:54:10Z");
    }

    @Test
    void aRoundWithNothingToTellIsSilent() throws Exception {
        alertmanager(one).resend(List.of());

        assertThat(one.bodies()).isEmpty();
    }

    @Test
    void aGreatRoundIsToldInPartsAndGivenUpWhereNobodyIsThere() throws Exception {
        List<AlertEvent> open = IntStream.range(0, 250)
                .mapToObj(i -> Events.firing("r" + i + ":8000", 0))
                .toList();
        PrometheusRegistry registry = new PrometheusRegistry();
        Alertmanager alertmanager = alertmanager(registry, one);

        alertmanager.resend(open);
        one.setStatus(503);
        alertmanager.resend(open);

        assertThat(one.bodies()).extracting(body -> body.size()).containsExactly(100, 100, 50);
        assertThat(requests(registry, one)).containsExactly("delivered 3.0", "refused 0.0", "retry 1.0");
    }

    private List<String> requests(PrometheusRegistry registry, FakeAlertmanager server) {
        return registry.scrape().stream()
                .flatMap(metric -> metric.getDataPoints().stream())
                .filter(point -> server.name().equals(point.getLabels().get("server")))
                .map(point -> point.getLabels().get("outcome")
                        + ' '
                        + ((CounterSnapshot.CounterDataPointSnapshot) point).getValue())
                .sorted()
                .toList();
    }

    @Test
    void aServerWhoseUrlCannotBeReadIsTriedAgain() throws Exception {
        Address none = new Address(Secret.inFile(Path.of("nowhere")));

        Answer answer = alertmanager(new PrometheusRegistry(), List.of(none)).send(List.of(Events.news(A)));

        assertThat(answer.outcome()).isEqualTo(Outcome.RETRY);
        assertThat(answer.reason()).contains("cannot read the secret in nowhere");
    }

    private Alertmanager alertmanager(FakeAlertmanager... servers) {
        return alertmanager(new PrometheusRegistry(), servers);
    }

    private Alertmanager alertmanager(PrometheusRegistry registry, FakeAlertmanager... servers) {
        return alertmanager(
                registry,
                List.of(servers).stream().map(FakeAlertmanager::address).toList());
    }

    private Alertmanager alertmanager(PrometheusRegistry registry, List<Address> servers) {
        Destination.Alertmanager destination = new Destination.Alertmanager(servers);
        ChannelSettings settings = new ChannelSettings(
                "am", destination, Optional.empty(), List.of(), SOON, ChannelSettings.DEFAULT_MAX_WAIT);
        return new Alertmanager(
                settings, destination, "http://127.0.0.1:9780", clock, new AlertmanagerMetrics(registry));
    }

    private void assertBody(String file) throws IOException {
        assertThat(one.bodies()).hasSize(1);
        try (InputStream golden = Objects.requireNonNull(getClass().getResourceAsStream(file), file)) {
            assertThat(JSON.writeValueAsString(one.bodies().get(0)))
                    .isEqualTo(new String(golden.readAllBytes(), UTF_8).strip());
        }
    }
}
