package io.vedette.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code vedette record} as it is typed, against a server that answers as vLLM does. */
class RecordCommandIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final FakeVllm vllm = new FakeVllm();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    RecordCommandIT() throws IOException {}

    @AfterEach
    void stop() {
        vllm.close();
    }

    @Test
    void recordsWhatReplayReadsAndGoesOnWithIt() throws Exception {
        Path capture = folder.resolve("new").resolve("capture");

        assertThat(record("--target", vllm.url("/metrics"), "--out", capture, "--interval", "1s", "--for", "2s"))
                .as(err::toString)
                .isZero();
        List<String> first = scrapes(capture.resolve(vllm.name()));
        assertThat(out.toString().lines())
                .hasSize(3)
                .startsWith("recorded 1 target for 2s")
                .endsWith("replay it with:  ./vedette replay " + capture);
        assertThat(first).isNotEmpty().allMatch(name -> name.endsWith(".prom"));

        // Long enough for a tick, which is every five seconds, and a scrape after it.
        assertThat(record("--target", vllm.url("/metrics"), "--out", capture, "--interval", "1s", "--for", "7s"))
                .isZero();
        List<String> both = scrapes(capture.resolve(vllm.name()));
        assertThat(both).hasSizeGreaterThan(first.size()).startsWith(first.toArray(String[]::new));

        out.getBuffer().setLength(0);
        Path derived = folder.resolve("derived.csv");
        assertThat(run("replay", capture, "--derived", derived))
                .as(err::toString)
                .isZero();
        assertThat(out.toString())
                .startsWith("1 target (" + vllm.name() + "), ")
                .contains(both.size() + " scrapes, none failed");
        assertThat(Files.readString(derived)).contains("vedette_replica_requests_running,\"engine=\"\"0\"\",instance=");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void oneTargetThatIsNotThereHarmsNoOther() throws Exception {
        String nowhere = "http://127.0.0.1:1/metrics";

        assertThat(record(
                        "--target",
                        vllm.url("/metrics"),
                        "--target",
                        nowhere,
                        "--out",
                        folder,
                        "--interval",
                        "1s",
                        "--for",
                        "4s"))
                .isZero();

        assertThat(scrapes(folder.resolve(vllm.name()))).isNotEmpty();
        List<String> failed = scrapes(folder.resolve("127.0.0.1:1"));
        assertThat(failed).isNotEmpty().allMatch(name -> name.endsWith(".down"));
        assertThat(folder.resolve("127.0.0.1:1").resolve(failed.get(0)))
                .hasContent("refused port 1 of 127.0.0.1 refuses connections\n");
        assertThat(err.toString().lines())
                .containsExactly("127.0.0.1:1 cannot be scraped (refused): port 1 of 127.0.0.1 refuses connections");
        assertThat(out.toString())
                .contains("\n  127.0.0.1:1      " + failed.size() + " scrapes, " + failed.size() + " failed ("
                        + failed.size() + " refused), ");
    }

    @Test
    void labelsAndCredentialsComeFromTheFile() throws Exception {
        Path file = Files.writeString(folder.resolve("vedette.yaml"), """
                external_labels: {cluster: bj1}
                agent:
                  interval: 1s
                  timeout: 1s
                  targets:
                    - url: %s?token=s3cr3t
                      labels: {instance: gpu-7, model_name: glm-4.7-flash}
                      authorization: {credentials: s3cr3t}
                """.formatted(vllm.url("/metrics")));

        assertThat(record("-c", file, "--out", folder.resolve("c"), "--for", "1s"))
                .as(err::toString)
                .isZero();

        assertThat(Files.readString(folder.resolve("c").resolve("gpu-7").resolve("target.yaml")))
                .startsWith("url: \"" + vllm.url("/metrics") + "\"\n")
                .endsWith("""
                        labels:
                          cluster: "bj1"
                          model_name: "glm-4.7-flash"
                          role: "both"
                        """)
                .doesNotContain("s3cr3t");
    }

    @Test
    void aFolderThatIsTakenAwayEndsItInOneLine() throws Exception {
        Path capture = folder.resolve("capture");
        CompletableFuture<Integer> code = CompletableFuture.supplyAsync(
                () -> record("--target", vllm.url("/metrics"), "--out", capture, "--interval", "1s", "--for", "5m"));
        Path target = capture.resolve(vllm.name());
        await().atMost(SOON)
                .until(() -> Files.exists(target.resolve("target.yaml"))
                        && !scrapes(target).isEmpty());

        Files.move(target, folder.resolve("elsewhere"));

        await().atMost(SOON).until(code::isDone);
        assertThat(code.join()).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly("vedette: " + capture + " cannot be written: it is not there; what is recorded"
                        + " is whole, and the same command goes on with it");
        assertThat(out.toString()).contains("replay it with:  ./vedette replay " + capture);
    }

    @Test
    void aFileInThePlaceOfTheFolderIsSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertMistake(
                file + " cannot be written: a file is in the place of a folder; choose another folder with --out",
                "--target",
                vllm.url("/metrics"),
                "--out",
                file);
    }

    @Test
    void twoNeverRecordToOneFolder() throws IOException {
        try (FileChannel channel = FileChannel.open(
                        folder.resolve(".record.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            assertThat(held.isValid()).isTrue();
            assertMistake(
                    folder + " is being recorded to by another vedette; stop that one, or choose another folder with"
                            + " --out",
                    "--target",
                    vllm.url("/metrics"),
                    "--out",
                    folder);
        }
    }

    @Test
    void timesThatAreNoneAreSaid() {
        assertMistake(
                "--for: 'long' is no duration; write it as Prometheus does: 90s, 5m, 1h30m, 500ms",
                "--out",
                folder,
                "--for",
                "long");
        assertMistake("--interval: interval must be from 1s to 5m: 10ms", "--out", folder, "--interval", "10ms");
        assertMistake("--for must be longer than 0", "--out", folder, "--for", "0s");
    }

    private void assertMistake(String message, Object... arguments) {
        err.getBuffer().setLength(0);

        assertThat(record(arguments)).isEqualTo(2);

        assertThat(err.toString()).isEqualTo("vedette: " + message + System.lineSeparator());
    }

    private static List<String> scrapes(Path target) throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\d+\\.(prom|down)"))
                    .sorted()
                    .toList();
        }
    }

    private int record(Object... arguments) {
        return run(Stream.concat(Stream.of("record"), Stream.of(arguments)).toArray());
    }

    private int run(Object... arguments) {
        List<String> typed = Stream.of(arguments).map(Object::toString).toList();
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(typed.toArray(String[]::new));
    }
}
