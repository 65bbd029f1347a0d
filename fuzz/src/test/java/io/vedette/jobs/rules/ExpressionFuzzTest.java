package io.vedette.jobs.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vedette.fuzz.Fuzzing;
import io.vedette.fuzz.Seeds;
import io.vedette.fuzz.TextMutation;
import io.vedette.fuzz.Told;
import io.vedette.model.series.SeriesSettings;
import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.YamlValue;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever stands where a condition is expected. */
class ExpressionFuzzTest {
    /** Every parameter that a shipped rule has, so that its condition means something. */
    private static final String RULE = """
            rules:
              - id: a
                scope: %%s
                severity: warning
                parameters: {limit: 0.5, %s}
                summary: "{entity} {limit}"
                when: "%%s"
            """.formatted(shipped()
            .flatMap(keys -> Optional.ofNullable(keys.get("parameters")).stream())
            .flatMap(parameters -> parameters.mapping().keySet().stream())
            .filter(name -> !name.equals("limit"))
            .distinct()
            .map(name -> name + ": 0.5")
            .collect(Collectors.joining(", ")));

    /** Words mean something on some entities only. */
    private static final List<String> SCOPES = List.of("[replica, model]", "[replica]", "[gpu]");

    /** The keys of shipped rules and of their levels. */
    private static Stream<Map<String, YamlValue>> shipped() {
        YamlValue rules = Objects.requireNonNull(RuleSet.builtIn().mapping().get("rules"));
        return rules.sequence().stream()
                .flatMap(rule -> Stream.concat(
                        Stream.of(rule),
                        Optional.ofNullable(rule.mapping().get("levels")).stream()
                                .flatMap(levels -> levels.sequence().stream())))
                .map(YamlValue::mapping);
    }

    private static Stream<byte[]> expressions() {
        return Seeds.bytes(Stream.concat(
                Stream.of(
                        "requests_waiting.mean > limit && !(preemptions.growth > 3 || up < 1)",
                        "(known(kv_cache_usage) ? kv_cache_usage : 0) > 0.5",
                        "at_onset(over(requests_waiting.mean, '10m')) > min(2.5e3, limit)",
                        "requests_waiting - 3 > -limit",
                        "request_failures.growth('http_4xx') > 1 && prompt_class('long') || failure('timeout')",
                        "e2e_request_latency.quantile(0.95) / 2 >= 1 - down_age"),
                shipped()
                        .flatMap(keys -> Stream.of("when", "requires")
                                .flatMap(key -> Optional.ofNullable(keys.get(key)).stream()))
                        .map(YamlValue::string)));
    }

    @Test
    void anyConditionIsTakenOrItsMistakesTold() {
        new Fuzzing(ExpressionFuzzTest.class, expressions(), new TextMutation(), this::check).run(600);
    }

    private boolean check(byte[] expression) {
        String quoted = new String(expression, UTF_8).replace("\\", "\\\\").replace("\"", "\\\"");
        return SCOPES.stream()
                        .filter(scope -> isTaken(RULE.formatted(scope, quoted)))
                        .count()
                > 0;
    }

    private static boolean isTaken(String text) {
        try {
            YamlValue document = YamlValue.parse("mine.yaml", text).orElseThrow();
            RuleLoader loader = new RuleLoader(SeriesSettings.DEFAULT_WINDOWS);
            RuleSet rules = loader.load(List.of(document), Map.of());
            loader.findings().mistakes().forEach(mistake -> Told.check(mistake, text));
            loader.findings().doubts().forEach(doubt -> Told.check(doubt, text));
            rules.rules().forEach(rule -> Judged.everywhere(rule, rules.slots()));
            return !rules.rules().isEmpty();
        } catch (ConfigurationException mistake) {
            Told.check(mistake, text);
            return false;
        }
    }
}
