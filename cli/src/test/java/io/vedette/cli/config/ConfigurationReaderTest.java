package io.vedette.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.cli.UserMistake;
import io.vedette.ingest.CardMode;
import io.vedette.ingest.scrape.ScrapeTiming;
import io.vedette.ingest.scrape.TargetSettings;
import io.vedette.jobs.derive.DeriveSettings;
import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.catalogue.Meaning;
import io.vedette.model.entity.EntityKind;
import io.vedette.model.signal.Signal;
import io.vedette.model.yaml.ConfigurationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationReaderTest {
    private static final String VERSION = "1.2.3";

    @TempDir
    private Path folder;

    @Test
    void watchesTheUsualAddressWithoutFileAndFlags() {
        Configuration configuration = ConfigurationReader.read(Flags.NONE, VERSION);

        assertThat(urls(configuration)).containsExactly("http://127.0.0.1:8000/metrics");
        assertThat(configuration.agent().timing()).isEqualTo(ScrapeTiming.DEFAULT);
        assertThat(configuration.derive()).isEqualTo(DeriveSettings.defaults());
        assertThat(configuration.gateway().channels()).isEmpty();
        assertThat(configuration.gateway().listen())
                .isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9780));
        assertThat(configuration.gateway().version()).isEqualTo(VERSION);
        assertThat(configuration.agent().nvml()).isEqualTo(CardMode.AUTO);
        assertThat(configuration.listen().kafka()).isEqualTo(19092);
        assertThat(configuration.data()).isEqualTo(Path.of("data"));
        assertThat(configuration.rules().rules()).isNotEmpty();
    }

    @Test
    void readsEveryKey() throws IOException {
        Files.writeString(folder.resolve("token"), "secret\n");
        Configuration configuration = read("""
                external_labels: {cluster: bj1}
                agent:
                  interval: 10s
                  timeout: 4s
                  nvml: disabled
                  targets:
                    - url: http://10.0.0.7:8000
                      labels: {model_name: glm-4.7-flash, role: prefill, rack: r12}
                      authorization: {credentials_file: token}
                    - url: https://10.0.0.8/metrics
                      basic_auth: {username: u, password: p}
                      tls_config: {server_name: vllm.example, insecure_skip_verify: true}
                rules: [rules/default.yaml]
                models:
                  glm-4.7-flash: {profile: interactive, prompt_limit: 4000, parameters: {queue-blocked: {limit: 3.0}}}
                derived: {windows: [1m, 5m, 10m], quantiles: [0.5], bounds: true, buckets: [replica], entities: [model], max_series: 7}
                alerts:
                  runbook_url: https://wiki.example/vedette
                  channels:
                    - {name: ops, type: webhook, url: "http://127.0.0.1:5001/"}
                listen: {metrics: 0.0.0.0:9999, kafka: 0}
                data: here
                """);

        assertThat(configuration.agent().externalLabels()).isEqualTo(Map.of("cluster", "bj1"));
        assertThat(configuration.agent().timing())
                .isEqualTo(new ScrapeTiming(Duration.ofSeconds(10), Duration.ofSeconds(4)));
        assertThat(configuration.agent().nvml()).isEqualTo(CardMode.DISABLED);
        assertThat(urls(configuration)).containsExactly("http://10.0.0.7:8000/metrics", "https://10.0.0.8/metrics");
        assertThat(configuration.runbook()).isEqualTo("https://wiki.example/vedette");
        assertThat(configuration.derive().promptLimits()).isEqualTo(Map.of("glm-4.7-flash", 4000.0));
        assertThat(configuration.gateway().derived().series().quantiles()).containsExactly(0.5);
        assertThat(configuration.gateway().derived().series().entities()).isEqualTo(Set.of(EntityKind.MODEL));
        assertThat(configuration.gateway().derived().series().buckets()).isEqualTo(Set.of(EntityKind.REPLICA));
        assertThat(configuration.gateway().derived().maxSeries()).isEqualTo(7);
        assertThat(configuration.gateway().channels()).hasSize(1);
        assertThat(configuration.gateway().listen())
                .isEqualTo(new InetSocketAddress(InetAddress.getByAddress(new byte[4]), 9999));
        assertThat(configuration.listen().kafka()).isZero();
        assertThat(configuration.data()).isEqualTo(folder.resolve("here"));
        assertThat(configuration.toString()).doesNotContain("secret", "password=p");
    }

    @Test
    void addsAUsersEngineToTheShippedOnes() throws IOException {
        Files.writeString(folder.resolve("mine.yaml"), """
                engine: mine
                labels: {model_name: [model]}
                signals: {requests_running: [mine_running]}
                """);

        Catalogue catalogue = read("engines: [mine.yaml]\n").derive().catalogue();

        assertThat(catalogue.meanings("mine_running"))
                .extracting(Meaning::signal)
                .containsExactly(Signal.REQUESTS_RUNNING);
        assertThat(catalogue.meanings("vllm:num_requests_running"))
                .isEqualTo(Catalogue.shipped().meanings("vllm:num_requests_running"));
    }

    @Test
    void namesTheLineOfAMistakeInAUsersEngine() throws IOException {
        Files.writeString(folder.resolve("mine.yaml"), "engine: mine\nlabels: {}\nsignals: {request_running: [m]}\n");

        assertThatThrownBy(() -> read("engines: [mine.yaml]\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(folder.resolve("mine.yaml") + ":3:11: unknown key 'request_running'");
    }

    @Test
    void addsTheFlagsToTheFile() throws IOException {
        Path file = write("agent: {targets: [{url: \"http://a:1\"}]}\n");
        Flags flags = new Flags(
                Optional.of(file),
                List.of("b:2"),
                List.of("http://127.0.0.1:1/", "http://127.0.0.1:2/"),
                Optional.of(folder.resolve("other")));

        Configuration configuration = ConfigurationReader.read(flags, VERSION);

        assertThat(urls(configuration)).containsExactly("http://a:1/metrics", "http://b:2/metrics");
        assertThat(configuration.gateway().channels())
                .extracting(channel -> channel.name())
                .containsExactly("webhook", "webhook-2");
        assertThat(configuration.data()).isEqualTo(folder.resolve("other"));
    }

    @Test
    void namesAFlagWithAMistake() {
        Flags targets = new Flags(Optional.empty(), List.of("ftp://a"), List.of(), Optional.empty());
        assertThatThrownBy(() -> ConfigurationReader.read(targets, VERSION))
                .isInstanceOf(UserMistake.class)
                .hasMessage("--target: url must begin with http:// or https://: 'ftp://a'");

        Flags webhooks = new Flags(Optional.empty(), List.of(), List.of("nonsense"), Optional.empty());
        assertThatThrownBy(() -> ConfigurationReader.read(webhooks, VERSION))
                .isInstanceOf(UserMistake.class)
                .hasMessageStartingWith("--webhook: ");
    }

    private Configuration read(String yaml) throws IOException {
        return ConfigurationReader.read(
                new Flags(Optional.of(write(yaml)), List.of(), List.of(), Optional.empty()), VERSION);
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("vedette.yaml"), yaml);
    }

    private static List<String> urls(Configuration configuration) {
        return configuration.agent().targets().stream()
                .map(TargetSettings::url)
                .map(Object::toString)
                .toList();
    }
}
