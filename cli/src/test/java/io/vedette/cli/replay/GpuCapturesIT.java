package io.vedette.cli.replay;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.cli.EntityName;
import io.vedette.model.alert.AlertEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes with one fault of their cards each, and what is near it; and real runs beside their cards. */
class GpuCapturesIT {
    private static final Path CAPTURES = Path.of("../captures");

    /** By their seconds, then by what they say: events of one tick come in no order. */
    private static final Comparator<String> BY_TIME = Comparator.comparingInt(
                    (String line) -> Integer.parseInt(line.substring(0, line.indexOf(' '))))
            .thenComparing(Comparator.naturalOrder());

    private static final List<String> BLIND = IntStream.range(0, 4)
            .mapToObj(gpu -> "630 s firing info coverage gpu " + gpu + " of blind")
            .toList();

    @TempDir
    Path folder;

    private ReplayResult replay(List<Path> captures) throws Exception {
        return Replay.run(
                new ReplaySettings(
                        captures, Optional.empty(), Optional.empty(), Optional.of(folder.resolve("alerts.jsonl")), 1),
                (done, all) -> {});
    }

    private static List<Path> folders(String of, Predicate<String> wanted) throws IOException {
        try (Stream<Path> listed = Files.list(CAPTURES.resolve(of))) {
            return listed.filter(Files::isDirectory)
                    .filter(path -> wanted.test(path.getFileName().toString()))
                    .sorted()
                    .toList();
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
        told.values().forEach(lines -> lines.sort(BY_TIME));
        return told;
    }

    /** Those that last 16 min, in one replay. */
    @Test
    void eachFaultOfACardIsToldAndWhatIsNearItIsNot() throws Exception {
        ReplayResult result = replay(folders("gpus", name -> !name.startsWith("fault")));

        assertThat(result.problems()).isEmpty();
        assertThat(told(result))
                .isEqualTo(Map.ofEntries(
                        entry("blind", BLIND),
                        entry(
                                "leak",
                                List.of(
                                        "545 s firing critical gpu-memory-high gpu 2 of leak",
                                        "900 s resolved critical gpu-memory-high gpu 2 of leak")),
                        entry(
                                "tight",
                                List.of(
                                        "600 s firing warning gpu-memory-absolute gpu 1 of tight",
                                        "900 s resolved warning gpu-memory-absolute gpu 1 of tight")),
                        entry(
                                "lopsided",
                                List.of(
                                        "645 s firing warning gpu-memory-imbalance lopsided",
                                        "910 s resolved warning gpu-memory-imbalance lopsided")),
                        entry(
                                "lagging",
                                List.of(
                                        "645 s firing warning gpu-utilization-imbalance lagging",
                                        "910 s resolved warning gpu-utilization-imbalance lagging")),
                        entry(
                                "throttled",
                                List.of(
                                        "370 s firing warning thermal-throttle gpu 0 of throttled",
                                        "705 s resolved warning thermal-throttle gpu 0 of throttled")),
                        entry(
                                "braked",
                                List.of(
                                        "365 s firing warning hw-slowdown gpu 0 of braked",
                                        "710 s resolved warning hw-slowdown gpu 0 of braked")),
                        entry(
                                "hot",
                                List.of(
                                        "420 s firing warning gpu-hot gpu 2 of hot",
                                        "660 s resolved warning gpu-hot gpu 2 of hot")),
                        entry(
                                "fallen",
                                List.of(
                                        "300 s firing critical gpu-xid gpu 3 of fallen",
                                        "330 s firing critical gpu-lost gpu 3 of fallen")),
                        entry(
                                "vanished",
                                List.of(
                                        "330 s firing critical gpu-lost gpu 3 of vanished",
                                        "660 s resolved critical gpu-lost gpu 3 of vanished")),
                        entry(
                                "xids",
                                List.of(
                                        "300 s firing critical gpu-xid gpu 1 of xids",
                                        "300 s firing info gpu-xid gpu 0 of xids",
                                        "300 s firing warning gpu-xid gpu 2 of xids"))));
    }

    @Test
    void aPageFaultIsToldWhenItComesAgain() throws Exception {
        assertThat(told(replay(folders("gpus", name -> name.startsWith("fault")))))
                .isEqualTo(Map.of("faults-again", List.of("2100 s firing warning gpu-xid gpu 2 of faults-again")));
    }

    @Test
    void realRunsRaiseNothing() throws Exception {
        ReplayResult result = replay(folders("vllm-runs", name -> true));

        assertThat(result.problems()).isEmpty();
        assertThat(told(result)).isEmpty();
    }
}
