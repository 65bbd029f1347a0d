package io.vedette.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.vedette.cli.UserMistake;
import io.vedette.model.yaml.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationMistakesTest {
    private static final String SECRET = "s3cr3t-t0ken";

    @TempDir
    Path folder;

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("agents: {}", "vedette.yaml:1:1: unknown key 'agents'; did you mean 'agent'?"),
                mistake(
                        "agent:\n  intervall: 5s\n",
                        "vedette.yaml:2:3: unknown key 'intervall'; did you mean 'interval'?"),
                mistake(
                        "redis: {bootstrap: x}",
                        "vedette.yaml:1:1: unknown key 'redis'; known: agent, alerts, data, derived, engines, external_labels,"
                                + " kafka, listen, models, rules"),
                mistake("agent: [", "vedette.yaml:1:9: no valid YAML: the file ends inside '[' or '{'; close it"),
                mistake("data: a\ndata: b\n", "vedette.yaml:2:1: 'data' stands here twice"),
                mistake("agent:\n", "vedette.yaml:1:7: a mapping (key: value) is expected here, not ''"),
                mistake(
                        "alerts: {runbook_url: 'https://a/b#c'}",
                        "vedette.yaml:1:23: runbook_url is the address of a page without '#', such as"
                                + " https://wiki.example/vedette, not 'https://a/b#c'; the rule's id is added as its anchor"),
                mistake("agent: {interval: 0}", "vedette.yaml:1:8: interval must be from 1s to 5m: 0s"),
                mistake(
                        "agent: {interval: 5}",
                        "vedette.yaml:1:19: '5' is no duration; write it as Prometheus does: 90s, 5m, 1h30m, 500ms"),
                mistake(
                        "agent: {interval: 5s, timeout: 6s}",
                        "vedette.yaml:1:8: timeout (6s) must not be longer than the interval (5s)"),
                mistake(
                        "agent: {nvml: sometimes}",
                        "vedette.yaml:1:15: nvml must be auto, enabled or disabled: 'sometimes'"),
                mistake(
                        "agent: {targets: []}",
                        "vedette.yaml:1:18: there is no target here; add '- url: http://127.0.0.1:8000/metrics', or leave"
                                + " 'targets' out"),
                mistake("agent: {targets: [{labels: {rack: r12}}]}", "vedette.yaml:1:19: 'url' is missing here"),
                mistake(
                        "agent: {targets: [{url: 'ftp://a:8000/metrics'}]}",
                        "vedette.yaml:1:19: url must begin with http:// or https://: 'ftp://a:8000/metrics'"),
                mistake(
                        "agent: {targets: [{url: 'http://a:8000'}, {url: 'http://a:8000/other'}]}",
                        "vedette.yaml:1:18: two targets are called 'a:8000': http://a:8000/metrics and"
                                + " http://a:8000/other; remove one, or give one a label 'instance' of its own"),
                mistake(
                        "agent: {targets: [{url: 'http://a:8000', authorization: {credentials: s3cr3t-t0ken,"
                                + " credentials_file: token}}]}",
                        "vedette.yaml:1:57: give one of credentials and credentials_file"),
                mistake(
                        "agent: {targets: [{url: 'http://a:8000', authorization: {credentials_file: missing}}]}",
                        "vedette.yaml:1:19: target a:8000: cannot read FOLDER/missing (NoSuchFileException)"),
                mistake(
                        "agent: {targets: [{url: 'http://ops:s3cr3t-t0ken@a:8000'}]}",
                        "vedette.yaml:1:19: url of a must not hold a user and password; use basic_auth instead"),
                mistake(
                        "agent: {targets: [{url: 'http://ops:s3cr3t-t0ken@a b'}]}",
                        "vedette.yaml:1:25: url is no address: 'http://***@a b' (Illegal character in authority); write"
                                + " http://host:port/metrics"),
                mistake(
                        "agent: {targets: [{url: 'http://ops:s3cr3t-t0ken@a_b'}]}",
                        "vedette.yaml:1:19: url has no host or no right port: 'http://***@a_b'; write"
                                + " http://host:port/metrics"),
                mistake(
                        "agent: {targets: [{url: 'http://a:8000', labels: {role: decoder}}]}",
                        "vedette.yaml:1:19: label role must be both, prefill or decode: 'decoder'"),
                mistake(
                        "external_labels: {window: x}",
                        "vedette.yaml:1:27: label 'window' is one that the series have; choose another name"),
                mistake(
                        "models: {glm: {prompt_limit: -1}}",
                        "vedette.yaml:1:30: prompt_limit is a number of tokens above 0, not -1"),
                mistake("models: {glm: {min_replicas: none}}", "vedette.yaml:1:30: 'none' is no number"),
                mistake(
                        "models: {glm: {baseline: rtx-4090-d}}",
                        "vedette.yaml:1:26: there is no baseline 'rtx-4090-d'; did you mean 'rtx-4090-d-x4'?"),
                mistake(
                        "models: {glm: {base_line: x}}",
                        "vedette.yaml:1:16: unknown key 'base_line'; did you mean 'baseline'?"),
                mistake(
                        "models: {glm: {profile: interactiv}}",
                        "vedette.yaml:1:25: unknown profile 'interactiv'; did you mean 'interactive'?"),
                mistake(
                        "models: {glm: {parameters: {queue-blokked: {limit: 3}}}}",
                        "vedette.yaml:1:44: there is no rule 'queue-blokked'; did you mean 'queue-blocked'?"),
                mistake(
                        "models: {glm: {parameters: {queue-blocked: {limits: 3}}}}",
                        "vedette.yaml:1:53: the rule queue-blocked has no parameter 'limits'; did you mean 'limit'?"),
                mistake(
                        "models: {glm: {parameters: {overlong-context: {limit: 90}}}}",
                        "vedette.yaml:1:55: parameter 'limit': 90 is compared with a ratio, and ratios run from 0 to 1; write"
                                + " 0.9"),
                mistake(
                        "derived: {quantiles: [0.5, 1.5]}",
                        "vedette.yaml:1:28: a quantile lies from 0 to 1, such as 0.95, not 1.5"),
                mistake(
                        "derived: {windows: [1m, 7s]}",
                        "vedette.yaml:1:25: a window is a multiple of 5s up to 1h, such as 1m, not 7s"),
                mistake(
                        "derived: {windows: [1m, 5m]}\nrules: [long-window.yaml]",
                        "long-window.yaml:4:13: there is no window of 10m; derived.windows has 1m, 5m"),
                mistake(
                        "derived: {entities: [replicas]}",
                        "vedette.yaml:1:22: unknown entity 'replicas'; did you mean 'replica'?"),
                mistake("derived: {bounds: yes}", "vedette.yaml:1:19: 'yes' is neither true nor false"),
                mistake("derived: {max_series: 0}", "vedette.yaml:1:23: '0' is no whole number from 1 to 100000000"),
                mistake(
                        "alerts: {channels: [{name: ops, type: webhook, url: 'http://a/'}, {name: ops, type: webhook, url:"
                                + " 'http://b/'}]}",
                        "vedette.yaml:1:67: there are two channels 'ops'; give each a name of its own"),
                mistake(
                        "alerts: {channels: [{name: ops, type: webhook, url: 'a/s3cr3t-t0ken'}]}",
                        "vedette.yaml:1:53: no http:// or https:// URL with a host"),
                mistake(
                        "alerts: {channels: [{name: ops, type: webhook, url_file: missing}]}",
                        "vedette.yaml:1:58: cannot read the secret in FOLDER/missing (NoSuchFileException)"),
                mistake(
                        "listen: {metrics: 70000}",
                        "vedette.yaml:1:19: '70000' is no address to listen on; write a port such as 9780, or HOST:PORT"
                                + " such as 0.0.0.0:9780"),
                mistake("listen: {kafka: 127.0.0.1:9092}", "vedette.yaml:1:17: '127.0.0.1:9092' is no number"),
                mistake("rules: [\"\\0\"]", "vedette.yaml:1:9: '?' is no path: Nul character not allowed"),
                mistake("engines: [\"\\0\"]", "vedette.yaml:1:11: '?' is no path: Nul character not allowed"),
                mistake("data: \"\\0\"", "vedette.yaml:1:7: '?' is no path: Nul character not allowed"),
                mistake(
                        "alerts: {channels: [{name: ops, type: webhook, url_file: \"\\0\"}]}",
                        "vedette.yaml:1:58: '?' is no path: Nul character not allowed"),
                mistake("rules: [.]", "FOLDER: is a folder, and a file is expected here"),
                mistake("rules: [mine.yaml]", "mine.yaml: there is no such file"),
                mistake("rules: [empty.yaml]", "empty.yaml: the file is empty; a rule file begins with 'rules:'"),
                mistake(
                        "rules: [percent.yaml]",
                        "percent.yaml:6:35: 90 is compared with a ratio, and ratios run from 0 to 1; write 0.9"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void isToldInOneLineWithItsPlaceAndWhatToWriteInstead(String yaml, String message) throws IOException {
        Files.writeString(folder.resolve("token"), SECRET);
        Files.writeString(folder.resolve("empty.yaml"), "# nothing yet\n");
        Files.writeString(folder.resolve("percent.yaml"), rule("1m", "request_failure_ratio > 90"));
        Files.writeString(folder.resolve("long-window.yaml"), rule("10m", "request_failure_ratio > 0.9"));
        Path file = Files.writeString(folder.resolve("vedette.yaml"), yaml);

        Throwable mistake = catchThrowable(() -> ConfigurationReader.read(flags(Optional.of(file)), "1.2.3"));

        assertThat(mistake).isInstanceOf(ConfigurationException.class);
        assertThat(String.valueOf(mistake.getMessage())
                        .replace(folder.toString(), "FOLDER")
                        .replaceFirst("^FOLDER/", ""))
                .isEqualTo(message)
                .doesNotContain(SECRET);
    }

    @Test
    void aFileThatIsNotThereIsTold() {
        Path missing = folder.resolve("vedette.yaml");

        assertThatThrownBy(() -> ConfigurationReader.read(flags(Optional.of(missing)), "1.2.3"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(missing + ": there is no such file");
    }

    @ParameterizedTest
    @MethodSource("flagMistakes")
    void aMistakeInAFlagNamesTheFlag(Flags flags, String message) {
        assertThatThrownBy(() -> ConfigurationReader.read(flags, "1.2.3"))
                .isInstanceOf(UserMistake.class)
                .hasMessage(message);
    }

    static Stream<Arguments> flagMistakes() {
        return Stream.of(
                arguments(
                        new Flags(Optional.empty(), List.of("ftp://a"), List.of(), Optional.empty()),
                        "--target: url must begin with http:// or https://: 'ftp://a'"),
                arguments(
                        new Flags(Optional.empty(), List.of("a:8000", "http://a:8000"), List.of(), Optional.empty()),
                        "--target: two targets are called 'a:8000': http://a:8000/metrics and http://a:8000/metrics;"
                                + " remove one, or give one a label 'instance' of its own"),
                arguments(
                        new Flags(Optional.empty(), List.of(), List.of("a/" + SECRET), Optional.empty()),
                        "--webhook: the webhook's address is no http:// or https:// URL with a host; write"
                                + " http://HOST:PORT/PATH"));
    }

    private static String rule(String window, String condition) {
        return """
                rules:
                  - id: mostly-failing
                    scope: replica
                    window: %s
                    severity: critical
                    when: %s
                    summary: "most requests fail"
                    action: "look at its log"
                """.formatted(window, condition);
    }

    private static Flags flags(Optional<Path> file) {
        return new Flags(file, List.of(), List.of(), Optional.empty());
    }

    private static Arguments mistake(String yaml, String message) {
        return arguments(yaml, message);
    }
}
