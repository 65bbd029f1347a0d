package io.vedette.cli.config;

import io.vedette.fuzz.Fuzzing;
import io.vedette.fuzz.Seeds;
import io.vedette.fuzz.TextMutation;
import io.vedette.fuzz.Told;
import io.vedette.model.yaml.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in {@code vedette.yaml}. */
class ConfigurationFuzzTest {
    private static final String SHORT_RULES = "rules: [rules.yaml]\n";
    /** What examples name; a file that is missing would be the only mistake that is ever told. */
    private static final List<String> SECRETS =
            List.of("vllm-token", "ops-webhook", "slack", "feishu", "feishu-secret", "night", "t", "p", "ca");

    @TempDir
    Path folder;

    private static Stream<byte[]> files() {
        return Seeds.bytes(Stream.of(
                        Seeds.examples("README.md"),
                        Seeds.examples("docs/alertmanager.md"),
                        Seeds.examples("docs/webhooks.md"),
                        Stream.of("""
                                agent:
                                  interval: 5s
                                  targets:
                                    - url: http://10.0.0.7:8000
                                      labels: {node: gpu-7, role: prefill}
                                      authorization: {type: Bearer, credentials: x}
                                    - url: https://b/metrics
                                      basic_auth: {username: u, password_file: p}
                                      tls_config: {ca_file: ca, server_name: b, insecure_skip_verify: true}
                                models:
                                  glm: {profile: batch, prompt_limit: 8000, min_replicas: 2, parameters: {a: {limit: 3}}}
                                derived: {windows: [1m, 10m], quantiles: [0.5], bounds: true, entities: [model], max_series: 10}
                                listen: {metrics: 127.0.0.1:9780, kafka: 0}
                                data: there
                                """))
                .flatMap(files -> files)
                // Others are files of Prometheus and Alertmanager.
                .filter(file -> file.contains("agent:") || file.contains("alerts:"))
                .map(file -> file.replace("/run/secrets/", ""))
                .map(file -> file.contains("\nrules:") || file.startsWith("rules:") ? file : SHORT_RULES + file));
    }

    @Test
    void anyFileIsReadOrItsMistakeTold() throws IOException {
        for (String secret : SECRETS) {
            Files.writeString(folder.resolve(secret), "http://127.0.0.1:5001/");
        }
        Files.writeString(
                folder.resolve("rules.yaml"),
                "rules: [{id: a, scope: replica, severity: info, when: up < limit, summary: a, parameters: {limit: 1}}]\n");
        new Fuzzing(ConfigurationFuzzTest.class, files(), new TextMutation(), this::check).run(600);
    }

    private boolean check(byte[] file) throws IOException {
        Path path = Files.write(folder.resolve("vedette.yaml"), file);
        String text = new String(file, StandardCharsets.UTF_8);
        try {
            ConfigurationReader.read(new Flags(Optional.of(path), List.of(), List.of(), Optional.empty()), "1");
            return true;
        } catch (ConfigurationException mistake) {
            if (mistake.source().equals(path.toString())) {
                Told.check(mistake, text);
            }
            return false;
        }
    }
}
