package io.vedette.alerts.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.alerts.Events;
import io.vedette.model.alert.AlertEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What earlier versions noted of what channels had been told is read, so that nothing is told twice after an upgrade and what is open is still known. A
 * set is a file of entries, a line each: those of an alert that is open, and of one that is over. How a new one is written stands in CONTRIBUTING.md.
 */
class HeldDeliveriesTest {
    private static final Path FOLDER = Path.of("src/test/resources/io/vedette/alerts/delivery/held");
    private static final AlertEvent OPEN = Events.firing("open:8000", 0);
    private static final AlertEvent OVER = Events.resolved(Events.firing("over:8000", 30), 90);

    /** What the receiver knows the open alert's message by. */
    private static final Optional<String> RECEIPT = Optional.of("C0123456789/1770457660.000100");

    private static List<Path> sets() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("sets")
    void whatWasToldThenIsKnownNow(Path set) throws IOException {
        List<Told> told = new ArrayList<>();
        for (String line : Files.readAllLines(set)) {
            told.add(ToldJson.read(line.getBytes(UTF_8)));
        }

        assertThat(told).hasSize(2);
        assertThat(told.get(0).firing()).isTrue();
        assertThat(told.get(0).covers(OPEN)).isTrue();
        assertThat(told.get(0).covers(Events.resolved(OPEN, 60))).isFalse();
        assertThat(told.get(1).firing()).isFalse();
        assertThat(told.get(1).covers(OVER)).isTrue();
        // The first version did not keep the event itself.
        assertThat(told.get(0).open()).isEqualTo(set.endsWith("1.jsonl") ? Optional.empty() : Optional.of(OPEN));
        // Nor did the first two keep what receivers know messages by.
        boolean early = set.endsWith("1.jsonl") || set.endsWith("2.jsonl");
        assertThat(told.get(0).receipt()).isEqualTo(early ? Optional.empty() : RECEIPT);
        assertThat(told.get(1).receipt()).isEmpty();
    }

    @Test
    void aNewVersionWritesItsSetOnceWhenAsked() throws IOException {
        Integer number = Integer.getInteger("vedette.hold");
        if (number == null) {
            return;
        }
        Path set = FOLDER.resolve(number + ".jsonl");
        assertThat(set).as("it is held for good").doesNotExist();
        Files.write(
                set,
                List.of(
                        new String(ToldJson.write(Told.of(OPEN, RECEIPT)), UTF_8),
                        new String(ToldJson.write(Told.of(OVER)), UTF_8)));
    }
}
