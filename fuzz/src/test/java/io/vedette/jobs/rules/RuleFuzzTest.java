package io.vedette.jobs.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.fuzz.Fuzzing;
import io.vedette.fuzz.Seeds;
import io.vedette.fuzz.TextMutation;
import io.vedette.fuzz.Told;
import io.vedette.model.series.SeriesSettings;
import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.YamlValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever stands in a rule file: all that is wrong is told, and a rule that is taken can be evaluated. */
class RuleFuzzTest {
    private static Stream<byte[]> files() {
        return Seeds.bytes(Stream.concat(
                Seeds.elements("rules/default.yaml", "rules"),
                Seeds.examples("docs/rules.md").filter(example -> !example.contains("\ntests:"))));
    }

    @Test
    void anyFileIsLoadedOrItsMistakesTold() {
        new Fuzzing(RuleFuzzTest.class, files(), new TextMutation(), this::check).run(600);
    }

    private boolean check(byte[] file) {
        String text = new String(file, UTF_8);
        Optional<YamlValue> document;
        try {
            document = YamlValue.parse("mine.yaml", text);
        } catch (ConfigurationException mistake) {
            Told.check(mistake, text);
            return false;
        }
        return document.isPresent() && load(document.get(), text);
    }

    private static boolean load(YamlValue document, String text) {
        RuleLoader loader = new RuleLoader(SeriesSettings.DEFAULT_WINDOWS);
        RuleSet rules = loader.load(List.of(document), Map.of());
        Findings findings = loader.findings();
        findings.mistakes().forEach(mistake -> Told.check(mistake, text));
        findings.doubts().forEach(doubt -> Told.check(doubt, text));
        for (Rule rule : rules.rules()) {
            assertThat(rule.levels()).isNotEmpty();
            Judged.everywhere(rule, rules.slots());
        }
        return findings.mistakes().isEmpty() && !rules.rules().isEmpty();
    }
}
