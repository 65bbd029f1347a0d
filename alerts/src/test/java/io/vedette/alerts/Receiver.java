package io.vedette.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vedette.model.alert.AlertEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A webhook's other end: gives the statuses that it is told to, then 200, and remembers what it accepted. */
final class Receiver implements AutoCloseable {
    /** Stands in its URL. */
    static final String SECRET = "s3cr3t-t0ken";

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private final List<String> attempts = new CopyOnWriteArrayList<>();
    private volatile boolean down;

    Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/services/" + SECRET;
    }

    /** The next answers. */
    void answers(int... next) {
        for (int status : next) {
            statuses.add(status);
        }
    }

    /** Answers 503 until told otherwise. */
    void setDown(boolean isDown) {
        down = isDown;
    }

    /** What was accepted, alert by alert: {@code status alertname id}. */
    List<String> accepted() {
        return accepted;
    }

    /** Waits until exactly these have been accepted, in this order. */
    void awaitAccepted(AlertEvent... events) {
        List<String> told = List.of(events).stream()
                .map(event -> (event.state() == AlertEvent.State.FIRING ? "firing " : "resolved ")
                        + event.alertname()
                        + ' '
                        + event.id())
                .toList();
        await().atMost(GatewayFixture.SOON)
                .untilAsserted(() -> assertThat(accepted).containsExactlyElementsOf(told));
    }

    /** The key of each attempt, accepted or not. */
    List<String> attempts() {
        return attempts;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
            attempts.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            Integer next = statuses.poll();
            int status = down ? 503 : next == null ? 200 : next;
            if (status == 200) {
                body.path("alerts")
                        .forEach(alert -> accepted.add(alert.path("status").asText()
                                + ' '
                                + alert.path("labels").path("alertname").asText()
                                + ' '
                                + alert.path("annotations").path("vedette_id").asText()));
            }
            if (status == 429) {
                exchange.getResponseHeaders().set("Retry-After", "1");
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
