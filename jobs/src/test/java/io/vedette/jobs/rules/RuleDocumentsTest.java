package io.vedette.jobs.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.model.series.SeriesCatalogue;
import io.vedette.model.series.SeriesSettings;
import io.vedette.model.yaml.YamlValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/rules.md and docs/runbook.md against what there is. */
class RuleDocumentsTest {
    private static String document(String name) throws IOException {
        return Files.readString(Path.of("..", "docs", name));
    }

    private static List<String> blocks(String document, String language) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(document);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static RuleSet load(YamlValue rules) {
        return RuleSet.load(List.of(rules), SeriesSettings.DEFAULT_WINDOWS, Map.of());
    }

    @Test
    void theRulesInTheReferenceLoad() throws IOException {
        assertThat(blocks(document("rules.md"), "yaml")).hasSizeGreaterThan(2).allSatisfy(text -> assertThat(
                        load(YamlValue.parse("docs/rules.md", text).orElseThrow())
                                .rules())
                .hasSize(1));
    }

    @Test
    void theConditionsInTheReferenceAreConditions() throws IOException {
        List<String> conditions = blocks(document("rules.md"), "cel").stream()
                .flatMap(String::lines)
                .toList();

        assertThat(conditions)
                .hasSizeGreaterThan(25)
                .allSatisfy(condition ->
                        Language.truth(condition, FrameBuilder.serving().at(0)));
    }

    @Test
    void theReferenceNamesEveryWordKeyAndState() throws IOException {
        String reference = document("rules.md");

        assertThat(Vocabulary.WORDS.examples().keySet()).allSatisfy(name -> assertThat(reference)
                .contains(name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name));
        assertThat(Vocabulary.WORDS.examples().keySet().stream()
                        .filter(name -> name.contains("."))
                        .map(name -> name.substring(name.lastIndexOf('.')))
                        .distinct())
                .allSatisfy(statistic -> assertThat(reference).contains(statistic));
        assertThat(RuleParser.KEYS).allSatisfy(key -> assertThat(reference).contains('`' + key + '`'));
        assertThat(Operators.functionNames())
                .allSatisfy(function -> assertThat(reference).contains('`' + function + '('));
        assertThat(EntityState.values())
                .allSatisfy(state -> assertThat(reference).contains("| " + state.word() + " |"));
    }

    @Test
    void theRunbookHasAnEntryForEachRuleThatSaysWhatToDo() throws IOException {
        List<String> entries = Pattern.compile("(?m)^## ")
                .splitAsStream(document("runbook.md"))
                .skip(1)
                .toList();

        assertThat(entries)
                .extracting(entry -> entry.lines().findFirst().orElseThrow())
                .isEqualTo(Stream.concat(
                                load(RuleSet.builtIn()).rules().stream().map(Rule::id), Stream.of("threshold-misfit"))
                        .toList());
        assertThat(entries).allSatisfy(entry -> assertThat(entry)
                .contains("**Meaning.**", "**Confirm.**", "**Do.**", "**False alarm when**"));
    }

    @Test
    void theRunbookNamesNoSeriesThatVedetteDoesNotHave() throws IOException {
        Matcher series = Pattern.compile("vedette_(?:replica|model)_\\w+").matcher(document("runbook.md"));

        assertThat(series.results().map(found -> found.group()).distinct())
                .isNotEmpty()
                .allSatisfy(
                        name -> assertThat(SeriesCatalogue.find(name)).as(name).isPresent());
    }
}
