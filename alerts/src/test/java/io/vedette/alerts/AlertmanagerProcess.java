package io.vedette.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Debian's {@code prometheus-alertmanager} on a port of its own, which it keeps when it is started again. */
final class AlertmanagerProcess implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path folder;
    private final Path configuration;
    private final int port;
    private int starts;
    private Process process;

    /** Starts one. */
    AlertmanagerProcess(Path folder, String configuration) throws IOException {
        this.folder = folder;
        this.configuration = Files.writeString(folder.resolve("alertmanager.yml"), configuration);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        process = launch();
    }

    private Process launch() throws IOException {
        Path storage = Files.createDirectory(folder.resolve("data-" + ++starts));
        Process launched = new ProcessBuilder(
                        "prometheus-alertmanager",
                        "--config.file=" + configuration,
                        "--storage.path=" + storage,
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log-" + starts).toFile())
                .start();
        await().atMost(GatewayFixture.SOON).until(() -> {
            assertThat(launched.isAlive()).as("Alertmanager runs").isTrue();
            return isReady();
        });
        return launched;
    }

    private boolean isReady() throws InterruptedException {
        try {
            return send(request("/-/ready").build()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Starts it again, having forgotten everything. */
    void startAgain() throws IOException {
        process = launch();
    }

    /** Every alert that it has, resolved ones excluded, in their order: {@code alertname instance state}. */
    List<String> alerts() {
        List<String> alerts = new ArrayList<>();
        get("/api/v2/alerts")
                .forEach(alert ->
                        alerts.add(alert.path("labels").path("alertname").asText()
                                + ' '
                                + alert.path("labels").path("instance").asText()
                                + ' '
                                + alert.path("status").path("state").asText()));
        return alerts.stream().sorted().toList();
    }

    void awaitAlerts(String... expected) {
        await().atMost(GatewayFixture.SOON)
                .untilAsserted(() -> assertThat(alerts()).containsExactly(expected));
    }

    /** The only alert that it has. */
    JsonNode alert() {
        JsonNode alerts = get("/api/v2/alerts");
        assertThat(alerts).hasSize(1);
        return alerts.get(0);
    }

    /** When the only alert ends unless it is told again. */
    Instant endsAt() {
        return Instant.parse(alert().path("endsAt").asText());
    }

    /** The groups: by their labels, the alertnames in them. */
    List<String> groups() {
        List<String> groups = new ArrayList<>();
        get("/api/v2/alerts/groups").forEach(group -> {
            List<String> names = new ArrayList<>();
            group.path("alerts")
                    .forEach(alert ->
                            names.add(alert.path("labels").path("instance").asText()));
            groups.add(group.path("labels").toString()
                    + ' '
                    + names.stream().sorted().toList());
        });
        return groups.stream().sorted().toList();
    }

    /** Silences an alertname for an hour. */
    void silence(String alertname) throws IOException, InterruptedException {
        Instant now = Instant.now();
        byte[] silence = JSON.writeValueAsBytes(Map.of(
                "matchers",
                List.of(Map.of("name", "alertname", "value", alertname, "isRegex", false, "isEqual", true)),
                "startsAt",
                now.toString(),
                "endsAt",
                now.plusSeconds(3600).toString(),
                "createdBy",
                "test",
                "comment",
                "test"));
        HttpResponse<String> answer = send(request("/api/v2/silences")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(silence))
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private JsonNode get(String path) {
        try {
            return JSON.readTree(send(request(path).build()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path));
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        kill();
    }

    /** Ends it as a crash would. */
    void kill() {
        process.destroyForcibly();
        try {
            var unused = process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
