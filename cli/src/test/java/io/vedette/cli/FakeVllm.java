package io.vedette.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that answers as vLLM does, with as many waiting requests as it is told, and with tokens that are a known function of time; and a webhook that
 * remembers what it was sent.
 */
public final class FakeVllm implements AutoCloseable {
    /** While it moves. */
    public static final int TOKENS_PER_SECOND = 100;

    private static final double MILLIS_PER_SECOND = 1000;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final InstantSource clock = InstantSource.system();
    /** When it began to move or stalled, in turns, Unix milliseconds. */
    private final List<Long> turns = new CopyOnWriteArrayList<>(List.of(clock.millis()));

    private final AtomicInteger scrapes = new AtomicInteger();
    private volatile int waiting;

    public FakeVllm() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> answer(exchange, metrics()));
        server.createContext("/v1/models", exchange -> answer(exchange, "{\"data\":[{\"max_model_len\":8192}]}"));
        server.createContext("/version", exchange -> answer(exchange, "{\"version\":\"0.33.0\"}"));
        server.createContext("/hook", exchange -> {
            calls.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            answer(exchange, "");
        });
        server.createContext("/router", exchange -> answer(exchange, """
                # TYPE vllm:num_requests_running gauge
                vllm:num_requests_running{server="http://10.0.0.7:8000"} 3
                """));
        server.createContext("/page", exchange -> answer(exchange, "<html>hello</html>"));
        server.createContext("/other", exchange -> answer(exchange, "# TYPE node_load1 gauge\nnode_load1 0.5\n"));
        server.setExecutor(threads);
        server.start();
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private String metrics() {
        scrapes.incrementAndGet();
        return """
                # TYPE vllm:num_requests_running gauge
                vllm:num_requests_running{engine="0",model_name="m"} 3
                # TYPE vllm:num_requests_waiting gauge
                vllm:num_requests_waiting{engine="0",model_name="m"} %d
                # TYPE vllm:generation_tokens_total counter
                vllm:generation_tokens_total{engine="0",model_name="m"} %d
                """.formatted(waiting, (long) tokensAt(clock.millis()));
    }

    /** What the counter of tokens stands at, or will if nothing changes. */
    public double tokensAt(long unixMillis) {
        double tokens = 0;
        for (int turn = 0; turn < turns.size(); turn += 2) {
            long begun = turns.get(turn);
            long stalled = turn + 1 < turns.size() ? turns.get(turn + 1) : Long.MAX_VALUE;
            tokens += Math.max(0, Math.min(unixMillis, stalled) - begun) * TOKENS_PER_SECOND / MILLIS_PER_SECOND;
        }
        return tokens;
    }

    /** Lets the counter of tokens stall, or go on. */
    public synchronized void setMoving(boolean moving) {
        boolean moves = turns.size() % 2 == 1;
        if (moves != moving) {
            turns.add(clock.millis());
        }
    }

    /** How often its metrics were asked for. */
    public int scrapes() {
        return scrapes.get();
    }

    public void setWaiting(int waiting) {
        this.waiting = waiting;
    }

    /** Bodies that the webhook was sent, in their order. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    public String url(String path) {
        return "http://" + name() + path;
    }

    /** Host and port: what the target is called. */
    public String name() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
