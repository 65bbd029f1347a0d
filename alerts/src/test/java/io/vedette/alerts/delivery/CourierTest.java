package io.vedette.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.vedette.alerts.Events;
import io.vedette.alerts.channel.Matcher;
import io.vedette.kafka.KafkaAccessException;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.Severity;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class CourierTest {
    private static final AlertEvent A = Events.firing("a:1", 0);
    private static final AlertEvent A_WORSE = Events.worse("a:1", 0, 60);
    private static final AlertEvent A_OVER = Events.resolved(A_WORSE, 120);
    private static final AlertEvent B = Events.firing("b:1", 30);

    private final FakeReceiver receiver = new FakeReceiver();
    private final MemoryLedger ledger = new MemoryLedger();
    private final List<String> parked = new ArrayList<>();
    private final List<AlertEvent> old = new ArrayList<>();
    private final AtomicInteger parkingFailures = new AtomicInteger();
    private final List<Duration> waits = new ArrayList<>();

    @Test
    void tellsBeginningChangeAndEndInOrder() throws InterruptedException {
        Courier courier = courier();

        courier.deliver(records(A));
        courier.deliver(records(A_WORSE));
        courier.deliver(records(A_OVER));

        assertThat(receiver.told).containsExactly(List.of(A), List.of(A_WORSE), List.of(A_OVER));
    }

    @Test
    void whatPiledUpIsToldInOrderToo() throws InterruptedException {
        receiver.answers(Answer.retry("HTTP 503"), Answer.retry("HTTP 503"));

        courier().deliver(records(A, B, A_WORSE, A_OVER));

        assertThat(receiver.told).containsExactly(List.of(A, B), List.of(A_WORSE), List.of(A_OVER));
        assertThat(waits).hasSize(2);
    }

    @Test
    void waitsAsLongAsItIsAsked() throws InterruptedException {
        receiver.answers(new Answer(Outcome.RETRY, "HTTP 429", Optional.of(Duration.ofSeconds(7))));

        courier().deliver(records(A));

        assertThat(waits).containsExactly(Duration.ofSeconds(7));
        assertThat(receiver.told).containsExactly(List.of(A));
    }

    @Test
    void whatIsRefusedIsParkedAndItsEndIsNotTold() throws InterruptedException {
        receiver.answers(Answer.refused("HTTP 400"));

        courier().deliver(records(A, Events.resolved(A, 60)));

        assertThat(receiver.told).isEmpty();
        assertThat(parked).containsExactly(A.id() + " channel ops: HTTP 400");
    }

    @Test
    void anEndThatIsRefusedStillEndsIt() throws InterruptedException {
        receiver.answers(Answer.DELIVERED, Answer.refused("HTTP 400"));

        courier().deliver(records(A, A_OVER));

        assertThat(parked).containsExactly(A_OVER.id() + " channel ops: HTTP 400");
        assertThat(ledger.open()).isEmpty();
    }

    @Test
    void aChangeComesWithWhatTheChannelHasOpen() throws InterruptedException {
        courier().deliver(records(A, B));
        courier().deliver(records(A_WORSE));
        courier().deliver(records(A_OVER));

        assertThat(receiver.opened)
                .containsExactly(
                        List.of(Optional.empty(), Optional.empty()),
                        List.of(Optional.of(A)),
                        List.of(Optional.of(A_WORSE)));
        assertThat(ledger.open()).containsExactly(B);
    }

    @Test
    void whatWasRefusedIsNeitherToldNorParkedAgainWhenItComesAgain() throws InterruptedException {
        receiver.answers(Answer.refused("HTTP 400"));
        courier().deliver(records(A));

        courier().deliver(records(A));

        assertThat(receiver.told).isEmpty();
        assertThat(parked).hasSize(1);
    }

    @Test
    void anOpenAlertStaysOpenWhenAChangeOfItIsRefusedButNotWhenItsEndIs() throws InterruptedException {
        receiver.answers(Answer.DELIVERED, Answer.refused("HTTP 400"));
        courier().deliver(records(A, A_WORSE, A_OVER));
        assertThat(receiver.told).containsExactly(List.of(A), List.of(A_OVER));

        receiver.answers(Answer.DELIVERED, Answer.refused("HTTP 400"));
        courier().deliver(records(B, Events.resolved(B, 60)));

        assertThat(ledger.last(B.fingerprint()))
                .hasValueSatisfying(last -> assertThat(last.firing()).isFalse());
    }

    @Test
    void parkingIsTriedAgainUntilItGoesWell() throws InterruptedException {
        receiver.answers(Answer.refused("HTTP 400"));
        parkingFailures.set(2);

        courier().deliver(records(A));

        assertThat(parked).containsExactly(A.id() + " channel ops: HTTP 400");
        assertThat(waits).hasSize(2);
    }

    @Test
    void oneAlertThatIsRefusedDoesNotTakeItsNeighboursAlong() throws InterruptedException {
        receiver.answers(Answer.refused("HTTP 400"), Answer.DELIVERED, Answer.refused("HTTP 400"));

        courier().deliver(records(A, B));

        assertThat(receiver.told).containsExactly(List.of(A));
        assertThat(parked).containsExactly(B.id() + " channel ops: HTTP 400");
    }

    @Test
    void aRepeatIsNotToldAgain() throws InterruptedException {
        AlertEvent next = Events.firing("a:1", 600);
        courier().deliver(records(A, A_WORSE, A_OVER, next));
        receiver.told.clear();

        courier().deliver(records(A, A_WORSE, A_OVER, next, A_OVER));

        assertThat(receiver.told).isEmpty();
    }

    @Test
    void aCrashBetweenTellingAndRememberingTellsTheSameIdAgain() throws InterruptedException {
        ledger.failing = true;
        assertThatThrownBy(() -> courier().deliver(records(A))).hasMessage("no Kafka");
        ledger.failing = false;

        courier().deliver(records(A, A_OVER));

        assertThat(receiver.told).containsExactly(List.of(A), List.of(A), List.of(A_OVER));
    }

    @Test
    void anEndWithoutItsBeginningIsNotTold() throws InterruptedException {
        courier().deliver(records(A_OVER));

        assertThat(receiver.told).isEmpty();
    }

    @Test
    void anAlertThatTheChannelHasOpenIsFollowedEvenWhenItMatchesNoLonger() throws InterruptedException {
        AlertEvent critical = Events.firing("a:1", "latency", Severity.CRITICAL, 0);
        AlertEvent milder = Events.changed(critical, Severity.WARNING, 60);
        AlertEvent over = Events.resolved(milder, 120);

        courier(Matcher.parse("severity=critical")::matches)
                .deliver(records(B, critical, milder, over, Events.resolved(B, 300)));

        assertThat(receiver.told).containsExactly(List.of(critical), List.of(milder), List.of(over));
    }

    @Test
    void anAlertThatBecomesWorseReachesTheChannelOfTheWorse() throws InterruptedException {
        courier(Matcher.parse("severity=critical")::matches).deliver(records(A, A_WORSE, A_OVER));

        assertThat(receiver.told).containsExactly(List.of(A_WORSE), List.of(A_OVER));
    }

    @Test
    void oldNewsIsNotToldButTheLateEndOfAnOpenAlertIs() throws InterruptedException {
        courier().deliver(records(A));
        courier()
                .deliver(records(
                        Events.late(B),
                        Events.late(A_OVER),
                        Events.late(Events.resolved(B, 90)),
                        Events.late(A_WORSE)));

        assertThat(receiver.told).containsExactly(List.of(A), List.of(Events.late(A_OVER)));
    }

    @Test
    void whatWasOverLongBeforeTheStartIsNotToldUnlessTheChannelHasItOpen() throws InterruptedException {
        courier().deliver(records(A));
        old.addAll(List.of(A_WORSE, B));

        courier().deliver(records(A_WORSE, B, A_OVER, Events.resolved(B, 90)));

        assertThat(receiver.told).containsExactly(List.of(A), List.of(A_WORSE), List.of(A_OVER));
    }

    @Test
    void aLateAlertThatStillFiresWhenDetectHasCaughtUpIsToldThen() throws InterruptedException {
        AlertEvent over = Events.resolved(B, 300);

        courier().deliver(records(Events.late(B), B, B, over));

        assertThat(receiver.told).containsExactly(List.of(B), List.of(over));
    }

    @Test
    void anEndOfAnotherCountOfTheSameAlertStillEndsIt() throws InterruptedException {
        // Detect lost its state and dated the same alert five seconds earlier.
        courier().deliver(records(A));
        AlertEvent recounted = Events.resolved(Events.firing("a:1", -5), 120);

        courier().deliver(records(recounted));

        assertThat(receiver.told).containsExactly(List.of(A), List.of(recounted));
    }

    @Test
    void countsAttemptsAndParkedAlertsAndTheAgeOfWhatIsTold() throws InterruptedException {
        receiver.answers(Answer.retry("HTTP 500"), Answer.DELIVERED, Answer.refused("HTTP 400"));
        PrometheusRegistry registry = new PrometheusRegistry();
        courier(labels -> true, registry).deliver(records(A, Events.firing("a:1", "latency", Severity.WARNING, 0)));

        String metrics = registry.scrape().stream()
                .flatMap(m ->
                        m.getDataPoints().stream().map(p -> m.getMetadata().getName() + p.getLabels() + ' ' + value(p)))
                .sorted()
                .reduce("", (all, one) -> all + one + '\n');

        assertThat(metrics).isEqualTo("""
                        vedette_gateway_alert_age_seconds{channel="ops"} 300.0
                        vedette_gateway_deliveries{channel="ops",outcome="delivered"} 1.0
                        vedette_gateway_deliveries{channel="ops",outcome="refused"} 1.0
                        vedette_gateway_deliveries{channel="ops",outcome="retry"} 1.0
                        vedette_gateway_parked_alerts{channel="ops"} 1.0
                        """);
    }

    private static double value(DataPointSnapshot point) {
        if (point instanceof CounterSnapshot.CounterDataPointSnapshot counter) {
            return counter.getValue();
        }
        return ((HistogramSnapshot.HistogramDataPointSnapshot) point).getSum();
    }

    private Courier courier() {
        return courier(labels -> true);
    }

    private Courier courier(Predicate<Map<String, String>> matchers) {
        return courier(matchers, new PrometheusRegistry());
    }

    /** A courier as after a restart: with what the ledger remembers and nothing else. */
    private Courier courier(Predicate<Map<String, String>> matchers, PrometheusRegistry registry) {
        return new Courier(
                "ops",
                matchers,
                alert -> old.contains(alert.event()),
                receiver,
                ledger,
                this::park,
                new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), new Random(1)),
                waits::add,
                InstantSource.fixed(Events.START.plusSeconds(300)),
                new DeliveryMetrics(registry));
    }

    private void park(AlertRecord alert, String reason) {
        if (parkingFailures.getAndDecrement() > 0) {
            throw new KafkaAccessException("no Kafka", new IOException());
        }
        parked.add(alert.event().id() + ' ' + reason);
    }

    private static List<AlertRecord> records(AlertEvent... events) {
        return List.of(events).stream().map(Events::record).toList();
    }

    /** Gives the answers that it is told to, then delivers. */
    private static final class FakeReceiver implements Transport {
        private final Deque<Answer> answers = new ArrayDeque<>();
        private final List<List<AlertEvent>> told = new ArrayList<>();
        private final List<List<Optional<AlertEvent>>> opened = new ArrayList<>();

        void answers(Answer... next) {
            answers.addAll(List.of(next));
        }

        @Override
        public Answer send(List<News> news) {
            Answer answer = answers.isEmpty() ? Answer.DELIVERED : answers.remove();
            if (answer.outcome() == Outcome.DELIVERED) {
                told.add(news.stream().map(News::event).toList());
                opened.add(news.stream().map(News::open).toList());
            }
            return answer;
        }
    }
}
