package io.vedette.bench;

import io.vedette.cli.Logging;
import io.vedette.kafka.KafkaSettings;
import io.vedette.kafka.Topic;
import io.vedette.kafka.broker.EmbeddedBroker;
import io.vedette.model.sample.SampleHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;

/**
 * A broker in a process of its own, with a fleet's records in {@code vedette.samples}: {@code BenchTopics FOLDER TARGETS MINUTES CAPTURE}. It says where
 * it listens once all is there, and ends when its standard input does. The records' append times are those that they would have had: the topic takes
 * them from the producer, as that of a user does not.
 */
final class BenchTopics {
    private static final int INTERVALS_BY_MINUTE = 12;

    private BenchTopics() {}

    /** Runs it. */
    public static void main(String[] arguments) throws IOException, ExecutionException, InterruptedException {
        Logging.start(false);
        Path folder = Path.of(arguments[0]);
        int targets = Integer.parseInt(arguments[1]);
        int intervals = Integer.parseInt(arguments[2]) * INTERVALS_BY_MINUTE;
        MovingScrapes scrapes = MovingScrapes.of(Path.of(arguments[3]));
        long now = System.currentTimeMillis();
        long begin = Math.floorDiv(now, BenchFleet.INTERVAL_MILLIS) * BenchFleet.INTERVAL_MILLIS
                - intervals * BenchFleet.INTERVAL_MILLIS;
        try (EmbeddedBroker broker =
                EmbeddedBroker.start(folder, 0, (status, message) -> System.err.println(message))) {
            KafkaSettings settings = KafkaSettings.of(broker.bootstrap());
            create(settings);
            produce(settings, new BenchFleet(scrapes, targets, begin), intervals);
            System.out.println(broker.bootstrap());
            while (System.in.read() >= 0) {
                // Until whoever has started this ends.
            }
        }
    }

    private static void create(KafkaSettings settings) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(settings.admin("bench"))) {
            List<NewTopic> topics =
                    List.of(Topic.SAMPLES, Topic.FRAMES, Topic.ALERTS, Topic.STATES, Topic.REJECTED).stream()
                            .map(topic -> new NewTopic(settings.topics().name(topic), Optional.of(1), Optional.empty())
                                    .configs(configuration()))
                            .toList();
            admin.createTopics(topics).all().get();
        }
    }

    private static Map<String, String> configuration() {
        Map<String, String> configuration = new HashMap<>();
        configuration.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, TimestampType.CREATE_TIME.name);
        configuration.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
        return configuration;
    }

    /** In the order of their time, as agents write them. */
    private static void produce(KafkaSettings settings, BenchFleet fleet, int intervals) {
        Properties properties = settings.producer("bench");
        List<Header> headers = List.of(new RecordHeader(
                SampleHeaders.INTERVAL,
                Long.toString(BenchFleet.INTERVAL_MILLIS).getBytes(StandardCharsets.US_ASCII)));
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(properties)) {
            for (int interval = 0; interval < intervals; interval++) {
                byte[][] metrics = fleet.metrics(interval);
                for (int moment = 0; moment < BenchFleet.MOMENTS; moment++) {
                    for (int target = moment; target < fleet.size(); target += BenchFleet.MOMENTS) {
                        var unused = producer.send(new ProducerRecord<>(
                                settings.topics().samples(),
                                0,
                                fleet.appendMillis(target, interval),
                                fleet.key(target).getBytes(StandardCharsets.UTF_8),
                                fleet.record(target, metrics),
                                headers));
                    }
                }
            }
        }
    }
}
