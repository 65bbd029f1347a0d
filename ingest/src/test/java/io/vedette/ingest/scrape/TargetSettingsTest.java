package io.vedette.ingest.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.model.sample.Target;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TargetSettingsTest {
    private static TargetSettings with(
            Map<String, String> labels, @Nullable Duration interval, @Nullable Duration timeout) {
        return new TargetSettings(
                URI.create("http://a:8000"),
                labels,
                Optional.ofNullable(interval),
                Optional.ofNullable(timeout),
                new Credentials.None(),
                TlsSettings.DEFAULT);
    }

    private static TargetSettings labelled(Map<String, String> labels) {
        return with(labels, null, null);
    }

    @Test
    void completesTheAddressAndNamesTheTargetAfterIt() {
        assertThat(TargetSettings.of("10.0.0.7:8000")).satisfies(target -> {
            assertThat(target.url()).isEqualTo(URI.create("http://10.0.0.7:8000/metrics"));
            assertThat(target.name()).isEqualTo("10.0.0.7:8000");
            assertThat(target.modelsUrl()).isEqualTo(URI.create("http://10.0.0.7:8000/v1/models"));
        });
        assertThat(TargetSettings.of("https://vllm.example/?x=1").url())
                .isEqualTo(URI.create("https://vllm.example/metrics?x=1"));
        assertThat(TargetSettings.of("https://vllm.example").name()).isEqualTo("vllm.example:443");
        assertThat(TargetSettings.of("http://[::1]:8000/own").name()).isEqualTo("[::1]:8000");
        assertThat(TargetSettings.of("http://a:1/own").url()).isEqualTo(URI.create("http://a:1/own"));
        assertThat(TargetSettings.of("http://a:1/own").modelsUrl()).isEqualTo(URI.create("http://a:1/v1/models"));
    }

    @Test
    void refusesAddressesThatAreNone() {
        assertThatThrownBy(() -> TargetSettings.of("ftp://a/metrics"))
                .hasMessage("url must begin with http:// or https://: 'ftp://a/metrics'");
        assertThatThrownBy(() -> TargetSettings.of("http://a b/"))
                .hasMessageStartingWith("url is no address: 'http://a b/' (Illegal character in authority");
        assertThatThrownBy(() -> TargetSettings.of("http://:8000/")).hasMessageStartingWith("url ");
        assertThatThrownBy(() -> TargetSettings.of("http://a:99999/"))
                .hasMessageStartingWith("url has no host or no right port");
        assertThatThrownBy(() -> TargetSettings.of("http://me:hunter2@a:1/"))
                .hasMessage("url of a must not hold a user and password; use basic_auth instead")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void givesMeaningToSomeLabelsAndPassesOnOthers() {
        TargetSettings target =
                labelled(Map.of("instance", "a", "node", "gpu-7", "model_name", "glm", "role", "decode", "rack", "12"));

        assertThat(target.target("agent-1", "here", Map.of("cluster", "bj1", "rack", "0")))
                .isEqualTo(
                        new Target("a", "gpu-7", "agent-1", "glm", "decode", Map.of("cluster", "bj1", "rack", "12")));
        assertThat(labelled(Map.of()).target("agent-1", "here", Map.of()))
                .isEqualTo(new Target("a:8000", "a", "agent-1", "", "both", Map.of()));
    }

    @Test
    void onlyTargetsWithALoopbackAddressRunOnTheAgentsNode() {
        for (String local : List.of(
                "http://127.0.0.1:8000",
                "http://127.1.2.3",
                "http://LOCALHOST:1",
                "http://[::1]:8000",
                "http://host.docker.internal:8000")) {
            assertThat(TargetSettings.of(local)
                            .target("agent-1", "here", Map.of())
                            .node())
                    .as(local)
                    .isEqualTo("here");
        }
        assertThat(TargetSettings.of("http://10.0.0.7:8000")
                        .target("agent-1", "here", Map.of())
                        .node())
                .isEqualTo("10.0.0.7");
    }

    @Test
    void refusesBadLabels() {
        assertThatThrownBy(() -> labelled(Map.of("role", "prefil")))
                .hasMessage("label role must be both, prefill or decode: 'prefil'");
        assertThatThrownBy(() -> labelled(Map.of("window", "1m")))
                .hasMessage("label 'window' is one that the series have; choose another name");
        assertThatThrownBy(() -> labelled(Map.of("a-b", "1"))).hasMessageStartingWith("label 'a-b' must be of letters");
        assertThatThrownBy(() -> labelled(Map.of("__x", "1"))).hasMessageStartingWith("label '__x' must be of letters");
        assertThatThrownBy(() -> labelled(Map.of("instance", " ")))
                .hasMessage("label instance must not be empty; leave it out for host:port");
    }

    @Test
    void takesItsTimingFromTheAgentWhereItHasNone() {
        assertThat(labelled(Map.of()).timing(ScrapeTiming.DEFAULT)).isEqualTo(ScrapeTiming.DEFAULT);
        assertThat(with(Map.of(), Duration.ofSeconds(1), null).timing(ScrapeTiming.DEFAULT))
                .isEqualTo(new ScrapeTiming(Duration.ofSeconds(1), Duration.ofSeconds(1)));
        assertThat(with(Map.of(), null, Duration.ofSeconds(5)).timing(ScrapeTiming.DEFAULT))
                .isEqualTo(new ScrapeTiming(Duration.ofSeconds(5), Duration.ofSeconds(5)));
    }

    @Test
    void refusesTimingOutOfRange() {
        assertThatThrownBy(() -> with(Map.of(), Duration.ofMillis(500), null))
                .hasMessage("interval must be from 1s to 5m: 500ms");
        assertThatThrownBy(() -> with(Map.of(), Duration.ofSeconds(2), Duration.ofSeconds(3)))
                .hasMessage("timeout (3s) must not be longer than the interval (2s)");
        assertThatThrownBy(() -> with(Map.of(), null, Duration.ZERO)).hasMessage("timeout must be 10ms or longer: 0s");
    }

    @Test
    void neverShowsASecret() {
        TargetSettings target = ScraperFixture.target(
                "http://a:1", new Credentials.Basic("prom", Secret.of("hunter2")), TlsSettings.DEFAULT);

        assertThat(target.toString()).contains("***").doesNotContain("hunter2");
        assertThat(new Credentials.Authorization("Bearer", Secret.inFile(Path.of("/run/secrets/t"))).toString())
                .isEqualTo("Authorization[type=Bearer, credentials=***(/run/secrets/t)]");
        assertThatThrownBy(() -> new Credentials.Authorization("Bearer", Secret.of("hun\nter2")).header())
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("ter2");
    }

    @Test
    void refusesCredentialsAndTlsThatCannotBe() {
        assertThatThrownBy(() -> new Credentials.Authorization("Basic", Secret.of("x")))
                .hasMessage("authorization.type must not be Basic; use basic_auth instead");
        assertThatThrownBy(() -> new TlsSettings(
                        Optional.empty(), Optional.of(Path.of("a")), Optional.empty(), Optional.empty(), false))
                .hasMessage("tls_config needs cert_file and key_file together, but has only cert_file");
        assertThatThrownBy(() -> new TlsSettings(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("a b"), false))
                .hasMessage("tls_config.server_name is no host name: 'a b'");
    }
}
