package io.vedette.alerts.exposition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsServerTest {
    private static final String TEXT = "# TYPE a gauge\na 1\n";

    private final HttpClient client = HttpClient.newHttpClient();
    private final PrometheusRegistry registry = new PrometheusRegistry();

    private MetricsServer server;
    private boolean failing;

    @BeforeEach
    void start() throws IOException {
        Exposition own = out -> {
            if (failing) {
                throw new IllegalStateException("broken");
            }
            out.write(TEXT.getBytes(UTF_8));
        };
        server = MetricsServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                List.of(own, new RegistryExposition(registry)),
                () -> !failing);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void isHealthyWhileItAnswersAndReadyWhileItWorks() throws Exception {
        assertThat(status("/-/healthy")).isEqualTo(200);
        assertThat(status("/-/ready")).isEqualTo(200);

        failing = true;

        assertThat(status("/-/healthy")).isEqualTo(200);
        assertThat(status("/-/ready")).isEqualTo(503);
    }

    private int status(String path) throws Exception {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void showsAllPartsOneAfterAnother() throws Exception {
        Counter.builder().name("b_total").help("B.").register(registry).inc();

        HttpResponse<String> response = client.send(request("/metrics").build(), HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(response.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(response.body()).isEqualTo(TEXT + "# HELP b_total B.\n# TYPE b_total counter\nb_total 1.0\n");
    }

    @Test
    void compressesForThoseWhoTakeIt() throws Exception {
        HttpResponse<byte[]> response = client.send(
                request("/metrics").header("Accept-Encoding", "gzip").build(), HttpResponse.BodyHandlers.ofByteArray());

        assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
        try (GZIPInputStream body = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            assertThat(new String(body.readAllBytes(), UTF_8)).isEqualTo(TEXT);
        }
    }

    @Test
    void aFailureIsAnErrorAndNoShortScrape() throws Exception {
        failing = true;

        assertThat(status(request("/metrics"))).isEqualTo(500);
    }

    @Test
    void otherPathsAndMethodsAreTold() throws Exception {
        assertThat(status(request("/"))).isEqualTo(200);
        assertThat(status(request("/elsewhere"))).isEqualTo(404);
        assertThat(status(request("/metrics").DELETE())).isEqualTo(405);
        assertThat(status(request("/metrics").method("HEAD", HttpRequest.BodyPublishers.noBody())))
                .isEqualTo(200);
    }

    @Test
    void aTakenPortIsAnError() {
        assertThatThrownBy(() -> MetricsServer.start(server.address(), List.of()))
                .isInstanceOf(BindException.class);
    }

    private int status(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.address().getPort() + path));
    }
}
