package io.vedette.alerts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A service's other end: gives the answers that it is told to, then what the service itself would say, and remembers what it was asked. */
public final class ServiceServer implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Service service;
    private final Queue<Reaction> next = new ConcurrentLinkedQueue<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    /** What it was asked. */
    public record Request(String path, String query, Map<String, List<String>> headers, JsonNode body) {}

    /** What it answers. */
    public record Reply(int status, String body, Map<String, String> headers) {
        public static Reply ok(String body) {
            return new Reply(200, body, Map.of());
        }
    }

    /** What the service would say to a request. */
    @FunctionalInterface
    public interface Service {
        Reply answer(Request request);
    }

    @FunctionalInterface
    private interface Reaction {
        void to(HttpExchange exchange) throws IOException;
    }

    public ServiceServer(Service service) throws IOException {
        this.service = service;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The next answer. */
    public ServiceServer answers(int status, String body) {
        return answers(new Reply(status, body, Map.of()));
    }

    /** The next answer, with headers. */
    public ServiceServer answers(Reply reply) {
        next.add(exchange -> send(exchange, reply));
        return this;
    }

    /** Next time there is no answer. */
    public ServiceServer hangs() {
        next.add(exchange -> await());
        return this;
    }

    /** Next time the answer begins and does not end. */
    public ServiceServer hangsInItsBody() {
        next.add(exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await();
        });
        return this;
    }

    /** Next time the connection breaks off. */
    public ServiceServer hangsUp() {
        next.add(HttpExchange::close);
        return this;
    }

    /** What it was asked so far. */
    public List<Request> requests() {
        return requests;
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Request request = new Request(
                exchange.getRequestURI().getPath(),
                String.valueOf(exchange.getRequestURI().getRawQuery()),
                Map.copyOf(exchange.getRequestHeaders()),
                JSON.readTree(body));
        requests.add(request);
        Reaction told = next.poll();
        if (told == null) {
            send(exchange, service.answer(request));
        } else {
            told.to(exchange);
        }
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        try (exchange) {
            reply.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            byte[] bytes = reply.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private void await() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
