package io.vedette.alerts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.vedette.alerts.channel.ChannelSettings;
import io.vedette.alerts.exposition.DerivedSettings;
import io.vedette.kafka.CompactedReader;
import io.vedette.kafka.Deployment;
import io.vedette.kafka.KafkaSettings;
import io.vedette.kafka.RejectedRecord;
import io.vedette.kafka.StartAt;
import io.vedette.kafka.TopicSetup;
import io.vedette.kafka.broker.EmbeddedBroker;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.AlertJson;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.FrameCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

/** Gateways on topics of their own, and what a test does around them. */
final class GatewayFixture implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(30);

    private static final AtomicInteger FIXTURES = new AtomicInteger();

    final KafkaSettings kafka;

    /** What the gateways' listener was told. */
    final List<AlertEvent> heard = new CopyOnWriteArrayList<>();

    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Gateway> running = new ArrayList<>();

    GatewayFixture(EmbeddedBroker broker) {
        kafka = new KafkaSettings(broker.bootstrap(), "t" + FIXTURES.incrementAndGet() + "-", Map.of(), Map.of());
        producer = new KafkaProducer<>(kafka.producer("test"));
        try (Admin admin = Admin.create(kafka.admin("test"))) {
            new TopicSetup(admin, kafka.topics(), Deployment.EMBEDDED, SOON).createAndCheck();
        }
    }

    /** A channel that doesn't wait long between attempts. */
    static ChannelSettings channel(String name, Receiver receiver) {
        ChannelSettings usual = ChannelSettings.webhook(name, receiver.url());
        return new ChannelSettings(
                name, usual.destination(), Optional.empty(), List.of(), usual.timeout(), Duration.ofMillis(50));
    }

    Gateway start(ChannelSettings... channels) throws Exception {
        return start(InstantSource.fixed(Events.START.plusSeconds(150)), channels);
    }

    Gateway start(InstantSource clock, ChannelSettings... channels) throws Exception {
        GatewaySettings settings = new GatewaySettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                List.of(channels),
                DerivedSettings.DEFAULT,
                "1.2.3");
        Gateway gateway = Gateway.start(settings, kafka, clock, heard::add, List.of());
        running.add(gateway);
        return gateway;
    }

    void write(AlertEvent... events) throws Exception {
        for (AlertEvent event : events) {
            write(kafka.topics().alerts(), event.entity().rootKey(), AlertJson.write(event));
        }
    }

    void writeFrame(Frame frame) throws Exception {
        write(kafka.topics().frames(), frame.entity().rootKey(), FrameCodec.encode(frame));
    }

    void write(String topic, String key, byte[] value) throws InterruptedException, ExecutionException {
        producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value)).get();
    }

    static String metrics(Gateway gateway) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + gateway.address().getPort() + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** What stands on the topic of rejected records, {@code reason: detail}; waits until there are so many. */
    List<String> rejected(int count) {
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

    /** The keys that have a value on the topic of deliveries. */
    List<String> deliveries() {
        List<String> keys = new ArrayList<>();
        CompactedReader.open(kafka, kafka.topics().deliveries(), SOON, record -> {
                    if (!record.deleted()) {
                        keys.add(record.key());
                    }
                })
                .close();
        return keys;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    @Override
    public void close() {
        running.forEach(Gateway::close);
        producer.close();
    }
}
