package io.vedette.cli.dashboards;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Debian's {@code prometheus} on a port of its own. */
final class PrometheusProcess implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LONG = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;
    private final Process process;

    private PrometheusProcess(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /** Starts one and waits until it is ready. */
    static PrometheusProcess start(Path folder, int port, String configuration) throws IOException {
        Path file = Files.writeString(folder.resolve("prometheus.yml"), configuration);
        Process process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + file,
                        "--storage.tsdb.path=" + folder.resolve("tsdb"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        PrometheusProcess prometheus = new PrometheusProcess(port, process);
        await().atMost(LONG).until(() -> {
            assertThat(process.isAlive()).as("Prometheus runs").isTrue();
            return prometheus.isReady();
        });
        return prometheus;
    }

    private boolean isReady() throws InterruptedException {
        try {
            return client.send(HttpRequest.newBuilder(uri("/-/ready")).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** The answer to a query at a moment: {@code data} with its {@code result}, or {@code error}. */
    JsonNode query(String expression, Instant at) {
        return get("/api/v1/query?query=" + encoded(expression) + "&time=" + at.getEpochSecond());
    }

    /** The answer to a query over a time, in steps of 5 s. */
    JsonNode queryRange(String expression, Instant from, Instant to) {
        return get("/api/v1/query_range?query=" + encoded(expression) + "&start=" + from.getEpochSecond() + "&end="
                + to.getEpochSecond() + "&step=5");
    }

    /** The values of a label among the series that a selector selects. */
    JsonNode labelValues(String label, String selector) {
        return get("/api/v1/label/" + label + "/values?match[]=".replace("[]", "%5B%5D") + encoded(selector));
    }

    private JsonNode get(String path) {
        try {
            return JSON.readTree(client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
