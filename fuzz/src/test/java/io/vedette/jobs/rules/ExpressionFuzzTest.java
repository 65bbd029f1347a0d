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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever stands where a condition is expected. */
class ExpressionFuzzTest {
    private static final Pattern WHEN = Pattern.compile("(?:when|requires|value|threshold): *([^\n>|]+)\n");
    private static final String RULE = """
            rules:
              - id: a
                scope: [replica, model]
                severity: warning
                parameters: {limit: 0.5}
                summary: "{entity} {limit}"
                when: "%s"
            """;

    private static Stream<byte[]> expressions() {
        Matcher whens = WHEN.matcher(Seeds.file("rules/default.yaml"));
        return Seeds.bytes(Stream.concat(
                Stream.of(
                        "requests_waiting.mean > limit && !(preemptions.growth > 3 || up < 1)",
                        "(known(kv_cache_usage) ? kv_cache_usage : 0) > 0.5",
                        "at_onset(over(requests_waiting.mean, '10m')) > min(2.5e3, -limit)",
                        "request_failures.growth('http_4xx') > 1 && prompt_class('long') || failure('timeout')",
                        "e2e_request_latency.quantile(0.95) / 2 >= 1 - down_age"),
                whens.results().map(found -> found.group(1).strip())));
    }

    @Test
    void anyConditionIsTakenOrItsMistakesTold() {
        new Fuzzing(ExpressionFuzzTest.class, expressions(), new TextMutation(), this::check).run(600);
    }

    private void check(byte[] expression) {
        String text = RULE.formatted(
                new String(expression, UTF_8).replace("\\", "\\\\").replace("\"", "\\\""));
        try {
            YamlValue document = YamlValue.parse("mine.yaml", text).orElseThrow();
            RuleLoader loader = new RuleLoader(SeriesSettings.DEFAULT_WINDOWS);
            RuleSet rules = loader.load(List.of(document), Map.of());
            loader.findings().mistakes().forEach(mistake -> Told.check(mistake, text));
            loader.findings().doubts().forEach(doubt -> Told.check(doubt, text));
            rules.rules().forEach(rule -> Judged.everywhere(rule, rules.slots()));
        } catch (ConfigurationException mistake) {
            Told.check(mistake, text);
        }
    }
}
