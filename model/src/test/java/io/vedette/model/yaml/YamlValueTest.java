package io.vedette.model.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlValueTest {
    private static final YamlValue FILE = parse("""
            agent:
              interval: 5s
              tries: 3
              share: 0.5
              on: true
              targets: [a, b]
              nothing:
            """);

    private static YamlValue parse(String text) {
        return YamlValue.parse("vedette.yaml", text).orElseThrow();
    }

    private static YamlValue at(String key) {
        YamlValue agent = Objects.requireNonNull(FILE.mapping().get("agent"));
        return Objects.requireNonNull(agent.mapping().get(key));
    }

    private static void assertMistake(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(ConfigurationException.class).hasMessage(message);
    }

    @Test
    void valuesAreRead() {
        assertThat(FILE.isMapping()).isTrue();
        assertThat(at("interval").duration()).isEqualTo(Duration.ofSeconds(5));
        assertThat(at("tries").integer(1, 3)).isEqualTo(3);
        assertThat(at("share").number()).isEqualTo(0.5);
        assertThat(at("on").bool()).isTrue();
        assertThat(at("targets").isSequence()).isTrue();
        assertThat(at("targets").strings()).containsExactly("a", "b");
        assertThat(at("nothing").string()).isEmpty();
        assertThat(at("interval").line()).isEqualTo(2);
        assertThat(at("interval").source()).isEqualTo("vedette.yaml");
    }

    @Test
    void aMistakeIsToldWithFileLineAndColumn() {
        assertMistake(
                () -> at("tries").duration(),
                "vedette.yaml:3:10: '3' is no duration; write it as Prometheus does: 90s, 5m, 1h30m, 500ms");
        assertMistake(() -> at("interval").number(), "vedette.yaml:2:13: '5s' is no number");
        assertMistake(() -> parse(".inf").number(), "vedette.yaml:1:1: '.inf' is no number");
        assertMistake(() -> parse("NaN").number(), "vedette.yaml:1:1: 'NaN' is no finite number");
        assertMistake(() -> at("tries").integer(4, 9), "vedette.yaml:3:10: '3' is no whole number from 4 to 9");
        assertMistake(() -> at("share").integer(0, 9), "vedette.yaml:4:10: '0.5' is no whole number from 0 to 9");
        assertMistake(() -> at("tries").bool(), "vedette.yaml:3:10: '3' is neither true nor false");
        assertMistake(
                () -> at("tries").mapping(), "vedette.yaml:3:10: a mapping (key: value) is expected here, not '3'");
        assertMistake(() -> at("tries").sequence(), "vedette.yaml:3:10: a list is expected here, not '3'");
        assertMistake(() -> at("targets").string(), "vedette.yaml:6:12: a single value is expected here, not a list");
        assertMistake(() -> FILE.string(), "vedette.yaml:1:1: a single value is expected here, not a mapping");
        assertThat(at("share").mistake("must be 1")).hasMessage("vedette.yaml:4:10: must be 1");
    }

    @Test
    void anUnknownKeyIsToldWithTheNearestRightOne() {
        YamlValue file = parse("interval: 5s\ntimout: 3s\n");
        assertMistake(
                () -> file.mapping(Set.of("interval", "timeout")),
                "vedette.yaml:2:1: unknown key 'timout'; did you mean 'timeout'?");
        assertMistake(
                () -> file.mapping(Set.of("timout", "x", "y")),
                "vedette.yaml:1:1: unknown key 'interval'; known: timout, x, y");
        assertThat(file.mapping(Set.of("interval", "timout"))).containsOnlyKeys("interval", "timout");
    }

    @Test
    void whatIsNoYamlIsToldWithItsPlace() {
        assertThatThrownBy(() -> parse("a: [1, 2\nb: 3\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("vedette.yaml:1:4: no valid YAML: ");
        assertMistake(() -> parse("a: 1\na: 2\n").mapping(), "vedette.yaml:2:1: 'a' stands here twice");
        for (String wrong : List.of("a: 1\n---\nb: 2\n", "*nowhere", "{", "\u0000", "a: &x [*x]\nb: \t- c")) {
            assertThatThrownBy(() -> parse(wrong))
                    .as(wrong)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageStartingWith("vedette.yaml");
        }
    }

    @Test
    void anEmptyFileIsEmptyAndATagBuildsNothing() {
        assertThat(YamlValue.parse("vedette.yaml", "")).isEmpty();
        assertThat(YamlValue.parse("vedette.yaml", "# nothing\n")).isEmpty();
        assertThat(parse("!!javax.script.ScriptEngineManager x").string()).isEqualTo("x");
    }

    @Test
    void aFileThatCannotBeReadIsNamed(@TempDir Path folder) throws IOException {
        Path missing = folder.resolve("missing.yaml");
        assertMistake(() -> YamlValue.read(missing), missing + ": there is no such file");
        Path file = Files.writeString(folder.resolve("there.yaml"), "a: 1");
        assertThat(YamlValue.read(file).orElseThrow().mapping()).containsOnlyKeys("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "key: one two wrong three",
                "key: 'it''s wrong'",
                "key: \"say \\\"no\\\" \\n \\u0041 wrong\"",
                "key: >-\n  one two\n  three wrong\n\n  four",
                "key: |\n  one\n    two wrong\n",
                "key: one\n  two\n  wrong",
                "key: &anchor !!str wrong",
                "{a: 1, key: [x, wrong]}",
                "# \ud83d\ude00\nkey: wrong"
            })
    void aMistakeInsideATextIsToldWithItsPlaceInTheFile(String text) {
        YamlValue value = Objects.requireNonNull(parse(text).mapping().get("key"));
        YamlValue scalar = value.isSequence() ? value.sequence().get(1) : value;
        String before = text.substring(0, text.indexOf("wrong"));
        long line = before.lines().count() + (before.endsWith("\n") ? 1 : 0);
        int column = before.length() - before.lastIndexOf('\n');

        assertThat(scalar.mistakeAt(scalar.string().indexOf("wrong"), "no"))
                .hasMessage("vedette.yaml:" + line + ":" + column + ": no");
    }

    @Test
    void aMistakeBehindTheLastCharacterIsToldThere() {
        YamlValue value = Objects.requireNonNull(
                parse("key: >-\n  one\n  two\n\n# end").mapping().get("key"));

        assertThat(value.mistakeAt(7, "no")).hasMessage("vedette.yaml:3:6: no");
    }

    @Test
    void aCarriageReturnAloneEndsALineToo() {
        YamlValue value = Objects.requireNonNull(
                parse("a: 1\rkey: >-\r  one\r\n  wrong\n").mapping().get("key"));

        assertThat(value.mistake("no")).hasMessage("vedette.yaml:2:6: no");
        assertThat(value.mistakeAt(value.string().indexOf("wrong"), "no")).hasMessage("vedette.yaml:4:3: no");
    }

    @Test
    void aHundredListsInsideEachOtherAreRead() {
        YamlValue value = parse("[".repeat(100) + "]".repeat(100));
        for (int depth = 1; depth < 100; depth++) {
            value = value.sequence().get(0);
        }
        assertThat(value.sequence()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{a: ", "[", "- ", "? "})
    void whatIsNestedTooDeeplyIsToldAsAMistake(String open) {
        assertThatThrownBy(() -> parse(open.repeat(50_000)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageMatching(
                        "vedette.yaml:1:\\d+: lists and mappings stand inside each other more than 100 deep");
    }

    @Test
    void aMistakeIsOneLineWhateverStandsInTheFile() {
        assertMistake(
                () -> Objects.requireNonNull(
                                parse("a: >-\n  one\n\n\n  two\n").mapping().get("a"))
                        .number(),
                "vedette.yaml:1:4: 'one two' is no number");
        assertMistake(() -> parse("\"\\e[1m\\0\\u200e\"").number(), "vedette.yaml:1:1: '?[1m??' is no number");
        assertThatThrownBy(() -> parse("x".repeat(100_000)).number())
                .hasMessageStartingWith("vedette.yaml:1:1: 'xxx")
                .hasMessageEndingWith("xxx…")
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).hasSizeLessThan(2_100));
    }

    @Test
    void aPathIsRelativeToItsFile() {
        YamlValue value = YamlValue.parse("/etc/vedette/vedette.yaml", "\"rules/\\0.yaml\"")
                .orElseThrow();

        assertMistake(
                value::path, "/etc/vedette/vedette.yaml:1:1: 'rules/?.yaml' is no path: Nul character not allowed");
        assertThat(YamlValue.parse("/etc/vedette/vedette.yaml", "rules/a.yaml")
                        .orElseThrow()
                        .path())
                .isEqualTo(Path.of("/etc/vedette/rules/a.yaml"));
    }

    @Test
    void aPathMakesNoDetourButThroughALink(@TempDir Path folder) throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("far/away"));
        Files.createDirectory(elsewhere.resolve("deep"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), elsewhere);

        assertThat(path(folder.resolve("a/vedette.yaml"), "../b/./mine.yaml")).isEqualTo(folder.resolve("b/mine.yaml"));
        assertThat(path(link.resolve("vedette.yaml"), "../mine.yaml")).isEqualTo(link.resolve("../mine.yaml"));
        assertThat(path(link.resolve("deep/vedette.yaml"), "../../mine.yaml"))
                .isEqualTo(link.resolve("deep/../../mine.yaml"));
        assertThat(path(Path.of("vedette.yaml"), "../mine.yaml")).isEqualTo(Path.of("../mine.yaml"));
        assertThat(path(Path.of("vedette.yaml"), ".")).isEqualTo(Path.of("."));
    }

    private static Path path(Path source, String written) {
        return YamlValue.parse(source.toString(), written).orElseThrow().path();
    }

    @Test
    void aFolderAndAFileThatIsNoTextAreNamedAsSuch(@TempDir Path folder) throws IOException {
        assertMistake(() -> YamlValue.read(folder), folder + ": is a folder, and a file is expected here");
        Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9});
        assertMistake(() -> YamlValue.read(latin), latin + ": is no text in UTF-8");
    }

    @Test
    void allUnknownKeysAreToldAndTheirValuesCountAsThoseOfTheNearest() {
        List<String> told = new ArrayList<>();

        var values = parse("{intervall: 5s, colour: red, tries: 3}")
                .mapping(Set.of("interval", "tries"), mistake -> told.add(mistake.problem()));

        assertThat(told)
                .containsExactly(
                        "unknown key 'intervall'; did you mean 'interval'?",
                        "unknown key 'colour'; known: interval, tries");
        assertThat(values).containsOnlyKeys("interval", "tries");
    }

    @Test
    void aTextThatEndsInsideOfACharacterOfTwoHalvesIsTold() {
        for (int length = 0; length < 2_100; length++) {
            String text = "a: \"" + " ".repeat(length) + "\uD83D\uDE00";
            assertThatThrownBy(() -> YamlValue.parse("mine.yaml", text)).isInstanceOf(ConfigurationException.class);
        }
    }
}
