package io.vedette.model.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.model.signal.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FrameDocumentTest {
    @Test
    void theDocumentListsTheSignalsWithTheirNumbers() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("..", "docs", "frames.md")).stream()
                .filter(line -> line.matches("\\| \\d.*"))
                .toList();
        assertThat(rows)
                .isEqualTo(Arrays.stream(Signal.values())
                        .map(FrameDocumentTest::row)
                        .toList());
    }

    private static String row(Signal signal) {
        return "| %d | `%s` | %s | %s |"
                .formatted(
                        signal.number(),
                        signal.signalName(),
                        signal.kind().name().toLowerCase(Locale.ROOT),
                        signal.unit().name().toLowerCase(Locale.ROOT));
    }
}
