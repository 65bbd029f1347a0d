package io.vedette.alerts.alertmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vedette.alerts.channel.Address;
import io.vedette.alerts.channel.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;

/** Takes what is posted to {@code /api/v2/alerts}, as long as it is told to. */
final class FakeAlertmanager implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final String name;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<JsonNode> bodies = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    FakeAlertmanager() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        name = "127.0.0.1:" + server.getAddress().getPort();
        server.setExecutor(threads);
        server.createContext("/api/v2/alerts", this::handle);
        server.start();
    }

    Address address() {
        return new Address(Secret.of("http://" + name()));
    }

    String name() {
        return name;
    }

    void setStatus(int answered) {
        status = answered;
    }

    /** Answers nobody until the latch is down. */
    void hangUntil(CountDownLatch latch) {
        gate = latch;
    }

    /** What it took, in order. */
    List<JsonNode> bodies() {
        return bodies;
    }

    /** The alerts of a body: {@code alertname startsAt endsAt}. */
    static List<String> alerts(JsonNode body) {
        return StreamSupport.stream(body.spliterator(), false)
                .map(alert -> alert.path("labels").path("alertname").asText()
                        + ' '
                        + alert.path("startsAt").asText()
                        + ' '
                        + alert.path("endsAt").asText())
                .toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
            gate.await();
            if (status == 200) {
                bodies.add(body);
            }
            exchange.sendResponseHeaders(status, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
