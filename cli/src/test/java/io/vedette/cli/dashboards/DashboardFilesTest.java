package io.vedette.cli.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vedette.model.series.SeriesCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DashboardFilesTest {
    /** Set, the files are written anew: {@code mvn -pl cli -am test -Dtest=DashboardFilesTest -Dvedette.dashboards=write}. */
    private static final boolean WRITE = "write".equals(System.getProperty("vedette.dashboards"));

    private static final Pattern SERIES = Pattern.compile("vedette_[a-z0-9_]+");

    private static List<String> names() {
        return Dashboards.NAMES;
    }

    @ParameterizedTest
    @MethodSource("names")
    void theFilesAreWhatTheDescriptionsComeTo(String name) throws IOException {
        String made = Dashboards.text(Dashboards.write(name));
        Path file = Dashboards.file(name);
        if (WRITE) {
            Files.writeString(file, made);
        }
        assertThat(Files.readString(file))
                .as("%s is not what its description comes to; write it anew with -Dvedette.dashboards=write", file)
                .isEqualTo(made);
    }

    @ParameterizedTest
    @MethodSource("names")
    void expressionsReadSeriesThatAreDocumented(String name) throws IOException {
        String documented = Files.readString(Path.of("..", "docs", "series.md"));
        for (PanelQuery query : PanelQuery.of(Dashboards.write(name))) {
            Matcher series = SERIES.matcher(query.expression());
            while (series.find()) {
                String used = series.group();
                assertThat(SeriesCatalogue.find(used).isPresent()
                                || documented.contains('`' + used + '`')
                                || documented.contains('`' + used.replaceFirst("_bucket$", "") + '`'))
                        .as("%s of %s is in docs/series.md", used, query.place())
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void panelsHaveTitlesExplanationsAndPlacesOfTheirOwn(String name) {
        List<Integer> ids = new ArrayList<>();
        List<String> cells = new ArrayList<>();
        for (JsonNode panel : Dashboards.write(name).path("panels")) {
            assertThat(panel.path("title").asText()).isNotBlank();
            ids.add(panel.path("id").asInt());
            JsonNode place = panel.path("gridPos");
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    cells.add(
                            place.path("x").asInt() + x + "," + (place.path("y").asInt() + y));
                }
            }
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(24);
            if (!panel.path("type").asText().equals("row")) {
                assertThat(panel.path("description").asText())
                        .as("description of %s", panel.path("title"))
                        .hasSizeGreaterThan(20)
                        .endsWith(".");
                assertThat(panel.path("targets"))
                        .as("queries of %s", panel.path("title"))
                        .isNotEmpty();
            }
        }
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(cells).doesNotHaveDuplicates();
    }
}
