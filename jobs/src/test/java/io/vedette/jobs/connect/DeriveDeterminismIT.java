package io.vedette.jobs.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.jobs.derive.Captures;
import io.vedette.jobs.derive.DeriveJob;
import io.vedette.jobs.derive.DeriveSettings;
import io.vedette.jobs.derive.DeriveStreams;
import io.vedette.jobs.derive.SampleRecord;
import io.vedette.jobs.run.JobOptions;
import io.vedette.jobs.run.LocalFlink;
import io.vedette.kafka.KafkaSettings;
import io.vedette.kafka.StartAt;
import io.vedette.kafka.broker.EmbeddedBroker;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.FrameCodec;
import io.vedette.model.otlp.RecordWriter;
import io.vedette.model.sample.SampleHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.Future;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same scrapes give the same rows, byte by byte, from any number of partitions, at any parallelism, in whatever order they were appended. */
class DeriveDeterminismIT {
    private static final List<String> MEMBERS =
            List.of("busy", "coarse", "double", "joins", "leaves", "plain", "restarts");
    private static final long SECOND = 1_000;
    /** Records of one partition may be out of order by that much. */
    private static final int JITTER_MILLIS = 800;

    private static final long LEAVES_AT = 1_790_000_300_000L;

    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;
    private static LocalFlink flink;
    private static List<Captures.Recorded> records;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.start(directory.resolve("kafka"), 0, (status, message) -> {});
        flink = LocalFlink.start(directory.resolve("flink"), 4);
        records = new ArrayList<>();
        for (String member : MEMBERS) {
            records.addAll(Captures.of("fleet/" + member));
        }
        long first =
                records.stream().mapToLong(Captures.Recorded::timeMillis).min().orElseThrow();
        records.add(list(MEMBERS, first));
        records.add(list(MEMBERS.stream().filter(m -> !m.equals("leaves")).toList(), LEAVES_AT));
    }

    @AfterAll
    static void stop() {
        flink.close();
        broker.close();
    }

    private static Captures.Recorded list(List<String> members, long timeMillis) {
        return new Captures.Recorded(
                Captures.AGENT, timeMillis, RecordWriter.targets(Captures.AGENT, members, timeMillis));
    }

    @Test
    void rowsAreTheSameFromAnyPartitionsAtAnyParallelism() throws Exception {
        append("one.", 1, new Random(1));
        append("four.", 4, new Random(4));

        String expected = derive("one.", 1);
        assertThat(expected.lines().count()).isGreaterThan(100_000);
        assertSame(derive("four.", 1), expected, "from 4 partitions at parallelism 1");
        assertSame(derive("four.", 4), expected, "from 4 partitions at parallelism 4");
        assertSame(derive("one.", 4), expected, "from 1 partition at parallelism 4");
    }

    private static void assertSame(String actual, String expected, String what) {
        if (!actual.equals(expected)) {
            List<String> rows = actual.lines().toList();
            List<String> others = expected.lines().toList();
            for (int i = 0; i < Math.min(rows.size(), others.size()); i++) {
                assertThat(rows.get(i)).as("row %d %s", i, what).isEqualTo(others.get(i));
            }
            assertThat(rows).as(what).hasSameSizeAs(others);
        }
    }

    private static KafkaSettings settings(String prefix) {
        return new KafkaSettings(broker.bootstrap(), prefix, Map.of(), Map.of());
    }

    private static void create(String topic, int partitions) throws Exception {
        try (Admin admin = Admin.create(settings("").admin("test"))) {
            NewTopic made = new NewTopic(topic, partitions, (short) 1)
                    .configs(Map.of(
                            "message.timestamp.type",
                            "CreateTime",
                            "message.timestamp.after.max.ms",
                            Long.toString(Long.MAX_VALUE),
                            "max.message.bytes",
                            Integer.toString(5 << 20),
                            "retention.ms",
                            "-1"));
            admin.createTopics(List.of(made)).all().get();
        }
    }

    /** Appends all records with their time as append time: targets mixed at random, each target's own in their order. */
    private static void append(String prefix, int partitions, Random random) throws Exception {
        record Placed(long timeMillis, int partition, String key, byte[] value) {}
        List<Placed> placed = new ArrayList<>();
        Map<String, Long> last = new HashMap<>();
        Map<Placed, Long> order = new HashMap<>();
        long first = Long.MAX_VALUE;
        long end = 0;
        for (Captures.Recorded record : records) {
            int partition = Math.floorMod(record.target().hashCode(), partitions);
            Placed one = new Placed(record.timeMillis(), partition, record.target(), record.value());
            long at = Math.max(
                    record.timeMillis() + random.nextInt(JITTER_MILLIS), last.getOrDefault(record.target(), 0L) + 1);
            last.put(record.target(), at);
            order.put(one, at);
            placed.add(one);
            first = Math.min(first, record.timeMillis());
            end = Math.max(end, record.timeMillis());
        }
        for (long at = first / SECOND * SECOND; at <= end + 30 * SECOND; at += SECOND) {
            for (int partition = 0; partition < partitions; partition++) {
                Placed beat = new Placed(at, partition, "", new byte[0]);
                order.put(beat, at + random.nextInt(JITTER_MILLIS));
                placed.add(beat);
            }
        }
        placed.sort(Comparator.comparing(order::get));
        create(settings(prefix).topics().samples(), partitions);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(producer(prefix))) {
            List<Future<?>> sends = new ArrayList<>();
            for (Placed record : placed) {
                ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>(
                        settings(prefix).topics().samples(),
                        record.partition,
                        record.timeMillis,
                        record.key.isEmpty() ? null : record.key.getBytes(StandardCharsets.UTF_8),
                        record.value);
                if (!record.key.isEmpty() && !record.key.equals(Captures.AGENT)) {
                    sent.headers()
                            .add(
                                    SampleHeaders.INTERVAL,
                                    Long.toString(Captures.INTERVAL_MILLIS).getBytes(StandardCharsets.US_ASCII));
                }
                sends.add(producer.send(sent));
            }
            for (Future<?> send : sends) {
                send.get();
            }
        }
    }

    private static Properties producer(String prefix) {
        Properties properties = settings(prefix).producer("test");
        // By the records' times the broker would forget an idempotent producer at once.
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        return properties;
    }

    private static String derive(String prefix, int parallelism) throws Exception {
        String run = prefix + "at-" + parallelism + ".";
        create(settings(run).topics().frames(), 2);
        StreamExecutionEnvironment environment = JobOptions.durableJob(
                parallelism, directory.resolve(run + "checkpoints"), Optional.empty(), Duration.ofMillis(500));
        KafkaSource<SampleRecord> source = KafkaSource.<SampleRecord>builder()
                .setProperties(settings(prefix).reader(run, StartAt.EARLIEST))
                .setTopics(settings(prefix).topics().samples())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setBounded(OffsetsInitializer.latest())
                .setDeserializer(new SampleRecordReader())
                .build();
        KafkaEnds ends = new KafkaEnds(settings(run));
        DeriveStreams streams = DeriveJob.define(
                environment
                        .fromSource(source, DeriveJob.watermarks(), "samples")
                        .uid("samples"),
                DeriveSettings.defaults());
        streams.replicas().sinkTo(ends.frameSink("replica-frames")).uid("replica-frames");
        streams.models().sinkTo(ends.frameSink("model-frames")).uid("model-frames");
        streams.cards().sinkTo(ends.frameSink("card-frames")).uid("card-frames");
        flink.submit(environment, run).requireSuccess();
        return Captures.rows(frames(run));
    }

    private static List<Frame> frames(String run) throws Exception {
        List<Frame> frames = new ArrayList<>();
        String topic = settings(run).topics().frames();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings(run).reader("test", StartAt.EARLIEST))) {
            List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    frames.add(FrameCodec.decode(record.value()));
                }
            }
        }
        return frames;
    }
}
