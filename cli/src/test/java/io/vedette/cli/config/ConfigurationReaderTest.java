package io.vedette.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.cli.UserMistake;
import io.vedette.ingest.scrape.ScrapeTiming;
import io.vedette.ingest.scrape.TargetSettings;
import io.vedette.jobs.derive.DeriveSettings;
import io.vedette.model.entity.EntityKind;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertThat(configuration.kafkaPort()).isEqualTo(19092);
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
                derived: {windows: [1m, 5m, 10m], quantiles: [0.5], bounds: true, entities: [model], max_series: 7}
                alerts:
                  channels:
                    - {name: ops, type: webhook, url: "http://127.0.0.1:5001/"}
                listen: {metrics: 0.0.0.0:9999, kafka: 0}
                data: here
                """);

        assertThat(configuration.agent().externalLabels()).isEqualTo(Map.of("cluster", "bj1"));
        assertThat(configuration.agent().timing())
                .isEqualTo(new ScrapeTiming(Duration.ofSeconds(10), Duration.ofSeconds(4)));
        assertThat(urls(configuration)).containsExactly("http://10.0.0.7:8000/metrics", "https://10.0.0.8/metrics");
        assertThat(configuration.derive().promptLimits()).isEqualTo(Map.of("glm-4.7-flash", 4000.0));
        assertThat(configuration.gateway().derived().series().quantiles()).containsExactly(0.5);
        assertThat(configuration.gateway().derived().series().entities()).isEqualTo(Set.of(EntityKind.MODEL));
        assertThat(configuration.gateway().derived().maxSeries()).isEqualTo(7);
        assertThat(configuration.gateway().channels()).hasSize(1);
        assertThat(configuration.gateway().listen())
                .isEqualTo(new InetSocketAddress(InetAddress.getByAddress(new byte[4]), 9999));
        assertThat(configuration.kafkaPort()).isZero();
        assertThat(configuration.data()).isEqualTo(folder.resolve("here"));
        assertThat(configuration.toString()).doesNotContain("secret", "password=p");
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            agnet: {}                                | 1:1: unknown key 'agnet'; did you mean 'agent'?
            agent: {intervall: 5s}                   | 1:9: unknown key 'intervall'; did you mean 'interval'?
            agent: {nvml: auto}                      | 1:9: unknown key 'nvml'; known: interval, targets, timeout
            agent: {interval: 5}                     | 1:19: '5' is no duration; write it as Prometheus does: 90s, 5m, 1h30m, 500ms
            agent: {interval: 5s, timeout: 8s}       | 1:8: timeout (8s) must not be longer than the interval (5s)
            agent: {interval: 100ms}                 | 1:8: interval must be from 1s to 1h: 100ms
            agent: {targets: []}                     | 1:18: there is no target here; add '- url: http://127.0.0.1:8000/metrics', or leave 'targets' out
            agent: {targets: [{labels: {}}]}         | 1:19: 'url' is missing here
            agent: {targets: [{url: ftp://a}]}       | 1:19: url must begin with http:// or https://: 'ftp://a'
            agent: {targets: [{url: a:1}, {url: a:1}]} | 1:18: two targets are called 'a:1': http://a:1/metrics and http://a:1/metrics; remove one, or give one a label 'instance' of its own
            agent: {targets: [{url: a:1, gpus: [0]}]} | 1:30: unknown key 'gpus'; known: authorization, basic_auth, labels, tls_config, url
            agent: {targets: [{url: a:1, labels: {role: all}}]} | 1:19: label role must be both, prefill or decode: 'all'
            agent: {targets: [{url: a:1, basic_auth: {username: u}}]} | 1:42: give one of password and password_file
            external_labels: {engine: x}             | 1:27: label 'engine' is one that the series have; choose another name
            models: {m: {promt_limit: 5}}            | 1:14: unknown key 'promt_limit'; did you mean 'prompt_limit'?
            models: {m: {prompt_limit: 0}}           | 1:28: prompt_limit is a number of tokens above 0, not 0
            models: {m: {profile: batsh}}            | 1:23: unknown profile 'batsh'; did you mean 'batch'?
            derived: {windows: [1m, 7s]}             | 1:20: windows must ascend and be multiples of 5 s up to 1 h: [PT7S, PT1M]
            derived: {quantiles: [95]}               | 1:23: a quantile lies from 0 to 1, such as 0.95, not 95
            derived: {entities: [gpus]}              | 1:22: unknown entity 'gpus'; known: replica, model
            derived: {max_series: 0}                 | 1:23: '0' is no whole number from 1 to 100000000
            listen: {metrics: 99999}                 | 1:19: '99999' is no address to listen on; write a port such as 9780, or HOST:PORT such as 0.0.0.0:9780
            listen: {kafka: x}                       | 1:17: 'x' is no number
            kafka: {bootstrap: k:9092}               | 1:1: unknown key 'kafka'; known: agent, alerts, data, derived, external_labels, listen, models, rules
            alerts: {channels: [{name: a, type: webhok, url: http://a}]} | 1:37: unknown type 'webhok'; did you mean 'webhook'?
            """)
    void tellsAMistakeWithItsPlaceAndWhatToWriteInstead(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(folder.resolve("vedette.yaml") + ":" + message);
    }

    @Test
    void namesAFileThatIsNotThere() {
        Flags flags = new Flags(Optional.of(folder.resolve("no.yaml")), List.of(), List.of(), Optional.empty());

        assertThatThrownBy(() -> ConfigurationReader.read(flags, VERSION))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(folder.resolve("no.yaml")
                        + ": cannot be read: NoSuchFileException; check that it exists and its permissions");
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
