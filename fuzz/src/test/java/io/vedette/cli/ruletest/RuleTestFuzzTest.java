package io.vedette.cli.ruletest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vedette.fuzz.Fuzzing;
import io.vedette.fuzz.Seeds;
import io.vedette.fuzz.TextMutation;
import io.vedette.fuzz.Told;
import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.YamlValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in a file of tests of rules. */
class RuleTestFuzzTest {
    /** Loading all rules for each input would take most of the time. */
    private static final List<String> RULES =
            List.of("queue-slow", "queue-blocked", "target-down", "model-down", "frontend-slow");

    private static final String RULE =
            "- {id: %s, scope: [replica, model], severity: warning, when: up < limit, summary: a, parameters: {limit: 1}}\n";

    @TempDir
    Path folder;

    private static Stream<byte[]> files() {
        return Seeds.bytes(Seeds.elements("rules/default.test.yaml", "tests")
                .filter(test -> RULES.stream().anyMatch(test::contains))
                .map(test -> "rules: [rules.yaml]\n" + test));
    }

    @Test
    void anyFileIsReadOrItsMistakeTold() throws IOException {
        StringBuilder rules = new StringBuilder("rules:\n");
        RULES.forEach(id -> rules.append(RULE.formatted(id)));
        Files.writeString(folder.resolve("rules.yaml"), rules);
        new Fuzzing(RuleTestFuzzTest.class, files(), new TextMutation(), this::check).run(150);
    }

    private boolean check(byte[] file) {
        String text = new String(file, UTF_8);
        try {
            return YamlValue.parse(folder.resolve("mine.yaml").toString(), text)
                    .map(RuleTestFile::read)
                    .isPresent();
        } catch (ConfigurationException mistake) {
            Told.check(mistake, text);
            return false;
        }
    }
}
