package io.vedette.jobs.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.vedette.model.alert.Severity;
import io.vedette.model.entity.EntityKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Editors know the keys and words of rule files that the program knows, no more and no less. */
class RulesSchemaTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path DOCS = Path.of("..", "docs");
    private static final JsonNode SCHEMA = schema();

    private static JsonNode schema() {
        try {
            return MAPPER.readTree(Files.readString(DOCS.resolve("schema/rules.schema.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names(String pointer) {
        List<String> names = new ArrayList<>();
        SCHEMA.at(pointer).fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> words(String pointer) {
        List<String> words = new ArrayList<>();
        SCHEMA.at(pointer).forEach(word -> words.add(word.asText()));
        return words;
    }

    private static <E> List<String> words(E[] values, Function<E, String> word) {
        return Arrays.stream(values).map(word).toList();
    }

    private static List<String> mistakes(String yaml) {
        Object document = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SCHEMA.toString())
                .validate(MAPPER.valueToTree(document).toString(), InputFormat.JSON)
                .stream()
                .map(Object::toString)
                .toList();
    }

    @Test
    void theKeysAreThoseOfTheParser() {
        assertThat(names("/properties")).containsExactlyInAnyOrderElementsOf(RuleLoader.KEYS);
        assertThat(names("/$defs/rule/properties")).containsExactlyInAnyOrderElementsOf(RuleParser.KEYS);
        assertThat(names("/$defs/level/properties")).containsExactlyInAnyOrderElementsOf(RuleParser.LEVEL_KEYS);
    }

    @Test
    void theWordsAreThoseOfTheParser() {
        assertThat(words("/$defs/severity/enum")).isEqualTo(words(Severity.values(), Severity::word));
        assertThat(words("/$defs/kind/enum"))
                .isEqualTo(EntityKind.faces().stream().map(EntityKind::word).toList());
        assertThat(words("/$defs/profile/enum")).isEqualTo(words(Profile.values(), Profile::word));
        assertThat(words("/$defs/rule/properties/unit/enum")).isEqualTo(words(Measure.values(), Measure::word));
        assertThat(words("/$defs/state/enum"))
                .isEqualTo(Arrays.stream(EntityState.values())
                        .filter(EntityState::canBeJudged)
                        .map(EntityState::word)
                        .toList());
        assertThat(names("/$defs/baseline/properties")).isEqualTo(PromptClass.words());
    }

    @Test
    void theShippedRulesAndThoseInTheReferenceFit() throws IOException {
        assertThat(mistakes(Files.readString(Path.of("..", "rules", "default.yaml"))))
                .isEmpty();
        Pattern.compile("(?s)```yaml\n(.*?)```")
                .matcher(Files.readString(DOCS.resolve("rules.md")))
                .results()
                .forEach(block -> assertThat(mistakes(block.group(1))).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rules: [{id: Mine, scope: replica, severity: info, when: up == 0, summary: x}]",
                "rules: [{id: mine, scope: rack, severity: info, when: up == 0, summary: x}]",
                "rules: [{id: mine, scope: replica, severity: bad, when: up == 0, summary: x}]",
                "rules: [{id: mine, scope: replica, severity: info, whem: up == 0, summary: x}]",
                "rules: [{id: mine, scope: replica, severity: info, when: up == 0, summary: x, for: soon}]",
                "rules: [{id: mine, scope: replica, summary: x, when: up == 0, levels: [{severity: info, when: up == 0}]}]",
                "{}"
            })
    void whatTheParserRefusesDoesNotFit(String rules) {
        assertThat(mistakes(rules)).isNotEmpty();
    }
}
