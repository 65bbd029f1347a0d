package io.vedette.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vedette.cli.FakeVllm;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All services of {@code docker-compose.yml} together, but Grafana, of which no program is at hand. */
class StackIT {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final Set<String> JOBS = Set.of("derive", "detect");

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private FakeVllm vllm;
    private Stack stack;

    @BeforeEach
    void prepare() throws IOException {
        vllm = new FakeVllm();
        stack = new Stack(
                folder,
                Map.of("VEDETTE_TARGETS", vllm.url("/metrics"), "VEDETTE_WEBHOOK", vllm.url("/hook")),
                "rules: [rules.yaml]\n",
                Map.of("rules.yaml", TestRules.TOO_MANY_WAIT));
    }

    @AfterEach
    void stop() {
        stack.close();
        vllm.close();
    }

    @Test
    void tellsOfEachTroubleOnceThoughWorkersMastersAndBrokersDie() throws Exception {
        vllm.setWaiting(20);
        // Not in the order of their dependencies: each waits for what it needs.
        for (String service : List.of("prometheus", "taskmanager", "jobmanager", "agent", "gateway", "kafka")) {
            stack.start(service);
        }
        awaitTold("firing");
        awaitWhileAllRun(() -> !asked("vedette_replica_requests_waiting{instance=\"" + vllm.name() + "\"} == 20")
                .isEmpty());
        awaitWhileAllRun(() -> !asked("vedette_alerts{alertname=\"too-many-wait\",alertstate=\"firing\"}")
                .isEmpty());
        awaitWhileAllRun(() -> !asked("{__name__=~\"vedette_derive_.+_total\",job=\"vedette-jobs\"}")
                .isEmpty());
        awaitWhileAllRun(() -> !asked("vedette_agent_targets == 1").isEmpty());
        assertThat(status(stack.part("agent:9781", "/-/ready"))).isEqualTo(200);
        assertThat(status(stack.part("gateway:9780", "/-/ready"))).isEqualTo(200);
        awaitCheckpoints();

        stack.kill("taskmanager");
        vllm.setWaiting(0);
        stack.start("taskmanager");
        awaitTold("firing", "resolved");

        awaitCheckpoints();
        stack.kill("jobmanager");
        vllm.setWaiting(20);
        stack.start("jobmanager");
        awaitTold("firing", "resolved", "firing");
        for (Map.Entry<String, String> job : stack.flink().running().entrySet()) {
            assertThat(stack.flink().restoredFrom(job.getValue())).contains("/state/" + job.getKey() + "/000001/chk-");
        }

        stack.kill("kafka");
        vllm.setWaiting(0);
        stack.start("kafka");
        awaitTold("firing", "resolved", "firing", "resolved");
        awaitWhileAllRun(() -> !asked("vedette_replica_requests_waiting{instance=\"" + vllm.name() + "\"} == 0")
                .isEmpty());
    }

    /** The webhook has been told just so much. */
    private void awaitTold(String... states) throws IOException {
        awaitWhileAllRun(() -> told().size() >= states.length);
        assertThat(told()).containsExactly(states);
    }

    private List<String> told() throws IOException {
        List<String> told = new ArrayList<>();
        for (String call : vllm.calls()) {
            for (JsonNode alert : new JsonMapper().readTree(call).path("alerts")) {
                told.add(alert.path("status").asText());
            }
        }
        return told;
    }

    /** Both jobs run, and have completed a checkpoint from now on. */
    private void awaitCheckpoints() throws Exception {
        FlinkRest flink = stack.flink();
        awaitWhileAllRun(() -> flink.running().keySet().equals(JOBS));
        for (String id : flink.running().values()) {
            int before = flink.checkpoints(id);
            awaitWhileAllRun(() -> flink.checkpoints(id) > before);
        }
    }

    private void awaitWhileAllRun(Callable<Boolean> condition) {
        await().atMost(LONG).pollInterval(Duration.ofMillis(200)).until(() -> {
            stack.requireAlive();
            return condition.call();
        });
    }

    /** What Prometheus answers; empty while it does not. */
    private List<JsonNode> asked(String expression) throws InterruptedException {
        URI uri = URI.create(stack.prometheusApi() + "?query=" + URLEncoder.encode(expression, UTF_8));
        List<JsonNode> results = new ArrayList<>();
        try {
            HttpResponse<String> response =
                    client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            new JsonMapper()
                    .readTree(response.body())
                    .path("data")
                    .path("result")
                    .forEach(results::add);
        } catch (IOException notThere) {
            results.clear();
        }
        return results;
    }

    private int status(URI uri) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
