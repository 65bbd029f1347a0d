package io.vedette.cli.dashboards;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vedette.cli.capture.Capture;
import io.vedette.cli.capture.MergedScrapes;
import io.vedette.cli.capture.RecordedScrape;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Serves captures over HTTP as if what they hold happened now, at {@code /NAME/metrics}: the scrape that was the newest at a moment of the recording is
 * the answer at the moment of the play that is as far from its beginning, which is the first question, the speed considered. At a failed one the
 * connection is cut; at the end the last one stays.
 */
final class CapturePlayer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final InstantSource clock;
    private final Duration skip;
    private final double speed;
    private final BiFunction<String, Integer, String> change;
    private @Nullable Instant begin;

    /**
     * Starts to play.
     *
     * @param skip how much of each recording is left out at its beginning
     * @param speed 1 for real time, more for faster
     * @param change makes the body that is served of a recorded body and its number in the recording
     */
    CapturePlayer(
            List<Capture> captures,
            Duration skip,
            double speed,
            BiFunction<String, Integer, String> change,
            InstantSource clock)
            throws IOException {
        this.skip = skip;
        this.speed = speed;
        this.change = change;
        this.clock = clock;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        for (Capture capture : captures) {
            List<RecordedScrape> scrapes = scrapes(capture);
            server.createContext('/' + capture.name() + "/metrics", exchange -> answer(exchange, scrapes));
        }
        server.setExecutor(threads);
        server.start();
    }

    private static List<RecordedScrape> scrapes(Capture capture) throws IOException {
        List<RecordedScrape> scrapes = new ArrayList<>();
        try (MergedScrapes merged = new MergedScrapes(List.of(capture))) {
            merged.forEachRemaining(scrape -> scrapes.add(scrape.recorded()));
        }
        return scrapes;
    }

    /** Where captures are played: {@code /NAME/metrics} stands behind it. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange, List<RecordedScrape> scrapes) throws IOException {
        try (exchange) {
            int index = indexNow(scrapes);
            RecordedScrape scrape = scrapes.get(index);
            if (scrape.failed()) {
                return;
            }
            byte[] body =
                    change.apply(new String(scrape.content(), UTF_8), index).getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private int indexNow(List<RecordedScrape> scrapes) {
        double played = played().toMillis() * speed;
        double moment = scrapes.get(0).timeMillis() + skip.toMillis() + played;
        int index = 0;
        while (index + 1 < scrapes.size() && scrapes.get(index + 1).timeMillis() <= moment) {
            index++;
        }
        return index;
    }

    private synchronized Duration played() {
        Instant now = clock.instant();
        if (begin == null) {
            begin = now;
        }
        return Duration.between(begin, now);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
