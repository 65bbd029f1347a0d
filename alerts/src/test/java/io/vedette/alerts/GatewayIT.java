package io.vedette.alerts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.vedette.alerts.channel.ChannelSettings;
import io.vedette.alerts.exposition.DerivedSettings;
import io.vedette.kafka.Deployment;
import io.vedette.kafka.KafkaSettings;
import io.vedette.kafka.RejectedRecord;
import io.vedette.kafka.StartAt;
import io.vedette.kafka.TopicSetup;
import io.vedette.kafka.broker.EmbeddedBroker;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.AlertJson;
import io.vedette.model.entity.Entity;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.FrameCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class GatewayIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final long TICK = Frame.tickAtOrBefore(Events.START.toEpochMilli());
    private static final AlertEvent A = Events.firing("a:8000", 0);
    private static final AlertEvent A_WORSE = Events.worse("a:8000", 0, 60);
    private static final AlertEvent A_OVER = Events.resolved(A_WORSE, 120);
    private static final AlertEvent B = Events.firing("b:8000", 30);
    private static final AtomicInteger TESTS = new AtomicInteger();

    @TempDir
    static Path data;

    private static EmbeddedBroker broker;

    private final Receiver ops = new Receiver();
    private final Receiver night = new Receiver();
    private final List<AlertEvent> heard = new CopyOnWriteArrayList<>();
    private final List<Gateway> running = new ArrayList<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private KafkaSettings kafka;
    private KafkaProducer<byte[], byte[]> producer;

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
    void createTopics() {
        kafka = new KafkaSettings(broker.bootstrap(), "t" + TESTS.incrementAndGet() + "-", Map.of(), Map.of());
        producer = new KafkaProducer<>(kafka.producer("test"));
        try (Admin admin = Admin.create(kafka.admin("test"))) {
            new TopicSetup(admin, kafka.topics(), Deployment.EMBEDDED, SOON).createAndCheck();
        }
        log.start();
        root().addAppender(log);
    }

    @AfterEach
    void stopEverything() {
        running.forEach(Gateway::close);
        root().detachAppender(log);
        producer.close();
        ops.close();
        night.close();
    }

    @Test
    void tellsEachChangeOnceAndInOrder() throws Exception {
        start(channel("ops", ops));

        write(A, A_WORSE, A_WORSE, B, A_OVER, A);

        awaitAccepted(ops, A, A_WORSE, B, A_OVER);
        await().atMost(SOON).untilAsserted(() -> assertThat(heard).containsExactly(A, A_WORSE, B, A_OVER));
    }

    @Test
    void afterARestartNothingIsToldTwiceAndNothingIsMissed() throws Exception {
        Gateway before = start(channel("ops", ops));
        write(A);
        awaitAccepted(ops, A);
        before.close();

        write(A, A_WORSE);
        start(channel("ops", ops));
        write(A, A_WORSE, A_OVER);

        awaitAccepted(ops, A, A_WORSE, A_OVER);
        await().atMost(SOON).untilAsserted(() -> assertThat(heard).containsExactly(A, A_WORSE, A_OVER));
    }

    @Test
    void aGatewayThatIsClosedInTheMiddleTellsTheSameLater() throws Exception {
        ops.setDown(true);
        Gateway before = start(channel("ops", ops));
        write(A);
        await().atMost(SOON).until(() -> ops.attempts().size() >= 2);
        before.close();
        ops.setDown(false);

        start(channel("ops", ops));

        awaitAccepted(ops, A);
        assertThat(ops.attempts())
                .as("one body, one key")
                .hasSizeGreaterThanOrEqualTo(3)
                .containsOnly(ops.attempts().get(0));
    }

    @Test
    void aNewChannelBeginsNow() throws Exception {
        write(A);
        start(channel("ops", ops));

        write(B, A_OVER);

        awaitAccepted(ops, B);
        await().atMost(SOON).untilAsserted(() -> assertThat(heard).containsExactly(B));
    }

    @Test
    void aDeadChannelDelaysNobodyAndCatchesUpInOrder() throws Exception {
        night.setDown(true);
        Gateway gateway = start(channel("ops", ops), channel("night", night));

        write(A);
        awaitAccepted(ops, A);
        write(A_WORSE, A_OVER);
        awaitAccepted(ops, A, A_WORSE, A_OVER);
        await().atMost(SOON).untilAsserted(() -> assertThat(metrics(gateway))
                .contains(
                        "vedette_gateway_channel_lag_records{channel=\"night\"} 3.0\n",
                        "vedette_gateway_channel_lag_records{channel=\"ops\"} 0.0\n"));
        assertThat(night.accepted()).isEmpty();

        night.setDown(false);

        awaitAccepted(night, A, A_WORSE, A_OVER);
        await().atMost(SOON).untilAsserted(() -> assertThat(metrics(gateway))
                .contains("vedette_gateway_channel_lag_records{channel=\"night\"} 0.0\n"));
    }

    @Test
    void aChannelThatIsBusyIsAskedAgain() throws Exception {
        ops.answers(429, 500);
        Gateway gateway = start(channel("ops", ops));

        write(A);

        awaitAccepted(ops, A);
        assertThat(metrics(gateway))
                .contains(
                        "vedette_gateway_deliveries_total{channel=\"ops\",outcome=\"delivered\"} 1.0\n",
                        "vedette_gateway_deliveries_total{channel=\"ops\",outcome=\"retry\"} 2.0\n");
    }

    @Test
    void whatAChannelRefusesIsParkedAndTheNextIsTold() throws Exception {
        ops.answers(400);
        Gateway gateway = start(channel("ops", ops));

        write(A);
        await().atMost(SOON).until(() -> ops.attempts().size() == 1);
        write(B);

        awaitAccepted(ops, B);
        assertThat(rejected(1)).containsExactly("refused-alert: channel ops: HTTP 400");
        assertThat(metrics(gateway)).contains("vedette_gateway_parked_alerts_total{channel=\"ops\"} 1.0\n");
    }

    @Test
    void whatCannotBeReadIsSetAsideAndItsNeighboursAreUnharmed() throws Exception {
        Gateway gateway = start(channel("ops", ops), channel("night", night));

        write(kafka.topics().alerts(), "k", "no alert".getBytes(UTF_8));
        write(kafka.topics().frames(), "k", "no frame".getBytes(UTF_8));
        write(kafka.topics().states(), "k", "no state".getBytes(UTF_8));
        write(A);
        writeFrame(Frames.full(Events.replica("a:8000"), TICK));

        awaitAccepted(ops, A);
        awaitAccepted(night, A);
        await().atMost(SOON).untilAsserted(() -> assertThat(metrics(gateway))
                .contains(
                        "vedette_replica_up{cluster=\"bj1\",engine=\"0\",instance=\"a:8000\"",
                        "vedette_gateway_rejected_records_total{reason=\"unreadable-alert\"} 1.0\n",
                        "vedette_gateway_rejected_records_total{reason=\"unreadable-frame\"} 1.0\n",
                        "vedette_gateway_rejected_records_total{reason=\"unreadable-state\"} 1.0\n"));
        assertThat(rejected(3))
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactlyInAnyOrder("unreadable-alert", "unreadable-frame", "unreadable-state");
    }

    @Test
    void showsSeriesUntilTheirEntityIsGoneAndPromtoolHasNoComplaint() throws Exception {
        Gateway gateway = start(channel("ops", ops));
        Entity model = Entity.model("glm-4.7-flash", "both", Map.of());
        writeFrame(Frames.full(model, TICK));
        writeFrame(Frames.full(Events.replica("a:8000"), TICK));
        writeFrame(Frames.full(Events.replica("b:8000"), TICK));
        write(A);
        awaitAccepted(ops, A);
        await().atMost(SOON).untilAsserted(() -> assertThat(metrics(gateway))
                .contains("vedette_model_replicas", "instance=\"a:8000\"", "instance=\"b:8000\"")
                .contains("vedette_build_info{version=\"1.2.3\"} 1")
                .contains("vedette_gateway_alert_age_seconds_count{channel=\"ops\"} 1"));
        assertThat(promtool(metrics(gateway))).isEmpty();

        writeFrame(Frames.last(Events.replica("a:8000"), TICK + 5_000));

        await().atMost(SOON).untilAsserted(() -> assertThat(metrics(gateway))
                .contains("vedette_replica_up{cluster=\"bj1\",engine=\"0\",instance=\"b:8000\"")
                .doesNotContain("vedette_replica_up{cluster=\"bj1\",engine=\"0\",instance=\"a:8000\""));
    }

    @Test
    void noSecretIsEverShown() throws Exception {
        ops.answers(500, 403);
        Gateway gateway = start(channel("ops", ops));

        write(A);
        assertThat(rejected(1)).hasSize(1).noneMatch(line -> line.contains(Receiver.SECRET));
        ops.close();
        write(B);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(lines()).anyMatch(line -> line.contains("connection refused")));
        assertThat(lines())
                .anyMatch(line -> line.contains("channel ops refused"))
                .noneMatch(line -> line.contains(Receiver.SECRET));
        assertThat(metrics(gateway)).doesNotContain(Receiver.SECRET);
    }

    private Gateway start(ChannelSettings... channels) throws Exception {
        GatewaySettings settings = new GatewaySettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                List.of(channels),
                DerivedSettings.DEFAULT,
                "1.2.3");
        Gateway gateway = Gateway.start(
                settings, kafka, InstantSource.fixed(Events.START.plusSeconds(150)), heard::add, List.of());
        running.add(gateway);
        return gateway;
    }

    private static ChannelSettings channel(String name, Receiver receiver) {
        ChannelSettings usual = ChannelSettings.webhook(name, receiver.url());
        return new ChannelSettings(
                name,
                usual.address(),
                Optional.empty(),
                List.of(),
                usual.format(),
                usual.timeout(),
                Duration.ofMillis(50));
    }

    private void write(AlertEvent... events) throws Exception {
        for (AlertEvent event : events) {
            write(kafka.topics().alerts(), event.entity().rootKey(), AlertJson.write(event));
        }
    }

    private void writeFrame(Frame frame) throws Exception {
        write(kafka.topics().frames(), frame.entity().rootKey(), FrameCodec.encode(frame));
    }

    private void write(String topic, String key, byte[] value) throws InterruptedException, ExecutionException {
        producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value)).get();
    }

    private static void awaitAccepted(Receiver receiver, AlertEvent... events) {
        List<String> told = List.of(events).stream()
                .map(event -> (event.state() == AlertEvent.State.FIRING ? "firing " : "resolved ")
                        + event.alertname()
                        + ' '
                        + event.id())
                .toList();
        await().atMost(SOON).untilAsserted(() -> assertThat(receiver.accepted()).containsExactlyElementsOf(told));
    }

    private static String metrics(Gateway gateway) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + gateway.address().getPort() + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** What stands on the topic of rejected records: {@code reason: detail}; waits until there are so many. */
    private List<String> rejected(int count) {
        List<String> lines = new ArrayList<>();
        TopicPartition partition = new TopicPartition(kafka.topics().rejected(), 0);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(kafka.reader("test-rejected", StartAt.EARLIEST))) {
            consumer.assign(List.of(partition));
            await().atMost(SOON).until(() -> {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> lines.add(header(record, RejectedRecord.REASON_HEADER)
                                + ": "
                                + header(record, RejectedRecord.DETAIL_HEADER)));
                return lines.size() >= count;
            });
        }
        return lines;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
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
