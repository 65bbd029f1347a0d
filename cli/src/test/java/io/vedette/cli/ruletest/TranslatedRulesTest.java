package io.vedette.cli.ruletest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.alerts.channel.Language;
import io.vedette.alerts.message.Translations;
import io.vedette.jobs.rules.Rule;
import io.vedette.jobs.rules.RuleSet;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.series.SeriesSettings;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the shipped rules say when they fire, is recognised and said in Chinese: with the events of their own tests, filled by the rules themselves. */
class TranslatedRulesTest {
    private static final Path TESTS = Path.of("..", "rules", "default.test.yaml");

    @Test
    void whatEachShippedRuleSaysWhenItFiresIsTranslated() {
        Translations chinese = Translations.shipped(Language.CHINESE);
        Set<String> heard = new LinkedHashSet<>();
        for (RuleTest test : RuleTestFile.read(TESTS)) {
            InlineJobs jobs = new InlineJobs(test.rules(), test.derive());
            test.scenario().records(test.end()).forEach(jobs::read);
            for (AlertEvent event : jobs.events()) {
                assertThat(chinese.of(event))
                        .as("%s: %s", event.alertname(), event.summary())
                        .hasValueSatisfying(said -> assertThat(numbers(event.summary()))
                                .as(said.summary())
                                .containsAll(numbers(said.summary())));
                heard.add(event.alertname());
            }
        }

        List<String> shipped =
                RuleSet.load(List.of(RuleSet.builtIn()), SeriesSettings.DEFAULT_WINDOWS, Map.of()).rules().stream()
                        .map(Rule::id)
                        .toList();
        assertThat(heard).as("each rule has a test in which it fires").containsAll(shipped);
    }

    /** The numbers in a text; those of names, such as P95, and of the translation's own words aside. */
    private static Set<String> numbers(String text) {
        Set<String> numbers = new LinkedHashSet<>();
        java.util.regex.Matcher number = java.util.regex.Pattern.compile(
                        "(?<![\\w.])[0-9][0-9.,]*[0-9]|(?<![\\w.])[0-9]")
                .matcher(text);
        while (number.find()) {
            numbers.add(number.group());
        }
        return numbers;
    }
}
