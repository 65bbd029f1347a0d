package io.vedette.cli.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vedette.cli.capture.CaptureFinder;
import io.vedette.cli.capture.CaptureWriter;
import io.vedette.cli.capture.MergedScrapes;
import io.vedette.cli.capture.RecordedScrape;
import io.vedette.cli.replay.Replay;
import io.vedette.cli.replay.ReplaySettings;
import io.vedette.ingest.scrape.ReceivedScrape;
import io.vedette.ingest.scrape.ScrapeOutcome;
import io.vedette.ingest.scrape.Scraper;
import io.vedette.ingest.scrape.TargetSettings;
import io.vedette.model.sample.Target;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code record} writes against what another writer wrote of the same server at the same instants: the recording of a real vLLM that was killed and
 * started again, served once more over HTTP.
 */
class RecordedSeriesIT {
    private static final Path CAPTURE = Path.of("../captures/restart");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor();
    private volatile byte[] body = {};

    @AfterEach
    void stop() {
        threads.shutdownNow();
        deadlines.shutdownNow();
    }

    @Test
    void theSameScrapesGiveTheSameSeriesAndAlerts() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", this::answer);
        server.start();
        try {
            record(TargetSettings.of("127.0.0.1:" + server.getAddress().getPort()));
        } finally {
            server.stop(0);
        }

        Replayed recorded = replay(folder.resolve("record"), "record");
        Replayed original = replay(CAPTURE, "original");

        assertThat(recorded).isEqualTo(original);
        assertThat(original.series()).hasSizeGreaterThan(10_000);
        assertThat(original.alerts()).hasSize(2);
    }

    /** With the original's times. Where it could not be reached, neither can it be now: at a port where nobody listens. */
    private void record(TargetSettings target) throws IOException {
        Scraper scraper = new Scraper(threads, threads, deadlines, 16 << 20);
        TargetSettings nobody = TargetSettings.of("http://127.0.0.1:1/metrics");
        Target described = new Target("restart", "", "agent", "", "both", Map.of());
        CaptureWriter writer = CaptureWriter.open(
                folder.resolve("record"), Optional.of(target.url()), described, Instant.ofEpochMilli(1));
        try (MergedScrapes original = new MergedScrapes(CaptureFinder.find(List.of(CAPTURE)))) {
            while (original.hasNext()) {
                RecordedScrape scrape = original.next().recorded();
                body = scrape.content();
                write(
                        writer,
                        scrape.timeMillis(),
                        scraper.receive(scrape.failed() ? nobody : target, TIMEOUT)
                                .join());
            }
        }
    }

    private static void write(CaptureWriter writer, long timeMillis, ReceivedScrape scrape) throws IOException {
        if (scrape.outcome() instanceof ScrapeOutcome.Failed failed) {
            writer.failed(timeMillis, failed.failure(), failed.detail());
        } else {
            writer.good(timeMillis, scrape.body());
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = new GZIPOutputStream(exchange.getResponseBody())) {
                out.write(body);
            }
        }
    }

    private record Replayed(List<String> series, List<String> alerts) {}

    private Replayed replay(Path capture, String name) throws Exception {
        Path derived = folder.resolve(name + ".csv");
        Path alerts = folder.resolve(name + ".jsonl");
        var unused = Replay.run(
                new ReplaySettings(List.of(capture), Optional.empty(), Optional.of(derived), Optional.of(alerts), 1),
                (done, all) -> {});
        return new Replayed(Files.readAllLines(derived), Files.readAllLines(alerts));
    }
}
