package io.vedette.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vedette.cli.FakeVllm;
import io.vedette.ingest.Agent;
import io.vedette.ingest.AgentSettings;
import io.vedette.ingest.scrape.ScrapeTiming;
import io.vedette.ingest.scrape.TargetSettings;
import io.vedette.kafka.KafkaSettings;
import io.vedette.kafka.StartAt;
import io.vedette.kafka.broker.EmbeddedBroker;
import io.vedette.model.catalogue.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job jar on a Flink session cluster: submitted, and submitted anew after the whole cluster has died. */
class SessionIT {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final int SUBMIT_SECONDS = 120;

    @TempDir
    private Path folder;

    private final List<ForkedJava> processes = new ArrayList<>();
    private FakeVllm vllm;
    private EmbeddedBroker broker;
    private KafkaSettings kafka;
    private Agent agent;
    private FlinkHome flink;
    private FlinkRest rest;

    @BeforeEach
    void start() throws IOException {
        vllm = new FakeVllm();
        broker = EmbeddedBroker.start(folder.resolve("kafka"), 0, (status, message) -> {});
        kafka = KafkaSettings.of(broker.bootstrap());
        AgentSettings settings = AgentSettings.of(List.of(TargetSettings.of(vllm.url("/metrics"))))
                .withTiming(new ScrapeTiming(Duration.ofSeconds(1), Duration.ofSeconds(1)));
        int port = ForkedJava.freePort();
        rest = new FlinkRest(port);
        flink = new FlinkHome(folder.resolve("flink"), """
                jobmanager.rpc.address: 127.0.0.1
                jobmanager.rpc.port: %d
                jobmanager.bind-host: 127.0.0.1
                rest.address: 127.0.0.1
                rest.bind-address: 127.0.0.1
                rest.port: %d
                taskmanager.host: 127.0.0.1
                taskmanager.bind-host: 127.0.0.1
                taskmanager.memory.process.size: 1g
                taskmanager.memory.managed.size: 0m
                taskmanager.numberOfTaskSlots: 2
                execution.checkpointing.interval: 1 s
                """.formatted(ForkedJava.freePort(), port));
        Files.writeString(folder.resolve("rules.yaml"), TestRules.TOO_MANY_WAIT);
        Files.writeString(
                folder.resolve("vedette.yaml"),
                "kafka: {bootstrap: \"" + broker.bootstrap() + "\"}\nrules: [rules.yaml]\n");
        agent = Agent.start(settings, Catalogue.shipped(), kafka, new PrometheusRegistry(), InstantSource.system());
    }

    @AfterEach
    void stop() {
        processes.forEach(ForkedJava::close);
        agent.close();
        broker.close();
        vllm.close();
    }

    @Test
    void bothJobsRunThereAndCarryOnWhenTheyAreSubmittedAnew() throws Exception {
        vllm.setWaiting(20);
        startCluster();
        submit("derive");
        submit("detect");

        awaitWhileAllRun(() -> alerts().equals(List.of("1 firing")));
        awaitWhileAllRun(() -> beats() > 0);
        Map<String, String> ids = rest.running();
        assertThat(ids.keySet()).isEqualTo(Set.of("derive", "detect"));
        for (String id : ids.values()) {
            int before = rest.checkpoints(id);
            awaitWhileAllRun(() -> rest.checkpoints(id) > before);
        }

        for (ForkedJava process : processes) {
            process.kill();
        }
        processes.clear();
        startCluster();
        submit("derive");
        submit("detect");
        vllm.setWaiting(0);

        awaitWhileAllRun(() -> alerts().equals(List.of("1 firing", "2 resolved")));
        for (Map.Entry<String, String> job : rest.running().entrySet()) {
            assertThat(rest.restoredFrom(job.getValue())).contains("/checkpoints/" + job.getKey() + "/000001/chk-");
        }
    }

    private void startCluster() throws IOException {
        processes.add(flink.session());
        processes.add(flink.taskManager());
        awaitWhileAllRun(() -> processes.get(0).output().contains("Rest endpoint listening"));
    }

    private void submit(String job) throws Exception {
        try (ForkedJava client = flink.client(List.of(
                "run",
                "-d",
                TestJar.path().toString(),
                job,
                "-c",
                folder.resolve("vedette.yaml").toString(),
                "--checkpoints",
                folder.resolve("checkpoints").toString()))) {
            assertThat(client.awaitEnd(SUBMIT_SECONDS)).as(client.output()).isZero();
        }
        awaitWhileAllRun(() -> rest.running().containsKey(job));
    }

    private void awaitWhileAllRun(Callable<Boolean> condition) {
        await().atMost(LONG).until(() -> {
            for (ForkedJava process : processes) {
                assertThat(process.isAlive()).as(process.output()).isTrue();
            }
            return condition.call();
        });
    }

    /** Sequence and state of each alert event that was written; what is written twice counts once, as it does for whoever reads. */
    private List<String> alerts() throws IOException {
        List<String> alerts = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> written :
                firstPartition(kafka.topics().alerts())) {
            var event = new JsonMapper().readTree(written.value());
            alerts.add(
                    event.path("sequence").asText() + ' ' + event.path("state").asText());
        }
        return alerts.stream().distinct().toList();
    }

    /** How many beats the derive job has written to one of the partitions. */
    private long beats() {
        return firstPartition(kafka.topics().samples()).stream()
                .filter(record -> record.key() == null && record.value().length == 0)
                .count();
    }

    private List<ConsumerRecord<byte[], byte[]>> firstPartition(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        TopicPartition partition = new TopicPartition(topic, 0);
        try (var consumer = new KafkaConsumer<byte[], byte[]>(kafka.reader("test", StartAt.EARLIEST))) {
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
            }
        }
        return records;
    }
}
