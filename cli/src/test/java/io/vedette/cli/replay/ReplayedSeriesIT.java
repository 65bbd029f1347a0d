package io.vedette.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The series that replay writes: held against another computation, and with bad bodies beside good ones. */
class ReplayedSeriesIT {
    private static final Path CAPTURES = Path.of("../captures");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"\"((?:[^\"\\\\]|\\\\.)*)\"\"");
    private static final Pattern ROW = Pattern.compile("(\\d+),vedette_(replica|model)_(\\w+),\"(.*)\",(\\S+)");
    /** Growth is kept in fixed point, and gauges are taken at the tick. */
    private static final double RELATIVE = 0.005;

    private static final double ABSOLUTE = 1e-4;

    @TempDir
    private Path folder;

    @Test
    void holdsAgainstAnIndependentComputation() throws Exception {
        replay(CAPTURES.resolve("fleet"), 1, "fleet");

        holdAgainstExpected(folder.resolve("fleet.csv"));
    }

    @Test
    void setsBadBodiesAsideAndKeepsTheNeighbours() throws Exception {
        Path good = Files.createDirectories(folder.resolve("captures/good"));
        Path bad = Files.createDirectories(folder.resolve("captures/bad"));
        for (int i = 0; i < 12; i++) {
            long time = 1_790_000_000_000L + i * 5_000L;
            Files.writeString(good.resolve(time + ".prom"), body(i, ""));
            Files.writeString(bad.resolve(time + ".prom"), badBody(i));
        }
        Files.writeString(bad.resolve("1790000060000.down"), "somehow it failed");

        ReplayResult result = replay(folder.resolve("captures"), 1, "bad");

        assertThat(result.targets()).containsExactly("bad", "good");
        assertThat(result.failedScrapes()).isEqualTo(4);
        assertThat(result.problems())
                .contains(
                        "3 bodies are no metrics, and count as failed scrapes",
                        "1 lines of bodies could not be read, and were set aside");
        Map<String, Double> derived = derived(folder.resolve("bad.csv"));
        assertThat(derived).containsEntry("replica good/0 generation_tokens_per_second 1m  1790000055", 20.0);
        assertThat(derived).containsEntry("replica bad/0 up   1790000010", 0.0);
        assertThat(derived).containsEntry("replica bad/0 generation_tokens_per_second 1m  1790000055", 20.0);
    }

    private static String badBody(int i) {
        return switch (i) {
            case 1 -> "";
            case 2 -> "<html><body>502 Bad Gateway</body></html>";
            case 3 -> "{\"error\": \"not here\"}\n";
            case 5 -> body(i, "this is no line of metrics\n");
            case 6 -> body(i, "vllm:num_requests_waiting{engine=\"0\",model_name=\"m\"} NaN\n");
            default -> body(i, "");
        };
    }

    private static String body(int i, String more) {
        return """
                # TYPE vllm:generation_tokens_total counter
                vllm:generation_tokens_total{engine="0",model_name="m"} %d
                # TYPE vllm:num_requests_running gauge
                vllm:num_requests_running{engine="0",model_name="m"} 2
                """.formatted(i * 100) + more;
    }

    private ReplayResult replay(Path captures, int parallelism, String name) throws Exception {
        ReplaySettings settings = new ReplaySettings(
                List.of(captures),
                Optional.empty(),
                Optional.of(folder.resolve(name + ".csv")),
                Optional.of(folder.resolve(name + ".jsonl")),
                parallelism);
        return Replay.run(settings, (done, all) -> {});
    }

    /** The file holds what a plain computation in another language (linear interpolation between all scrapes) gives for each 24th tick. */
    private static void holdAgainstExpected(Path csv) throws IOException {
        Map<String, Double> found = derived(csv);
        int compared = 0;
        try (InputStream in =
                        Objects.requireNonNull(ReplayedSeriesIT.class.getResourceAsStream("fleet-expected.csv.gz"));
                BufferedReader expected =
                        new BufferedReader(new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))) {
            expected.readLine();
            for (String line = expected.readLine(); line != null; line = expected.readLine()) {
                String[] cells = line.split(",", -1);
                String key = String.join(" ", cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]);
                double lower = number(cells[6]);
                double upper = number(cells[7]);
                assertThat(found).as(line).containsKey(key);
                double value = found.getOrDefault(key, Double.NaN);
                if (lower == upper) {
                    assertThat(value).as(line).satisfiesAnyOf(v -> assertThat(v).isEqualTo(lower), v -> assertThat(v)
                            .isCloseTo(lower, within(Math.max(ABSOLUTE, RELATIVE * Math.max(lower, v)))));
                } else {
                    assertThat(value).as(line).isBetween(lower * (1 - RELATIVE), upper * (1 + RELATIVE));
                }
                compared++;
            }
        }
        assertThat(compared).isEqualTo(20_414);
    }

    /** Values by kind, entity, series, window, what tells them apart, and time. */
    private static Map<String, Double> derived(Path csv) throws IOException {
        Map<String, Double> values = new HashMap<>();
        try (BufferedReader rows = Files.newBufferedReader(csv)) {
            assertThat(rows.readLine()).isEqualTo("time,name,labels,value");
            for (String row = rows.readLine(); row != null; row = rows.readLine()) {
                Matcher cells = ROW.matcher(row);
                assertThat(cells.matches()).as(row).isTrue();
                Map<String, String> labels = new HashMap<>();
                for (Matcher label = LABEL.matcher(cells.group(4)); label.find(); ) {
                    labels.put(label.group(1), label.group(2));
                }
                String entity = cells.group(2).equals("replica")
                        ? labels.get("instance") + '/' + labels.get("engine")
                        : labels.get("model_name");
                String which = Optional.ofNullable(labels.get("quantile"))
                        .or(() -> Optional.ofNullable(labels.get("reason")))
                        .or(() -> Optional.ofNullable(labels.get("source")))
                        .orElse("");
                String key = String.join(
                        " ",
                        cells.group(2),
                        entity,
                        cells.group(3),
                        labels.getOrDefault("window", ""),
                        which,
                        cells.group(1));
                assertThat(values.put(key, number(cells.group(5)))).as(row).isNull();
            }
        }
        return values;
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf", "inf" -> Double.POSITIVE_INFINITY;
            case "-Inf", "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
