package io.vedette.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.model.alert.AlertEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recorded runs of a real vLLM through both job graphs on a real Flink. */
class ReplayIT {
    private static final Path CAPTURES = Path.of("../captures");

    @TempDir
    Path folder;

    private ReplayResult replay(String capture, int parallelism, String name) throws Exception {
        return Replay.run(
                new ReplaySettings(
                        List.of(CAPTURES.resolve(capture)),
                        Optional.empty(),
                        Optional.of(folder.resolve(name + ".csv")),
                        Optional.of(folder.resolve(name + ".jsonl")),
                        parallelism),
                (done, all) -> {});
    }

    private static List<String> told(ReplayResult result) {
        return result.events().stream()
                .map(event -> (event.updatedAt().toEpochMilli() - result.firstMillis()) / 1000 + " s "
                        + event.state().name().toLowerCase(Locale.ROOT) + ' '
                        + event.severity().word() + ' ' + event.alertname() + ' ' + where(event))
                .toList();
    }

    private static String where(AlertEvent event) {
        return event.entity().instance().isEmpty()
                ? "model " + event.entity().modelName()
                : event.entity().instance();
    }

    @Test
    void anOverloadIsToldByItsQueueAndThenByItsLatency() throws Exception {
        ReplayResult result = replay("overload", 1, "overload");

        assertThat(told(result))
                .containsExactly(
                        "364 s firing critical queue-blocked overload",
                        "429 s firing warning latency-p95-high overload",
                        "549 s firing warning ttft-high overload",
                        "604 s firing critical ttft-high overload",
                        "619 s resolved critical queue-blocked overload");
        assertThat(result.problems()).isEmpty();
        assertThat(result.scrapes()).isEqualTo(133);
    }

    @Test
    void anEngineThatStandsStillIsToldWithinSecondsOfItsLimit() throws Exception {
        assertThat(told(replay("freeze", 1, "freeze")))
                .containsExactly(
                        "242 s firing critical engine-stalled freeze",
                        "357 s resolved critical engine-stalled freeze",
                        "422 s firing critical queue-blocked freeze");
    }

    @Test
    void aServerThatIsKilledIsDownAfterAMinuteAndNothingElseIsTold() throws Exception {
        ReplayResult result = replay("restart", 1, "restart");

        assertThat(told(result))
                .containsExactly(
                        "242 s firing critical target-down restart", "357 s resolved critical target-down restart");
        assertThat(result.failedScrapes()).isEqualTo(24);
        assertThat(Files.readString(folder.resolve("restart.csv")))
                .as("held by check_derived.py before it was checked in, see the README beside it")
                .isEqualTo(golden("restart.csv.gz"));
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = ReplayIT.class.getResourceAsStream(name)) {
            return new String(new GZIPInputStream(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aFleetGivesTheSameBytesWhateverTheParallelism() throws Exception {
        replay("fleet", 1, "one");
        replay("fleet", 1, "again");
        replay("fleet", 4, "four");

        for (String kind : List.of(".csv", ".jsonl")) {
            assertThat(folder.resolve("again" + kind)).hasSameBinaryContentAs(folder.resolve("one" + kind));
            assertThat(folder.resolve("four" + kind)).hasSameBinaryContentAs(folder.resolve("one" + kind));
        }
    }

    @Test
    void eachOfAFleetIsToldAndTheirModelBesides() throws Exception {
        assertThat(told(replay("fleet", 1, "fleet")))
                .containsExactly(
                        "244 s firing critical engine-stalled leaves",
                        "244 s firing critical target-down restarts",
                        "359 s resolved critical target-down restarts",
                        "364 s firing critical queue-blocked busy",
                        "364 s firing warning queue-slow double",
                        "369 s firing warning queue-slow model tiny",
                        "369 s firing critical queue-blocked double",
                        "374 s firing warning overlong-context coarse",
                        "374 s firing critical queue-blocked model tiny",
                        "404 s firing warning preemption-thrash double",
                        "434 s firing warning latency-p95-high busy",
                        "449 s firing warning latency-p95-high model tiny",
                        "464 s firing warning latency-p95-high coarse",
                        "474 s firing warning latency-p95-high double",
                        "479 s firing warning queue-slow coarse",
                        "554 s firing warning ttft-high busy",
                        "554 s firing warning kv-pressure double",
                        "564 s firing warning ttft-high double",
                        "569 s firing warning ttft-high model tiny",
                        "584 s firing warning ttft-high coarse",
                        "604 s firing critical ttft-high busy",
                        "604 s resolved critical engine-stalled leaves",
                        "604 s firing critical ttft-high double",
                        "609 s firing critical ttft-high model tiny",
                        "619 s resolved critical queue-blocked busy",
                        "634 s resolved critical queue-blocked model tiny",
                        "664 s resolved warning kv-pressure double",
                        "664 s resolved critical ttft-high double",
                        "664 s resolved warning preemption-thrash double",
                        "664 s resolved warning latency-p95-high double",
                        "664 s resolved critical queue-blocked double",
                        "664 s resolved warning queue-slow coarse");
    }

    @Test
    void moreArchivesThanCanBeOpenAtOnceGiveTheSame() throws Exception {
        Path many = Files.createDirectory(folder.resolve("many"));
        for (char name = 'a'; name <= 'x'; name++) {
            Path one = Files.createDirectory(many.resolve(String.valueOf(name)));
            Files.copy(CAPTURES.resolve("fleet/leaves/scrapes.tar.xz"), one.resolve("scrapes.tar.xz"));
        }

        ReplayResult result = replay(many.toAbsolutePath().toString(), 1, "many");

        assertThat(result.problems()).isEmpty();
        assertThat(result.scrapes())
                .isEqualTo(24 * replay("fleet/leaves", 1, "leaves").scrapes());
        assertThat(Files.readAllLines(folder.resolve("many.csv")).stream()
                        .filter(row -> row.contains("instance=\"\"x\"\""))
                        .map(row -> row.replace("instance=\"\"x\"\"", "instance=\"\"leaves\"\"")))
                .containsExactlyElementsOf(Files.readAllLines(folder.resolve("leaves.csv")).stream()
                        .filter(row -> row.contains("instance=\"\"leaves\"\""))
                        .toList());
    }
}
