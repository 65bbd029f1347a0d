package io.vedette.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vedette.cli.FakeVllm;
import io.vedette.kafka.KafkaSettings;
import io.vedette.kafka.StartAt;
import io.vedette.model.entity.EntityKind;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.FrameCodec;
import io.vedette.model.frame.Window;
import io.vedette.model.signal.Signal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} in the middle of an alert: nobody is told twice or not at all, and the series go on. */
class KillIT {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final long MINUTE = 60_000;
    /** Between two scrapes it is not seen when exactly the engine stalled; on a busy machine one of them may fail. */
    private static final double UNSEEN_TOKENS = 2 * FakeVllm.TOKENS_PER_SECOND;

    private static final int SCRAPES_BEFORE = 20;
    private static final String RULES = """
            rules:
              - id: stalled
                scope: [replica]
                states: [warming, serving]
                when: progress_age > limit
                for: 5s
                keep_firing_for: 5s
                severity: critical
                parameters: {limit: 5}
                value: progress_age
                threshold: limit
                summary: "{entity} has done nothing for {value}"
                action: "restart it"
              - id: too-many-wait
                scope: [model]
                when: requests_waiting > limit
                for: 5s
                keep_firing_for: 5s
                severity: warning
                parameters: {limit: 5}
                value: requests_waiting
                threshold: limit
                summary: "{entity}: {requests_waiting} wait"
                action: "send less"
            """;

    @TempDir
    private Path folder;

    private FakeVllm vllm;
    private KafkaSettings kafka;

    @BeforeEach
    void start() throws IOException {
        vllm = new FakeVllm();
        kafka = KafkaSettings.of("127.0.0.1:" + freePort());
    }

    @AfterEach
    void stop() {
        vllm.close();
    }

    @Test
    void aKillInTheMiddleOfAnAlertRepeatsAndLosesNothing() throws Exception {
        Path configuration = configuration();
        try (ForkedUp up = ForkedUp.start(folder, configuration)) {
            awaitWhile(up, () -> vllm.scrapes() >= SCRAPES_BEFORE);
            vllm.setMoving(false);
            vllm.setWaiting(20);
            awaitWhile(up, () -> told("firing").size() == 2);
            up.kill();
        }
        long killedMillis = InstantSource.system().millis();
        int scrapes = vllm.scrapes();

        NavigableMap<Long, Frame> frames;
        try (ForkedUp up = ForkedUp.start(folder, configuration)) {
            awaitWhile(up, () -> vllm.scrapes() > scrapes);
            vllm.setMoving(true);
            vllm.setWaiting(0);
            awaitWhile(up, () -> told("resolved").keySet().equals(told("firing").keySet()));
            frames = framesOfTheReplica();
            assertThat(up.stop()).isZero();
            assertThat(up.errors()).isEmpty();
        }

        assertThat(told("firing")).hasSize(2).allSatisfy((fingerprint, ids) -> assertThat(ids)
                .hasSize(1));
        assertThat(told("resolved")).hasSize(2).allSatisfy((fingerprint, ids) -> assertThat(ids)
                .hasSize(1));
        // Ticks that fell into the time when nobody scraped may have been let go as silent.
        long firstTick = frames.firstKey();
        frames.values().removeIf(frame -> frame.release() != Frame.Release.SCRAPE);
        assertThat(frames.tailMap(killedMillis)).isNotEmpty();
        frames.values().forEach(frame -> assertGoesOn(frame, firstTick));
    }

    /** The window is covered from the first scrape on, which is less than a tick after the first tick, and what grew in it is what the engine did. */
    private void assertGoesOn(Frame frame, long firstTickMillis) {
        long tick = frame.tickMillis();
        Window window = frame.window(MINUTE).orElseThrow();
        assertThat(window.coveredMillis())
                .as("covered at %d, %d ms after the first tick", tick, tick - firstTickMillis)
                .isGreaterThanOrEqualTo(Math.min(MINUTE, tick - firstTickMillis) - Frame.TICK_MILLIS);
        if (window.coveredMillis() > 0) {
            assertThat(window.growthOf(Signal.GENERATION_TOKENS))
                    .as("tokens in the %d ms before %d", window.coveredMillis(), tick)
                    .isCloseTo(
                            vllm.tokensAt(tick) - vllm.tokensAt(tick - window.coveredMillis()), within(UNSEEN_TOKENS));
        }
    }

    private static void awaitWhile(ForkedUp up, Callable<Boolean> condition) throws IOException {
        await().atMost(LONG).until(() -> {
            assertThat(up.isAlive()).as(up.errors()).isTrue();
            return condition.call();
        });
    }

    /** The ids that the webhook was told of, by fingerprint. */
    private Map<String, Set<String>> told(String status) throws IOException {
        Map<String, Set<String>> ids = new TreeMap<>();
        for (String call : vllm.calls()) {
            for (JsonNode alert : new JsonMapper().readTree(call).path("alerts")) {
                if (alert.path("status").asText().equals(status)) {
                    ids.computeIfAbsent(alert.path("fingerprint").asText(), fingerprint -> new TreeSet<>())
                            .add(alert.path("annotations").path("vedette_id").asText());
                }
            }
        }
        return ids;
    }

    private NavigableMap<Long, Frame> framesOfTheReplica() throws Exception {
        NavigableMap<Long, Frame> frames = new TreeMap<>();
        TopicPartition partition = new TopicPartition(kafka.topics().frames(), 0);
        try (var consumer = new KafkaConsumer<byte[], byte[]>(kafka.reader("test", StartAt.EARLIEST))) {
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> written : consumer.poll(Duration.ofSeconds(1))) {
                    Frame frame = FrameCodec.decode(written.value());
                    if (frame.entity().kind() == EntityKind.REPLICA) {
                        frames.put(frame.tickMillis(), frame);
                    }
                }
            }
        }
        return frames;
    }

    private Path configuration() throws IOException {
        Files.writeString(folder.resolve("rules.yaml"), RULES);
        return Files.writeString(folder.resolve("vedette.yaml"), """
                agent:
                  interval: 1s
                  timeout: 1s
                  targets: [{url: "%s"}]
                rules: [rules.yaml]
                alerts: {channels: [{name: ops, type: webhook, url: "%s"}]}
                listen: {metrics: 0, kafka: %s}
                data: data
                """.formatted(
                        vllm.url("/metrics"),
                        vllm.url("/hook"),
                        kafka.bootstrap().substring(kafka.bootstrap().indexOf(':') + 1)));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
