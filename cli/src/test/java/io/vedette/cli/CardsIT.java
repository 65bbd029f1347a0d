package io.vedette.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a node with cards, by a driver's library that the C compiler makes, and on one without. */
class CardsIT {
    private static final Path DRIVER = Path.of("../ingest/src/test/resources/io/vedette/ingest/nvml/fake_nvml.c");
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String NO_DRIVER =
            "no cards are watched: there is no NVIDIA driver (libnvidia-ml.so.1 is not found)";
    private static final String CARDS = "watching cards: 2 x NVIDIA L4 (NVML, driver 580.95.05)";
    private static final List<String> OPENS = Stream.of(
                    "lang",
                    "lang.reflect",
                    "io",
                    "net",
                    "nio",
                    "text",
                    "time",
                    "util",
                    "util.concurrent",
                    "util.concurrent.atomic",
                    "util.concurrent.locks")
            .map(name -> "--add-opens=java.base/java." + name + "=ALL-UNNAMED")
            .toList();

    @TempDir
    private Path folder;

    private FakeVllm vllm;
    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        vllm = new FakeVllm();
        Path library = Files.createDirectory(folder.resolve("driver")).resolve("libnvidia-ml.so.1");
        Process compiler = new ProcessBuilder(
                        "cc",
                        "-shared",
                        "-fPIC",
                        "-Wl,-soname,libnvidia-ml.so.1",
                        "-o",
                        library.toString(),
                        DRIVER.toString())
                .inheritIO()
                .start();
        assertThat(compiler.waitFor()).isZero();
        Files.writeString(folder.resolve("cards.txt"), """
                driver 580.95.05
                cards 2
                0.uuid GPU-0
                0.name NVIDIA L4
                0.temp 61
                1.uuid GPU-1
                1.name NVIDIA L4
                1.temp 67
                """);
    }

    @AfterEach
    void stop() {
        processes.forEach(Process::destroyForcibly);
        vllm.close();
    }

    private Process run(boolean driver, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx400m");
        command.addAll(OPENS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.txt").toFile());
        builder.environment().clear();
        if (driver) {
            builder.environment()
                    .putAll(Map.of(
                            "LD_LIBRARY_PATH", folder.resolve("driver").toString(),
                            "FAKE_NVML", folder.resolve("cards.txt").toString()));
        }
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private String out() throws IOException {
        return Files.readString(folder.resolve("out.txt"), UTF_8);
    }

    private String configuration(int port) throws IOException {
        return Files.writeString(folder.resolve("vedette.yaml"), """
                agent: {interval: 1s, timeout: 1s, targets: [{url: "%s"}]}
                listen: {metrics: %d, kafka: 0}
                data: data
                """.formatted(vllm.url("/metrics"), port))
                .toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void upWatchesCardsWhereThereAreAny() throws Exception {
        int port = freePort();
        Process up = run(true, "up", "-c", configuration(port));

        await().atMost(LONG).until(() -> out().contains("series for Prometheus"));
        assertThat(out()).contains(CARDS);
        URI metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
        await().atMost(LONG).until(() -> HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                .body()
                .contains("\nvedette_agent_cards 2.0\n"));
        assertThat(up.isAlive()).isTrue();
    }

    @Test
    void upSaysInOneLineThatThereIsNoDriver() throws Exception {
        Process up = run(false, "up", "-c", configuration(freePort()));

        await().atMost(LONG).until(() -> out().contains("series for Prometheus"));
        assertThat(out().lines().filter(line -> line.contains("card") || line.contains("NVIDIA")))
                .containsExactly(NO_DRIVER);
        assertThat(up.isAlive()).isTrue();
    }

    @Test
    void cardsThatAreWantedInAnyCaseAreAMistakeWithoutADriver() throws Exception {
        Path file = folder.resolve("wanted.yaml");
        Files.writeString(file, "agent: {nvml: enabled}\n");

        Process record = run(
                false,
                "record",
                "-c",
                file.toString(),
                "--out",
                folder.resolve("record").toString());

        assertThat(record.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(record.exitValue()).isEqualTo(2);
        assertThat(out())
                .isEqualTo(
                        "vedette: agent.nvml is enabled, but there is no NVIDIA driver here: libnvidia-ml.so.1 is not"
                                + " found; install the driver (in a container: start it with --gpus all), or set agent.nvml:"
                                + " auto\n");
    }

    @Test
    void recordWritesCardsAsATargetOfTheirOwn() throws Exception {
        Path record = folder.resolve("record");
        Process recording = run(
                true, "record", "-c", configuration(0), "--out", record.toString(), "--for", "3s", "--interval", "1s");

        assertThat(recording.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(out()).contains(CARDS, "recorded 2 targets", "gpus@");
        Path cards;
        try (Stream<Path> folders = Files.list(record)) {
            cards = folders.filter(name -> name.getFileName().toString().startsWith("gpus@"))
                    .findFirst()
                    .orElseThrow();
        }
        assertThat(Files.readString(cards.resolve("target.yaml")))
                .startsWith("node: ")
                .doesNotContain("url:");
        try (Stream<Path> scrapes = Files.list(cards)) {
            Path first = scrapes.filter(name -> name.toString().endsWith(".prom"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
            assertThat(Files.readString(first)).contains("DCGM_FI_DEV_GPU_TEMP{gpu=\"1\",UUID=\"GPU-1\"");
        }
    }

    @Test
    void doctorSaysWhatIsReadAndWhatIsNot() throws Exception {
        Files.writeString(
                folder.resolve("cards.txt"),
                Files.readString(folder.resolve("cards.txt"))
                        + "fail.nvmlDeviceRegisterEvents 4\n1.fail.nvmlDeviceGetUUID 4\n0.processes 999999999:1024\n");
        Process doctor = run(true, "doctor", "-c", configuration(0));

        assertThat(doctor.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(out())
                .contains(
                        "ok       cards: watching cards: 1 x NVIDIA L4 (NVML, driver 580.95.05)",
                        "warning  cards: NVML tells no XIDs of some or all cards: nvmlDeviceRegisterEvents: there is no permission (NVML error 4)",
                        "warning  cards: NVML counts 2 cards, of which it does not let us read number 1",
                        "warning  cards: 1 process that holds cards is not visible, so nobody knows which target it serves");
    }

    @Test
    void doctorSaysWhatADriverThatRefusesCosts() throws Exception {
        Files.writeString(folder.resolve("cards.txt"), "fail.nvmlInit_v2 4\n");
        Process doctor = run(true, "doctor", "-c", configuration(0));

        assertThat(doctor.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(out())
                .contains("warning  cards: cards cannot be read: nvmlInit_v2: there is no permission (NVML error 4);"
                        + " Vedette must be able to open /dev/nvidiactl; vLLM is watched without them");
    }
}
