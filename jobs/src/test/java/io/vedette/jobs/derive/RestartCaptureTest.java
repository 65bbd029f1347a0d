package io.vedette.jobs.derive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The operators on a real capture, against the rows that an independent computation has held (see the README beside them). */
class RestartCaptureTest {
    private static final Path GOLDEN = Path.of("../cli/src/test/resources/io/vedette/cli/replay/restart.csv.gz");

    @Test
    void rowsOfTheRestartCaptureAreThoseThatWereChecked() throws Exception {
        List<String> expected = golden();
        for (int parallelism : new int[] {1, 3}) {
            List<String> rows;
            try (DeriveHarness harness = new DeriveHarness(1, parallelism)) {
                for (Captures.Recorded scrape : Captures.of("restart")) {
                    harness.readAll(List.of(new SampleRecord(
                            scrape.target(), scrape.value(), scrape.timeMillis(), Captures.INTERVAL_MILLIS, 0, 0)));
                }
                rows = Captures.rows(harness.end().frames).lines().toList();
            }
            for (int i = 0; i < Math.min(rows.size(), expected.size()); i++) {
                assertThat(rows.get(i)).as("row %d", i).isEqualTo(expected.get(i));
            }
            assertThat(rows).hasSameSizeAs(expected);
        }
    }

    private static List<String> golden() throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(GOLDEN))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
