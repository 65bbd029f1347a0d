package io.vedette.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.cli.FakeVllm;
import io.vedette.kafka.broker.EmbeddedBroker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The four parts, each in a process of its own, at one Kafka. */
class PartsIT {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final Pattern METRICS = Pattern.compile("(http://\\S+)/metrics\\R", Pattern.MULTILINE);

    @TempDir
    private Path folder;

    private final Map<String, ForkedUp> parts = new LinkedHashMap<>();
    private FakeVllm vllm;
    private EmbeddedBroker broker;

    @BeforeEach
    void start() throws IOException {
        vllm = new FakeVllm();
        broker = EmbeddedBroker.start(folder.resolve("kafka"), 0, (status, message) -> {});
    }

    @AfterEach
    void stop() {
        parts.values().forEach(ForkedUp::close);
        broker.close();
        vllm.close();
    }

    @Test
    void tellOfATroubleTogetherAndCarryOnAfterAKill() throws Exception {
        Path configuration = configuration();
        for (String part : List.of("agent", "derive", "detect", "gateway")) {
            parts.put(part, ForkedUp.start(folder, part, "-c", configuration.toString()));
        }

        vllm.setWaiting(20);
        awaitWhileAllRun(() -> vllm.calls().size() == 1);
        assertThat(vllm.calls().get(0)).contains("\"status\":\"firing\"", "\"alertname\":\"too-many-wait\"", "20 wait");
        awaitWhileAllRun(() -> get("gateway", "/metrics").body().contains("vedette_alerts{"));
        assertThat(get("gateway", "/metrics").body())
                .contains("vedette_replica_requests_waiting{", "vedette_gateway_", "vedette_build_info{");
        assertThat(get("agent", "/metrics").body()).contains("vedette_agent_targets 1.0");
        awaitWhileAllRun(() -> get("derive", "/metrics").body().contains("vedette_derive_checkpoint_age_seconds"));
        assertThat(get("derive", "/metrics").body()).contains("vedette_derive_beats_total{outcome=\"written\"}");
        awaitWhileAllRun(() -> get("detect", "/metrics").body().contains("vedette_detect_checkpoint_age_seconds"));
        for (String part : parts.keySet()) {
            assertThat(get(part, "/-/healthy").statusCode()).as(part).isEqualTo(200);
            assertThat(get(part, "/-/ready").statusCode()).as(part).isEqualTo(200);
        }

        for (String part : List.of("derive", "detect")) {
            kill(part);
            parts.put(part, ForkedUp.start(folder, part, "-c", configuration.toString()));
        }
        vllm.setWaiting(0);

        awaitWhileAllRun(() -> vllm.calls().size() == 2);
        assertThat(vllm.calls().get(1)).contains("\"status\":\"resolved\"", "\"alertname\":\"too-many-wait\"");
        Collection<ForkedUp> running = new ArrayList<>(parts.values());
        for (ForkedUp part : running) {
            assertThat(part.stop()).isZero();
            // On a busy machine a scrape may come too late, which is told too, but nothing is amiss with Vedette
            // itself.
            assertThat(part.errors()).doesNotContain("vedette: ");
        }
        parts.clear();

        // The whole in one process uses that Kafka as well, and the port of the embedded one is not its concern.
        parts.put(
                "up",
                ForkedUp.start(
                        folder,
                        "up",
                        "-c",
                        configuration.toString(),
                        "--data",
                        folder.resolve("other").toString()));
        assertThat(get("up", "/metrics").body()).contains("vedette_derive_lag_records", "vedette_agent_targets 1.0");
    }

    private void kill(String part) throws InterruptedException {
        Objects.requireNonNull(parts.remove(part)).kill();
    }

    private void awaitWhileAllRun(Callable<Boolean> condition) {
        await().atMost(LONG).until(() -> {
            for (Map.Entry<String, ForkedUp> part : parts.entrySet()) {
                assertThat(part.getValue().isAlive())
                        .as(part.getKey() + ": " + part.getValue().errors())
                        .isTrue();
            }
            return condition.call();
        });
    }

    private HttpResponse<String> get(String name, String path) throws IOException, InterruptedException {
        ForkedUp part = Objects.requireNonNull(parts.get(name));
        await().atMost(LONG).until(() -> METRICS.matcher(part.output()).find());
        Matcher said = METRICS.matcher(part.output());
        String base = "";
        while (said.find()) {
            base = said.group(1);
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private Path configuration() throws IOException {
        Files.writeString(folder.resolve("rules.yaml"), TestRules.TOO_MANY_WAIT);
        return Files.writeString(folder.resolve("vedette.yaml"), """
                agent:
                  interval: 1s
                  timeout: 1s
                  targets: [{url: "%s"}]
                kafka: {bootstrap: "%s", topic_prefix: test-}
                rules: [rules.yaml]
                alerts: {channels: [{name: ops, type: webhook, url: "%s"}]}
                listen: {metrics: 0, agent: 0, derive: 0, detect: 0}
                data: data
                """.formatted(
                        vllm.url("/metrics"), broker.bootstrap(), vllm.url("/hook")));
    }
}
