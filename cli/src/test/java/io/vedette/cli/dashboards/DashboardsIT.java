package io.vedette.cli.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.cli.capture.CaptureFinder;
import io.vedette.cli.up.ForkedUp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every expression of every dashboard against a Prometheus that scraped {@code vedette up} while captures were played back. */
class DashboardsIT {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Path CAPTURES = Path.of("..", "captures");
    private static final Map<String, String> ALL =
            Map.of("model", ".*", "instance", ".*", "node", ".*", "gpu", ".*", "window", "1m");
    private static final Map<String, String> CHOSEN = Map.of(
            "model",
            "(tiny)",
            "instance",
            "(overload:8000|xids:8000|throttled:8000)",
            "node",
            "(node-a|xids|throttled)",
            "gpu",
            "(0|1)",
            "window",
            "5m");

    private static final String RULES = """
            rules:
              - {id: some-wait, scope: [replica], states: [warming, serving], when: requests_waiting > limit, for: 0s, keep_firing_for: 0s, severity: warning,
                 parameters: {limit: 0}, value: requests_waiting, threshold: limit, summary: "{entity} waits", action: wait}
              - {id: many-wait, scope: [replica], states: [warming, serving], when: requests_waiting > limit, for: 0s, keep_firing_for: 0s, severity: critical,
                 parameters: {limit: 20}, value: requests_waiting, threshold: limit, summary: "{entity} waits", action: wait}
              - {id: runs, scope: [model], states: [warming, serving], when: requests_running > limit, for: 0s, keep_firing_for: 0s, severity: info,
                 parameters: {limit: 0}, value: requests_running, threshold: limit, summary: "{entity} runs", action: wait}
              - {id: runs-long, scope: [model], states: [warming, serving], when: requests_running > limit, for: 1h, keep_firing_for: 0s, severity: warning,
                 parameters: {limit: 0}, value: requests_running, threshold: limit, summary: "{entity} runs", action: wait}
            """;

    @TempDir
    private static Path folder;

    private static CapturePlayer player;
    private static ForkedUp up;
    private static PrometheusProcess prometheus;

    @BeforeAll
    static void play() throws IOException {
        player = new CapturePlayer(
                CaptureFinder.find(List.of(
                        CAPTURES.resolve("overload"),
                        CAPTURES.resolve("fleet/double"),
                        CAPTURES.resolve("gpus/xids"),
                        CAPTURES.resolve("gpus/throttled"))),
                Duration.ofSeconds(150),
                4,
                DashboardsIT::withPrefixCache,
                InstantSource.system());
        int metrics = freePort();
        Files.writeString(folder.resolve("rules.yaml"), RULES);
        Path configuration = Files.writeString(folder.resolve("vedette.yaml"), """
                external_labels: {cluster: bj1}
                agent:
                  interval: 1s
                  timeout: 1s
                  targets:
                    - {url: "%1$s/overload/metrics", labels: {instance: "overload:8000", node: node-a}}
                    - {url: "%1$s/double/metrics", labels: {instance: "double:8000", node: node-a}}
                    - {url: "%1$s/xids/metrics", labels: {instance: "xids:8000", node: xids}, gpus: [0, 1, 2, 3]}
                    - {url: "%1$s/gpus@xids/metrics", labels: {instance: "gpus@xids", node: xids}}
                    - {url: "%1$s/throttled/metrics", labels: {instance: "throttled:8000", node: throttled}, gpus: [0, 1, 2, 3]}
                    - {url: "%1$s/gpus@throttled/metrics", labels: {instance: "gpus@throttled", node: throttled}}
                rules: [rules.yaml]
                models: {tiny: {prompt_limit: 200}}
                derived: {bounds: true}
                listen: {metrics: %2$d, kafka: 0}
                data: data
                """.formatted(player.url(), metrics));
        up = ForkedUp.start(folder, configuration);
        prometheus = PrometheusProcess.start(folder, freePort(), """
                global: {scrape_interval: 1s, scrape_timeout: 1s, external_labels: {site: north}}
                scrape_configs:
                  - job_name: vedette
                    honor_labels: true
                    static_configs: [{targets: ["127.0.0.1:%d"]}]
                """.formatted(metrics));
    }

    /** The captures' engine had no prefix cache. */
    private static String withPrefixCache(String body, int index) {
        return body.replaceAll("(?m)^(vllm:prefix_cache_queries_total\\{.*}) .*$", "$1 " + 100 * index)
                .replaceAll("(?m)^(vllm:prefix_cache_hits_total\\{.*}) .*$", "$1 " + 40 * index);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @AfterAll
    static void stop() {
        prometheus.close();
        up.close();
        player.close();
    }

    @Test
    void everyExpressionYieldsData() {
        List<PanelQuery> queries = new ArrayList<>();
        for (String name : Dashboards.NAMES) {
            for (PanelQuery query : PanelQuery.of(Dashboards.write(name))) {
                queries.add(query.with(ALL));
                queries.add(query.with(CHOSEN));
            }
        }
        Instant begin = InstantSource.system().instant();
        await().atMost(LONG).pollInterval(Duration.ofSeconds(2)).untilAsserted(() -> {
            // What was there once was there: alerts end while the captures go on.
            queries.removeIf(query -> problem(query, begin).isEmpty());
            assertThat(up.isAlive()).as(up.errors()).isTrue();
            assertThat(queries.stream()
                            .map(query -> query.place() + ": " + problem(query, begin) + ": " + query.expression()))
                    .isEmpty();
        });
    }

    private static String problem(PanelQuery query, Instant begin) {
        Instant now = InstantSource.system().instant();
        JsonNode answer = query.overTime()
                ? prometheus.queryRange(query.expression(), begin, now)
                : prometheus.query(query.expression(), now);
        if (!answer.path("status").asText().equals("success")) {
            return answer.path("error").asText();
        }
        for (JsonNode series : answer.path("data").path("result")) {
            for (JsonNode value : query.overTime() ? series.path("values") : List.of(series.path("value"))) {
                if (!value.path(1).asText().equals("NaN")) {
                    return "";
                }
            }
        }
        return "no data";
    }

    @Test
    void variablesHaveValuesToChooseFrom() {
        for (String name : Dashboards.NAMES) {
            for (JsonNode variable : Dashboards.write(name).path("templating").path("list")) {
                if (variable.path("type").asText().equals("query")) {
                    String query = variable.path("definition").asText();
                    String selector = query.substring(query.indexOf('(') + 1, query.lastIndexOf(", "));
                    String label = query.substring(query.lastIndexOf(", ") + 2, query.length() - 1);
                    await().atMost(LONG).until(() -> !prometheus
                            .labelValues(label, selector.replaceAll("\\$\\w+", ".*"))
                            .path("data")
                            .isEmpty());
                }
            }
        }
    }
}
