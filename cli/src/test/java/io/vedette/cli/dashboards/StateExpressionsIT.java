package io.vedette.cli.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said at first sight of a fleet, for each state that it can be in, tried with promtool on written series. */
class StateExpressionsIT {
    private static final String ALIVE = "vedette_gateway_newest_frame_age_seconds 7";
    private static final String UP = "vedette_replica_up{instance=\"a:8000\",engine=\"0\",model_name=\"m\"} 1";
    private static final String NOTHING_FIRES = "{alertname=\"nothing fires\"} 0";
    private static final String SILENT = "{alertname=\"Vedette is silent: what stands here is old or missing\"} -2";

    @TempDir
    private Path folder;

    private static String alert(String name, String state, String severity) {
        return "vedette_alerts{alertname=\"" + name + "\",alertstate=\"" + state + "\",instance=\"a:8000\",severity=\""
                + severity + "\",model_name=\"m\"} 1";
    }

    private static String row(String name, String state, String severity, String value) {
        return alert(name, state, severity).replace("vedette_alerts", "").replaceFirst("1$", value);
    }

    private static List<Arguments> states() {
        return List.of(
                Arguments.of("all is well", List.of(ALIVE, UP), 0, List.of(NOTHING_FIRES)),
                Arguments.of("Vedette is dead", List.of(), -2, List.of(SILENT)),
                Arguments.of("Vedette hangs", List.of(ALIVE.replace("7", "300"), UP), -2, List.of(SILENT)),
                Arguments.of("no target is read", List.of(ALIVE), -1, List.of(NOTHING_FIRES)),
                Arguments.of(
                        "a notice",
                        List.of(ALIVE, UP, alert("c", "firing", "info")),
                        1,
                        List.of(row("c", "firing", "info", "1"))),
                Arguments.of(
                        "a warning and a notice",
                        List.of(ALIVE, UP, alert("c", "firing", "info"), alert("q", "firing", "warning")),
                        2,
                        List.of(row("c", "firing", "info", "1"), row("q", "firing", "warning", "2"))),
                Arguments.of(
                        "something critical, and no target is read",
                        List.of(ALIVE, alert("d", "firing", "critical"), alert("q", "firing", "warning")),
                        3,
                        List.of(row("d", "firing", "critical", "3"), row("q", "firing", "warning", "2"))),
                Arguments.of(
                        "something is about to fire",
                        List.of(ALIVE, UP, alert("d", "pending", "critical")),
                        0,
                        List.of(row("d", "pending", "critical", "0.5"))),
                Arguments.of(
                        "something critical while Vedette hangs",
                        List.of(ALIVE.replace("7", "300"), UP, alert("d", "firing", "critical")),
                        -2,
                        List.of(SILENT, row("d", "firing", "critical", "3"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("states")
    void theStateAndTheRowsAreRight(String what, List<String> series, int state, List<String> rows)
            throws IOException, InterruptedException {
        for (String dashboard : List.of("fleet", "model", "vedette")) {
            assertThat(promtool(test(
                            what,
                            series,
                            "'" + expression(dashboard, "State") + "'",
                            "            - {labels: '{}', value: " + state + '}')))
                    .as(dashboard)
                    .contains("SUCCESS");
        }
        assertThat(promtool(test(
                        what,
                        series,
                        "'" + expression("fleet", "What is wrong") + "'",
                        lines(rows, "            - {labels: '%s', value: %s}"))))
                .contains("SUCCESS");
    }

    private static String test(String what, List<String> series, String expression, String samples) {
        return """
                tests:
                  - name: %s
                    interval: 15s
                    input_series:
                %s
                    promql_expr_test:
                      - expr: %s
                        eval_time: 0
                        exp_samples:
                %s
                """.formatted(what, lines(series, "      - {series: '%s', values: '%s'}"), expression, samples);
    }

    private String promtool(String test) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("test.yaml"), test);
        Path output = folder.resolve("promtool.out");
        new ProcessBuilder("promtool", "test", "rules", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        return Files.readString(output);
    }

    private static String lines(List<String> samples, String form) {
        return samples.stream()
                .map(sample -> form.formatted(
                        sample.substring(0, sample.lastIndexOf(' ')), sample.substring(sample.lastIndexOf(' ') + 1)))
                .collect(Collectors.joining("\n"));
    }

    /** The first query of a panel, with everything chosen. */
    private static String expression(String dashboard, String panel) {
        for (JsonNode json : Dashboards.write(dashboard).path("panels")) {
            if (json.path("title").asText().equals(panel)) {
                return json.path("targets").path(0).path("expr").asText().replaceAll("\\$(model|instance|node)", ".*");
            }
        }
        throw new IllegalArgumentException(panel);
    }
}
