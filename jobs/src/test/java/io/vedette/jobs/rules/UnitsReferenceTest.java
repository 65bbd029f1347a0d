package io.vedette.jobs.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.jobs.rules.Vocabulary.Word;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the tables of units and ranges in docs/rules.md against the language. */
class UnitsReferenceTest {
    private static final Map<Range, String> RANGES = Map.of(Range.TO_ONE, "0 to 1", Range.FROM_ZERO, "0 and up");

    /** A word of the first table, or, with its statistic, a line of the second. */
    private record Row(String kind, String unit, String range) {}

    private static Stream<List<String>> table(String head) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "rules.md"));
        return page.substring(page.indexOf(head))
                .lines()
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList());
    }

    private static Stream<String> names(String cell) {
        return Pattern.compile("`([^`]+)`").matcher(cell).results().map(found -> found.group(1));
    }

    @Test
    void everyWordStandsThereWithItsUnitAndRange() throws IOException {
        Map<String, Row> words = new LinkedHashMap<>();
        table("| word | kind |").forEach(row -> names(row.get(0))
                .forEach(name -> words.put(name, new Row(row.get(1), row.get(2), row.get(3)))));
        Map<String, Row> statistics = new LinkedHashMap<>();
        table("| behind a | statistic |").forEach(row -> names(row.get(1))
                .forEach(name -> statistics.put(
                        row.get(0) + name.replaceFirst("\\(.*", ""), new Row(row.get(0), row.get(2), row.get(3)))));

        assertThat(Stream.concat(Vocabulary.WORDS.variables().stream(), Vocabulary.WORDS.functions().stream()))
                .isNotEmpty()
                .allSatisfy(word -> assertThat(row(word, words, statistics))
                        .as(word.name())
                        .isEqualTo(new Row("", word.measure().word(), RANGES.getOrDefault(word.range(), "?"))));
    }

    /** What the page says of a word, its kind left out. */
    private static Row row(Word word, Map<String, Row> words, Map<String, Row> statistics) {
        Row whole = words.get(word.name());
        if (whole != null) {
            return new Row("", whole.unit(), whole.range());
        }
        int point = word.name().lastIndexOf('.');
        Row of = Objects.requireNonNull(words.get(word.name().substring(0, point)), word.name());
        Row statistic =
                Objects.requireNonNull(statistics.get(of.kind() + word.name().substring(point)), word.name());
        return new Row(
                "",
                statistic.unit().startsWith("as the") ? of.unit() : statistic.unit(),
                statistic.range().startsWith("as the") ? of.range() : statistic.range());
    }
}
