package io.vedette.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.vedette.ingest.scrape.Credentials;
import io.vedette.ingest.scrape.ScrapeTiming;
import io.vedette.ingest.scrape.Secret;
import io.vedette.ingest.scrape.TargetSettings;
import io.vedette.ingest.scrape.TestServer;
import io.vedette.ingest.scrape.TlsSettings;
import io.vedette.kafka.Deployment;
import io.vedette.kafka.KafkaSettings;
import io.vedette.kafka.StartAt;
import io.vedette.kafka.TopicSetup;
import io.vedette.kafka.broker.EmbeddedBroker;
import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.otlp.AgentTargets;
import io.vedette.model.otlp.RecordReader;
import io.vedette.model.otlp.SampleRecord;
import io.vedette.model.otlp.UnreadableRecord;
import io.vedette.model.sample.ScrapeFailure;
import io.vedette.model.sample.Target;
import io.vedette.model.sample.TargetScrape;
import io.vedette.model.signal.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ScrapeTiming EACH_SECOND = new ScrapeTiming(Duration.ofSeconds(1), Duration.ofSeconds(1));

    @TempDir
    private Path directory;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    /** What the target counts: rises with each scrape. */
    private final AtomicLong scrapes = new AtomicLong();

    private EmbeddedBroker broker;
    private TestServer server;

    @BeforeEach
    void start() {
        broker = startBroker(0);
        server = TestServer.start(this::answer);
        try (Admin admin = Admin.create(kafka().admin("test"))) {
            new TopicSetup(admin, kafka().topics(), Deployment.EMBEDDED, PATIENCE).createAndCheck();
        }
    }

    @AfterEach
    void stop() {
        server.close();
        broker.close();
    }

    private EmbeddedBroker startBroker(int port) {
        return EmbeddedBroker.start(directory, port, (status, message) -> {});
    }

    /** A body with a counter, and 20 kB of another metric. */
    private void answer(TestServer.Request request, TestServer.Answer answer) throws IOException {
        if (request.path().equals("/v1/models")) {
            answer.send(200, "{\"data\":[{\"id\":\"glm\",\"max_model_len\":32768}]}");
            return;
        }
        StringBuilder body = new StringBuilder("# TYPE vllm:prompt_tokens counter\n"
                + "vllm:prompt_tokens_total{engine=\"0\",model_name=\"glm\"} " + scrapes.incrementAndGet() + "\n"
                + "# TYPE ballast gauge\n");
        for (int i = 0; i < 20; i++) {
            body.append("ballast{number=\"")
                    .append(i)
                    .append("\",with=\"")
                    .append("x".repeat(1000))
                    .append("\"} 1\n");
        }
        answer.send(200, body + "# EOF\n", "Content-Type: application/openmetrics-text; version=1.0.0");
    }

    private KafkaSettings kafka() {
        return KafkaSettings.of(broker.bootstrap());
    }

    private Agent agent(AgentSettings.Limits limits, TargetSettings... targets) {
        return agent(limits, CardMode.DISABLED, targets);
    }

    private Agent agent(AgentSettings.Limits limits, CardMode nvml, TargetSettings... targets) {
        AgentSettings settings = new AgentSettings(
                "agent-1", "gpu-7", EACH_SECOND, limits, Map.of("cluster", "bj1"), nvml, List.of(targets));
        return Agent.start(settings, Catalogue.shipped(), kafka(), registry, InstantSource.system());
    }

    private static TargetSettings target(String url, Map<String, String> labels) {
        return new TargetSettings(
                TargetSettings.address(url),
                labels,
                Optional.empty(),
                Optional.empty(),
                new Credentials.None(),
                TlsSettings.DEFAULT);
    }

    private double count(String name, String labelValue) {
        return registry.scrape(name::equals).stream()
                .flatMap(counter -> ((CounterSnapshot) counter).getDataPoints().stream())
                .filter(point -> point.getLabels().stream()
                        .allMatch(label -> label.getValue().equals(labelValue)))
                .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
                .sum();
    }

    private List<ConsumerRecord<byte[], byte[]>> allRecords() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        TopicPartition partition = new TopicPartition(kafka().topics().samples(), 0);
        try (var consumer = new KafkaConsumer<byte[], byte[]>(kafka().reader("test", StartAt.EARLIEST))) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), UTF_8);
    }

    private static Optional<String> header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? Optional.empty() : Optional.of(new String(header.value(), UTF_8));
    }

    private static SampleRecord decoded(ConsumerRecord<byte[], byte[]> record) {
        try {
            return new RecordReader(Catalogue.shipped()).read(record.value());
        } catch (UnreadableRecord e) {
            throw new AssertionError(e);
        }
    }

    private static List<TargetScrape> scrapesOf(String key, List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .filter(record -> key(record).equals(key))
                .flatMap(record -> decoded(record).scrapes().stream())
                .toList();
    }

    private static long counted(TargetScrape scrape) {
        return scrape.engines().get(0).counters().stream()
                .filter(counter -> counter.signal() == Signal.PROMPT_TOKENS)
                .mapToLong(counter -> (long) counter.value())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void publishesScrapesWithTheirHeadersAndTheListOfTargets() {
        String vllm = "127.0.0.1:" + server.port();
        try (Agent agent = agent(
                AgentSettings.Limits.DEFAULT,
                target(server.url(""), Map.of("rack", "12")),
                target("127.0.0.1:1", Map.of("instance", "dead", "role", "prefill")))) {
            await().atMost(PATIENCE).until(() -> count("vedette_agent_records_sent", "") >= 7);
            agent.replaceTargets(List.of(TargetSettings.of(server.url(""))));
            await().atMost(PATIENCE).until(() -> allRecords().stream()
                    .anyMatch(record ->
                            decoded(record).targetLists().contains(new AgentTargets("agent-1", Set.of(vllm)))));
        }
        List<ConsumerRecord<byte[], byte[]>> records = allRecords();

        assertThat(records)
                .allSatisfy(record -> assertThat(record.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME));
        assertThat(records.stream().filter(record -> key(record).equals("agent-1")))
                .hasSizeGreaterThanOrEqualTo(2)
                .first()
                .satisfies(record -> {
                    assertThat(decoded(record))
                            .isEqualTo(new SampleRecord(
                                    List.of(), List.of(new AgentTargets("agent-1", Set.of(vllm, "dead"))), 0));
                    assertThat(header(record, "interval")).isEmpty();
                });
        assertThat(records.stream().filter(record -> !key(record).equals("agent-1")))
                .allSatisfy(record -> assertThat(header(record, "interval")).hasValue("1000"));
        assertThat(header(records.get(records.size() - 1), "clock-offset"))
                .hasValueSatisfying(offset -> assertThat(offset).matches("-?\\d+"));

        List<TargetScrape> good = scrapesOf(vllm, records);
        assertThat(good.stream().map(AgentIT::counted)).isSorted().startsWith(1L, 2L, 3L);
        assertThat(good.get(0)).satisfies(scrape -> {
            assertThat(scrape.failure()).isNull();
            assertThat(scrape.target())
                    .isEqualTo(
                            new Target(vllm, "gpu-7", "agent-1", "", "both", Map.of("cluster", "bj1", "rack", "12")));
            assertThat(scrape.engines()).singleElement().satisfies(engine -> {
                assertThat(engine.engine()).isEqualTo("0");
                assertThat(engine.modelName()).isEqualTo("glm");
            });
        });
        assertThat(good).anySatisfy(scrape -> assertThat(scrape.contextLength()).isEqualTo(32_768));
        assertThat(scrapesOf("dead", records)).isNotEmpty().allSatisfy(scrape -> {
            assertThat(scrape.failure()).isEqualTo(ScrapeFailure.REFUSED);
            assertThat(scrape.target())
                    .isEqualTo(new Target("dead", "gpu-7", "agent-1", "", "prefill", Map.of("cluster", "bj1")));
        });
    }

    @Test
    void keepsScrapingWhileKafkaIsAwayAndSendsTheNewestAfterwards() {
        String vllm = "127.0.0.1:" + server.port();
        int port = broker.port();
        Agent agent = agent(new AgentSettings.Limits(1 << 20, 64 << 10), TargetSettings.of(server.url("")));
        await().atMost(PATIENCE).until(() -> count("vedette_agent_records_sent", "") >= 3);
        broker.close();
        await().atMost(PATIENCE).until(() -> count("vedette_agent_records_let_go", "") >= 2);
        long newest = scrapes.get();
        broker = startBroker(port);
        await().atMost(PATIENCE)
                .until(() -> scrapesOf(vllm, allRecords()).stream().anyMatch(scrape -> counted(scrape) > newest));
        agent.close();
        List<Long> received =
                scrapesOf(vllm, allRecords()).stream().map(AgentIT::counted).toList();
        List<Long> expected = new ArrayList<>();
        for (long scrape = received.get(0); scrape <= received.get(received.size() - 1); scrape++) {
            expected.add(scrape);
        }
        expected.removeAll(received);

        assertThat(received).isSorted();
        // One hole, of those that were the oldest while Kafka was away, and they are counted.
        assertThat(expected).isNotEmpty().hasSizeLessThanOrEqualTo((int) count("vedette_agent_records_let_go", ""));
        assertThat(expected.get(expected.size() - 1) - expected.get(0)).isEqualTo(expected.size() - 1);
    }

    @Test
    void startsAndEndsWithoutKafkaAndWithoutItsTarget() {
        KafkaSettings nowhere = KafkaSettings.of("127.0.0.1:1");
        AgentSettings settings = AgentSettings.of(List.of(TargetSettings.of("127.0.0.1:1")));
        Agent agent = Agent.start(settings, Catalogue.shipped(), nowhere, registry, InstantSource.system());
        await().atMost(PATIENCE).until(() -> count("vedette_agent_scrapes", "refused") >= 1);
        agent.close();

        assertThat(count("vedette_agent_records_let_go", "")).isGreaterThanOrEqualTo(2);
    }

    @Test
    void showsTheMetricsThatTheDocumentationLists() throws IOException {
        Agent agent = agent(AgentSettings.Limits.DEFAULT, CardMode.AUTO, TargetSettings.of(server.url("")));
        await().atMost(PATIENCE).until(() -> count("vedette_agent_records_sent", "") >= 1);
        Set<String> shown = registry.scrape().stream()
                .map(metric ->
                        metric.getMetadata().getPrometheusName() + (metric instanceof CounterSnapshot ? "_total" : ""))
                .collect(Collectors.toSet());
        agent.close();
        Set<String> documented = Pattern.compile("^\\| `(vedette_agent_\\w+)`", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("../docs/series.md")))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toSet());

        assertThat(shown).isEqualTo(documented);
    }

    @Test
    void refusesAFileThatCannotBeRead() {
        TargetSettings target = new TargetSettings(
                TargetSettings.address("a:8000"),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                new Credentials.Authorization("Bearer", Secret.inFile(directory.resolve("missing"))),
                TlsSettings.DEFAULT);

        assertThatThrownBy(() -> agent(AgentSettings.Limits.DEFAULT, target))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("target a:8000: cannot read " + directory.resolve("missing") + " (NoSuchFileException)");
    }
}
