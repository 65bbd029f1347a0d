package io.vedette.model.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.model.entity.EntityKind;
import io.vedette.model.signal.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SeriesDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "series.md");

    @Test
    void theDocumentListsExactlyTheSeriesOfTheCatalogue() throws IOException {
        List<String> rows = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| `")
                        && line.chars().filter(c -> c == '|').count() == 8)
                .toList();
        Path right = Files.write(Path.of("target", "series-rows.md"), expected());
        assertThat(rows)
                .as("the rows of %s must be those of %s", DOCUMENT, right)
                .isEqualTo(expected());
    }

    /** One row for each name; replica and model share it where all but the kind is the same. */
    private static List<String> expected() {
        Map<String, List<String>> kinds = new LinkedHashMap<>();
        for (Series series : SeriesCatalogue.all()) {
            kinds.merge(
                    row(series),
                    List.of(series.kind().face().word()),
                    (some, more) -> List.of(some.get(0), more.get(0)));
        }
        return kinds.entrySet().stream()
                .map(row -> row.getKey().replace("KIND", String.join(", ", row.getValue())))
                .toList();
    }

    private static String row(Series series) {
        return "| `%s` | KIND | %s | %s | %s | %s | %s |"
                .formatted(
                        series.shortName(),
                        codes(series.labels()),
                        series.unit(),
                        series.meaning(),
                        codes(series.sources().stream().map(Signal::signalName).toList()),
                        series.absence());
    }

    private static String codes(List<String> words) {
        return words.isEmpty()
                ? "–"
                : words.stream().map(word -> '`' + word + '`').collect(Collectors.joining(", "));
    }

    @Test
    void theDocumentNamesThePrefixesOfAllKinds() throws IOException {
        String document = Files.readString(DOCUMENT);
        for (EntityKind kind : EntityKind.values()) {
            assertThat(document).contains('`' + Series.prefix(kind) + '`');
        }
    }
}
