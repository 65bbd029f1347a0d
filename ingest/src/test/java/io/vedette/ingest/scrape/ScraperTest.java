package io.vedette.ingest.scrape;

import static io.vedette.ingest.scrape.ScraperFixture.failed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.ingest.scrape.TestServer.Behaviour;
import io.vedette.model.exposition.NumberFamily;
import io.vedette.model.sample.ScrapeFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScraperTest {
    private static final String METRICS = "# TYPE up_time gauge\nup_time 12\n";
    private static final Duration SHORT = Duration.ofMillis(300);

    private final ScraperFixture scraper = new ScraperFixture();

    @AfterEach
    void stop() {
        scraper.close();
    }

    private ScrapeOutcome outcomeOf(Behaviour behaviour) {
        try (TestServer server = TestServer.start(behaviour)) {
            return scraper.scrape(server.url(""));
        }
    }

    private ScrapeOutcome outcomeWithin(Duration timeout, Behaviour behaviour) {
        try (TestServer server = TestServer.start(behaviour)) {
            ScrapeOutcome outcome = scraper.scrape(TargetSettings.of(server.url("")), timeout);
            await().until(() -> server.openConnections() == 0);
            return outcome;
        }
    }

    private static void assertIsTheMetrics(ScrapeOutcome outcome) {
        assertThat(outcome)
                .asInstanceOf(InstanceOfAssertFactories.type(ScrapeOutcome.Good.class))
                .satisfies(good -> {
                    assertThat(good.body().problems()).isEmpty();
                    assertThat(good.body().families()).singleElement().satisfies(family -> {
                        assertThat(family.name()).isEqualTo("up_time");
                        assertThat(((NumberFamily) family).points().get(0).value())
                                .isEqualTo(12);
                    });
                });
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        return packed.toByteArray();
    }

    @Test
    void readsMetricsAndAsksForThemLikePrometheus() {
        try (TestServer server = TestServer.serving(METRICS)) {
            assertIsTheMetrics(scraper.scrape(server.url("")));

            TestServer.Request request = server.requests().get(0);
            assertThat(request.path()).isEqualTo("/metrics");
            assertThat(request.header("accept")).startsWith("application/openmetrics-text;version=1.0.0");
            assertThat(request.header("accept-encoding")).isEqualTo("gzip");
            assertThat(request.header("x-prometheus-scrape-timeout-seconds")).isEqualTo("30.0");
            assertThat(request.headers()).doesNotContainKey("authorization");
        }
    }

    @Test
    void unpacksGzip() {
        assertIsTheMetrics(outcomeOf(
                (request, answer) -> answer.send(200, gzip(METRICS.getBytes(UTF_8)), "Content-Encoding: gzip")));
    }

    @Test
    void keepsTheBodyAsItWasReceived() {
        String odd = METRICS + "a b c\r\n# EOF ";
        try (TestServer server = TestServer.start(
                (request, answer) -> answer.send(200, gzip(odd.getBytes(UTF_8)), "Content-Encoding: gzip"))) {
            assertThat(scraper.receive(server.url("")).body()).asString(UTF_8).isEqualTo(odd);
        }
        try (TestServer server = TestServer.serving("<html>")) {
            ReceivedScrape page = scraper.receive(server.url(""));
            assertThat(page.outcome()).isInstanceOf(ScrapeOutcome.Failed.class);
            assertThat(page.body()).asString(UTF_8).isEqualTo("<html>");
        }
        try (TestServer server = TestServer.start((request, answer) -> answer.send(503, "busy"))) {
            assertThat(scraper.receive(server.url("")).body()).isEmpty();
        }
    }

    @Test
    void readsABodyInChunks() {
        assertIsTheMetrics(
                outcomeOf((request, answer) -> answer.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + Integer.toHexString(METRICS.length()) + "\r\n" + METRICS + "\r\n0\r\n\r\n")));
    }

    @Test
    void keepsGoodLinesBesideBadOnes() {
        ScrapeOutcome outcome = outcomeOf((request, answer) -> answer.send(200, METRICS + "a b c\n" + "other 1\n"));

        assertThat(outcome)
                .asInstanceOf(InstanceOfAssertFactories.type(ScrapeOutcome.Good.class))
                .satisfies(good -> {
                    assertThat(good.body().sampleCount()).isEqualTo(2);
                    assertThat(good.body().problems()).singleElement().satisfies(problem -> assertThat(problem.line())
                            .isEqualTo(3));
                });
    }

    @Test
    void saysRefusedWhenNothingListens() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThat(scraper.scrape("127.0.0.1:" + port))
                .isEqualTo(failed(ScrapeFailure.REFUSED, "port " + port + " of 127.0.0.1 refuses connections"));
    }

    @Test
    void saysBrokenWhenTheHostHasNoAddress() {
        assertThat(scraper.scrape("http://vllm.invalid:8000"))
                .isEqualTo(failed(ScrapeFailure.BROKEN, "no address is known for host vllm.invalid"));
    }

    @Test
    void givesUpOnAServerThatHangs() {
        assertThat(outcomeWithin(SHORT, (request, answer) -> answer.hang()))
                .isEqualTo(failed(ScrapeFailure.TIMEOUT, "no whole answer within 300 ms"));
    }

    @Test
    void givesUpOnAServerThatHangsInTheBody() {
        assertThat(outcomeWithin(SHORT, (request, answer) -> {
                    answer.raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + METRICS);
                    answer.hang();
                }))
                .isEqualTo(failed(ScrapeFailure.TIMEOUT, "no whole answer within 300 ms"));
    }

    @Test
    void givesUpOnAServerThatDripsAndHangsUp() {
        assertThat(outcomeWithin(SHORT, (request, answer) -> {
                    answer.raw("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
                    while (true) {
                        answer.raw("x");
                        answer.pause(20);
                    }
                }))
                .isEqualTo(failed(ScrapeFailure.TIMEOUT, "no whole answer within 300 ms"));
    }

    @Test
    void saysBrokenWhenTheConnectionEndsInTheBody() {
        assertThat(outcomeOf((request, answer) -> {
                    answer.raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + METRICS);
                    answer.breakOff();
                }))
                .isEqualTo(failed(
                        ScrapeFailure.BROKEN, "the connection broke: fixed content-length: 100, bytes received: 32"));
    }

    @Test
    void saysBrokenWhenTheConnectionEndsBetweenChunks() {
        assertThat(outcomeOf((request, answer) -> {
                    answer.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n");
                    answer.breakOff();
                }))
                .isEqualTo(failed(
                        ScrapeFailure.BROKEN,
                        "the connection broke: chunked transfer encoding, state: READING_LENGTH"));
    }

    @Test
    void saysBrokenWhenTheServerSpeaksAnotherProtocol() {
        assertThat(outcomeOf((request, answer) -> answer.raw("SSH-2.0-OpenSSH_9.6\r\n")))
                .isEqualTo(failed(
                        ScrapeFailure.BROKEN, "the connection broke: Invalid status line: \"SSH-2.0-OpenSSH_9.6\""));
    }

    /** As uvicorn does when its keep-alive time is as long as the interval. */
    @Test
    void triesAgainWhenTheServerHasGivenUpAKeptConnection() {
        AtomicLong count = new AtomicLong();
        try (TestServer server = TestServer.start((request, answer) -> {
            if (count.incrementAndGet() % 2 == 0) {
                answer.breakOff();
            } else {
                answer.send(200, METRICS);
            }
        })) {
            for (int i = 0; i < 5; i++) {
                assertIsTheMetrics(scraper.scrape(server.url("")));
            }
            assertThat(server.requests()).hasSize(9);
        }
    }

    @Test
    void triesAgainWhenTheServerHasClosedAKeptConnection() {
        try (TestServer server = TestServer.start((request, answer) -> {
            answer.send(200, METRICS);
            answer.close();
        })) {
            for (int i = 0; i < 20; i++) {
                assertIsTheMetrics(scraper.scrape(server.url("")));
            }
        }
    }

    @Test
    void saysWhatAnotherStatusMeans() {
        assertThat(outcomeOf((request, answer) -> answer.send(500, METRICS)))
                .isEqualTo(failed(ScrapeFailure.HTTP, "HTTP 500"));
        assertThat(outcomeOf((request, answer) -> answer.send(401, "")))
                .isEqualTo(failed(ScrapeFailure.HTTP, "HTTP 401; check authorization or basic_auth"));
        assertThat(outcomeOf((request, answer) -> answer.send(404, "")))
                .isEqualTo(failed(ScrapeFailure.HTTP, "HTTP 404; check the path in url"));
        assertThat(outcomeOf((request, answer) -> answer.send(204, "")))
                .isEqualTo(failed(ScrapeFailure.HTTP, "HTTP 204"));
    }

    @Test
    void doesNotFollowRedirects() {
        try (TestServer server = TestServer.start(
                (request, answer) -> answer.send(302, "", "Location: /elsewhere", "Connection: close"))) {
            assertThat(scraper.scrape(server.url("")))
                    .isEqualTo(failed(
                            ScrapeFailure.HTTP,
                            "HTTP 302 to /elsewhere; redirects are not followed, set url to where the metrics are"));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void refusesAnEmptyBody() {
        assertThat(outcomeOf((request, answer) -> answer.send(200, "")))
                .isEqualTo(failed(ScrapeFailure.BODY, "the body is empty"));
        assertThat(outcomeOf((request, answer) -> answer.send(200, "\r\n \n")))
                .isEqualTo(failed(ScrapeFailure.BODY, "the body is empty"));
    }

    @Test
    void refusesHtml() {
        assertThat(outcomeOf((request, answer) ->
                        answer.send(200, "\n<!DOCTYPE html>\n<html>\nerrors 5\n</html>\n", "Content-Type: text/html")))
                .isEqualTo(failed(ScrapeFailure.BODY, "the body is HTML or XML, not metrics; check the path in url"));
    }

    @Test
    void refusesAnErrorPageWithStatus200() {
        assertThat(outcomeOf((request, answer) ->
                        answer.send(200, "Internal Server Error\nTraceback (most recent call last):\nretries 5\n")))
                .isEqualTo(failed(
                        ScrapeFailure.BODY,
                        "the body is not metrics: 1 samples in 67 bytes; line 1: expected a value at column 10, got"
                                + " \"Server Error\""));
    }

    @Test
    void refusesJson() {
        assertThat(outcomeOf((request, answer) -> answer.send(200, "{\"error\": \"no\"}\n")))
                .asInstanceOf(InstanceOfAssertFactories.type(ScrapeOutcome.Failed.class))
                .satisfies(failed -> {
                    assertThat(failed.failure()).isEqualTo(ScrapeFailure.BODY);
                    assertThat(failed.detail()).startsWith("the body is not metrics: 0 samples in 16 bytes; line 1: ");
                });
    }

    @Test
    void refusesABodyWithCommentsOnly() {
        assertThat(outcomeOf((request, answer) -> answer.send(200, "# TYPE a counter\n# EOF\n")))
                .isEqualTo(failed(ScrapeFailure.BODY, "the body is not metrics: 0 samples in 23 bytes"));
    }

    @Test
    void stopsReadingAHundredMegabytesAtTheLimit() {
        AtomicLong written = new AtomicLong();
        ScrapeOutcome outcome = outcomeWithin(Duration.ofSeconds(30), (request, answer) -> {
            answer.raw("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
            byte[] chunk = METRICS.repeat(1000).getBytes(UTF_8);
            while (written.addAndGet(chunk.length) < 100_000_000) {
                answer.raw(chunk);
            }
        });

        assertThat(outcome).isEqualTo(failed(ScrapeFailure.BODY, "the body is larger than 1048576 bytes"));
        assertThat(written.get()).isLessThan(50_000_000);
    }

    @Test
    void stopsUnpackingAGzipBombAtTheLimit() {
        assertThat(outcomeOf((request, answer) -> answer.send(200, gzip(new byte[50 << 20]), "Content-Encoding: gzip")))
                .isEqualTo(failed(ScrapeFailure.BODY, "the body is larger than 1048576 bytes"));
    }

    @Test
    void refusesDamagedGzipAndOtherEncodings() {
        assertThat(outcomeOf((request, answer) -> answer.send(200, METRICS, "Content-Encoding: gzip")))
                .isEqualTo(failed(ScrapeFailure.BODY, "the gzip stream is damaged: Not in GZIP format"));
        assertThat(outcomeOf((request, answer) -> answer.send(200, METRICS, "Content-Encoding: br")))
                .isEqualTo(failed(ScrapeFailure.BODY, "Content-Encoding 'br' was not asked for"));
    }

    @Test
    void makesOutsideTextPrintable() {
        assertThat(new HttpAnswer.Failed(ScrapeFailure.HTTP, "a\u001b[31m\nb\u00e9").detail())
                .isEqualTo("a?[31m?b?");
        assertThat(new HttpAnswer.Failed(ScrapeFailure.HTTP, "x".repeat(1000)).detail())
                .isEqualTo("x".repeat(300) + "...");
    }

    @Test
    void sendsCredentialsAndReadsThemAnewFromTheirFile(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("token");
        Files.writeString(file, "first\n");
        try (TestServer server = TestServer.serving(METRICS)) {
            TargetSettings target = ScraperFixture.target(
                    server.url(""), new Credentials.Authorization("Bearer", Secret.inFile(file)), TlsSettings.DEFAULT);

            assertIsTheMetrics(scraper.scrape(target));
            Files.writeString(file, "second\n");
            assertIsTheMetrics(scraper.scrape(target));
            Files.delete(file);

            assertThat(scraper.scrape(target))
                    .isEqualTo(failed(
                            ScrapeFailure.BROKEN,
                            "the request could not be made: cannot read " + file + " (NoSuchFileException)"));
            assertThat(server.requests())
                    .extracting(request -> request.header("authorization"))
                    .containsExactly("Bearer first", "Bearer second");
        }
    }

    @Test
    void sendsBasicAuthentication() {
        try (TestServer server = TestServer.serving(METRICS)) {
            assertIsTheMetrics(scraper.scrape(ScraperFixture.target(
                    server.url(""), new Credentials.Basic("prom", Secret.of("pässword")), TlsSettings.DEFAULT)));

            assertThat(server.requests().get(0).header("authorization")).isEqualTo("Basic cHJvbTpww6Rzc3dvcmQ=");
        }
    }

    @Test
    void readsTheLongestContextOfTheServedModels() {
        String models = "{\"object\":\"list\",\"data\":[{\"id\":\"a\",\"max_model_len\":4096},{\"id\":\"b\"},"
                + "{\"id\":\"c\",\"max_model_len\":32768},{\"id\":\"d\",\"max_model_len\":null}]}";
        try (TestServer server = TestServer.serving(models)) {
            assertThat(scraper.contextLength(server.url("/deep/metrics"))).hasValue(32768);
            assertThat(server.requests().get(0).path()).isEqualTo("/deep/v1/models");
        }
    }

    @Test
    void asksForTheVersionBesideTheMetrics() {
        try (TestServer server = TestServer.serving("{\"version\":\"0.33.0+cpu\"}")) {
            assertThat(scraper.version(server.url("/deep/metrics"))).hasValue("0.33.0+cpu");
            assertThat(server.requests().get(0).path()).isEqualTo("/deep/version");
        }
        for (String garbage : new String[] {"", "{}", "{\"version\":3}", "{\"version\":\"a\\u001b[31m\"}", "<html>"}) {
            try (TestServer server = TestServer.serving(garbage)) {
                assertThat(scraper.version(server.url(""))).isEmpty();
            }
        }
    }

    @Test
    void knowsNoContextLengthWhereThereIsNone() {
        for (String garbage :
                new String[] {"", "[]", "{", "<html>", "{\"data\":3}", "{\"data\":[{\"max_model_len\":\"x\"}]}"}) {
            try (TestServer server = TestServer.serving(garbage)) {
                assertThat(scraper.contextLength(server.url(""))).hasValue(0);
            }
        }
        try (TestServer server = TestServer.start((request, answer) -> answer.send(404, "no"))) {
            assertThat(scraper.contextLength(server.url(""))).hasValue(0);
        }
        try (TestServer server = TestServer.start((request, answer) -> answer.breakOff())) {
            assertThat(scraper.contextLength(server.url(""))).isEmpty();
        }
    }
}
