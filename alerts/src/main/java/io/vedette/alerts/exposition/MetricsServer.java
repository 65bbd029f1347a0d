package io.vedette.alerts.exposition;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code /metrics} in Prometheus' text format 0.0.4, compressed where the client takes it; {@code /-/healthy}, which answers while the process
 * does, and {@code /-/ready}, which fails while it cannot do its work. Whoever starts it closes it.
 */
public final class MetricsServer implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(MetricsServer.class);

    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final int THREADS = 2;

    private final HttpServer server;
    private final ExecutorService threads;
    private final List<Exposition> expositions;

    private MetricsServer(HttpServer server, List<Exposition> expositions) {
        this.server = server;
        this.expositions = List.copyOf(expositions);
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "vedette-metrics");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts to serve for what is always ready. */
    public static MetricsServer start(InetSocketAddress listen, List<Exposition> expositions) throws IOException {
        return start(listen, expositions, () -> true);
    }

    /**
     * Starts to serve.
     *
     * @param listen port 0 for any free one
     * @param expositions in the order in which they are shown; a name must be in one of them only
     * @param ready whether the process can do its work now; asked in a thread of the server's
     * @throws IOException when the port is taken
     */
    public static MetricsServer start(InetSocketAddress listen, List<Exposition> expositions, BooleanSupplier ready)
            throws IOException {
        MetricsServer metrics = new MetricsServer(HttpServer.create(listen, 0), expositions);
        metrics.server.createContext("/-/healthy", exchange -> state(exchange, () -> true));
        metrics.server.createContext("/-/ready", exchange -> state(exchange, ready));
        metrics.server.createContext("/", metrics::pointToMetrics);
        metrics.server.createContext("/metrics", metrics::metrics);
        metrics.server.setExecutor(metrics.threads);
        metrics.server.start();
        return metrics;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void metrics(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!isRead(exchange)) {
                return;
            }
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            try {
                // All of it before the first byte leaves, so that a failure is no short scrape.
                for (Exposition exposition : expositions) {
                    exposition.writeTo(text);
                }
            } catch (RuntimeException e) {
                logger.error("/metrics failed", e);
                answer(exchange, 500, "text/plain; charset=utf-8", "the metrics could not be written; see the log\n");
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
            String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (!head && accepted != null && accepted.contains("gzip")) {
                exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                exchange.sendResponseHeaders(200, 0);
                try (OutputStream out = new FastGzip(exchange.getResponseBody())) {
                    text.writeTo(out);
                }
            } else {
                exchange.sendResponseHeaders(200, head || text.size() == 0 ? -1 : text.size());
                if (!head) {
                    text.writeTo(exchange.getResponseBody());
                }
            }
        }
    }

    private static void state(HttpExchange exchange, BooleanSupplier well) throws IOException {
        try (exchange) {
            if (isRead(exchange)) {
                boolean good = well.getAsBoolean();
                answer(exchange, good ? 200 : 503, "text/plain; charset=utf-8", good ? "OK\n" : "not ready\n");
            }
        }
    }

    private void pointToMetrics(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (isRead(exchange)) {
                boolean root = exchange.getRequestURI().getPath().equals("/");
                answer(exchange, root ? 200 : 404, "text/plain; charset=utf-8", "Vedette's metrics are at /metrics\n");
            }
        }
    }

    private static boolean isRead(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        if (method.equals("GET") || method.equals("HEAD")) {
            return true;
        }
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        answer(exchange, 405, "text/plain; charset=utf-8", "only GET and HEAD\n");
        return false;
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    /** Series compress well however little one tries, and a scrape should cost little. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
