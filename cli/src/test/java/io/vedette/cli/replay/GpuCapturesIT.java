package io.vedette.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.cli.EntityName;
import io.vedette.model.alert.AlertEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes with one fault of their cards each, and what is near it; and real runs beside their cards. */
class GpuCapturesIT {
    private static final Path CAPTURES = Path.of("../captures");

    @TempDir
    Path folder;

    private ReplayResult replay(List<Path> captures) throws Exception {
        return Replay.run(
                new ReplaySettings(
                        captures,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(folder.resolve("alerts.jsonl")),
                        1),
                (done, all) -> {});
    }

    private static List<Path> folders(String of) throws Exception {
        try (Stream<Path> listed = Files.list(CAPTURES.resolve(of))) {
            return listed.filter(Files::isDirectory).sorted().toList();
        }
    }

    /** What was told of each node, a line an event. */
    private static Map<String, List<String>> told(ReplayResult result) {
        Map<String, List<String>> told = new TreeMap<>();
        for (AlertEvent event : result.events()) {
            String node = event.entity().node();
            told.computeIfAbsent(node.isEmpty() ? event.entity().modelName() : node, n -> new ArrayList<>())
                    .add((event.updatedAt().toEpochMilli() - result.firstMillis()) / 1000 + " s "
                            + event.state().name().toLowerCase(Locale.ROOT) + ' '
                            + event.severity().word() + ' ' + event.alertname() + ' ' + EntityName.of(event.entity()));
        }
        return told;
    }

    @Test
    void eachFaultOfACardIsToldAndWhatIsNearItIsNot() throws Exception {
        ReplayResult result = replay(folders("gpus"));

        assertThat(result.problems()).isEmpty();
        Map<String, List<String>> told = told(result);
        assertThat(told).isEqualTo(Map.of());
    }

    @Test
    void realRunsRaiseNothingOfTheirCards() throws Exception {
        ReplayResult result = replay(folders("vllm-runs"));

        assertThat(result.problems()).isEmpty();
        assertThat(told(result)).isEqualTo(Map.of());
    }
}
