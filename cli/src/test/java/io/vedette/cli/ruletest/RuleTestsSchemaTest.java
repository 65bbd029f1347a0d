package io.vedette.cli.ruletest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.vedette.jobs.rules.ModelTuning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Editors know the keys of tests that the program knows, no more and no less. */
class RuleTestsSchemaTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path DOCS = Path.of("..", "docs");
    private static final JsonNode SCHEMA = schema();

    private static JsonNode schema() {
        try {
            return MAPPER.readTree(Files.readString(DOCS.resolve("schema/rule-tests.schema.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names(String pointer) {
        List<String> names = new ArrayList<>();
        SCHEMA.at(pointer).fieldNames().forEachRemaining(names::add);
        return names;
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
    void theKeysAreThoseOfTheReader() {
        assertThat(names("/properties")).containsExactlyInAnyOrderElementsOf(RuleTestFile.FILE_KEYS);
        assertThat(names("/$defs/test/properties")).containsExactlyInAnyOrderElementsOf(RuleTestFile.TEST_KEYS);
        assertThat(names("/$defs/alert/oneOf/1/properties")).containsExactlyInAnyOrderElementsOf(ExpectedAlert.KEYS);
        assertThat(names("/$defs/model/properties")).containsExactlyInAnyOrderElementsOf(ModelTuning.KEYS);
        assertThat(names("/$defs/test/properties/labels/properties")).isEqualTo(SeriesSpec.ENTITY_LABELS);
    }

    @Test
    void theReferenceNamesEveryKey() throws IOException {
        String reference = Files.readString(DOCS.resolve("rules.md"));

        assertThat(RuleTestFile.FILE_KEYS)
                .allSatisfy(key -> assertThat(reference).contains("| `" + key + "` |"));
        assertThat(RuleTestFile.TEST_KEYS)
                .allSatisfy(key -> assertThat(reference).contains('`' + key + '`'));
        assertThat(ExpectedAlert.KEYS).allSatisfy(key -> assertThat(reference).contains('`' + key + '`'));
    }

    @Test
    void theShippedTestsAndThoseInTheReferenceFit() throws IOException {
        assertThat(mistakes(Files.readString(Path.of("..", "rules", "default.test.yaml"))))
                .isEmpty();
        Pattern.compile("(?s)```yaml test\n(.*?)```")
                .matcher(Files.readString(DOCS.resolve("rules.md")))
                .results()
                .forEach(block -> assertThat(mistakes(block.group(1))).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tests: [{name: x, series: {up: 1}}]",
                "tests: [{name: x, series: {up: 1}, expect: {}}]",
                "tests: [{name: x, series: {up: 1}, expect: {soon: none}}]",
                "tests: [{name: x, series: {up: 8 8y3}, expect: {1m: none}}]",
                "tests: [{name: x, series: {up: 1}, expect: {1m: {severity: info}}}]",
                "tests: [{name: x, seris: {up: 1}, series: {up: 1}, expect: {1m: none}}]"
            })
    void whatTheReaderRefusesDoesNotFit(String tests) {
        assertThat(mistakes(tests)).isNotEmpty();
    }
}
