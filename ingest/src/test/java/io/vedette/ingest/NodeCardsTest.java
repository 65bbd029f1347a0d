package io.vedette.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real binding against a driver's library that the C compiler makes, in a process that native code could end: each test sees that it does not. */
class NodeCardsTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final List<Integer> CODES = List.of(
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 25, 27, 28, 999, 4711);

    @TempDir
    private static Path libraries;

    @TempDir
    private Path folder;

    private static FakeDriver driver;
    private final List<CardsProcess> processes = new ArrayList<>();

    @BeforeAll
    static void compile() throws Exception {
        driver = FakeDriver.build(libraries);
    }

    @BeforeEach
    void forget() throws IOException {
        driver.clear();
    }

    private CardsProcess start(FakeDriver with) throws IOException {
        return start(with.environment());
    }

    private CardsProcess start(Map<String, String> environment) throws IOException {
        CardsProcess process =
                CardsProcess.start(environment, folder.resolve("kmsg"), List.of("-Djava.io.tmpdir=" + folder));
        processes.add(process);
        return process;
    }

    @AfterEach
    void noProcessWasEndedByNativeCode() throws Exception {
        for (CardsProcess process : processes) {
            assertThat(process.end()).isZero();
            process.close();
        }
        assertThat(folder).isEmptyDirectory();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = NodeCardsTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
        }
    }

    private static long lines(String exposition, String start) {
        return exposition.lines().filter(line -> line.startsWith(start)).count();
    }

    private static String line(String exposition, String pattern) {
        return exposition
                .lines()
                .filter(Pattern.compile(pattern).asPredicate())
                .findFirst()
                .orElse("no line like " + pattern + " in\n" + exposition);
    }

    @Test
    void readsAllThatACardTells() throws Exception {
        driver.cards(1).set("0.processes", "999999991:1073741824,999999992:-").set("0.graphics", "999999991:5");
        CardsProcess cards = start(driver);

        assertThat(cards.scrape(LONG)).isEqualTo(resource("nvml/one-card.txt"));
        assertThat(cards.ask("look"))
                .isEqualTo("watched: watching cards: 1 x NVIDIA H100 80GB HBM3 (NVML, driver 580.95.05)\n");
        assertThat(cards.ask("maps").lines())
                .as("nothing of CUDA is loaded, and nothing unpacked stays")
                .hasSize(3)
                .allMatch(map -> map.contains("libnvidia-ml.so.1") || map.endsWith("(deleted)"));
    }

    @Test
    void readsAsManyCardsAsThereAre() throws Exception {
        CardsProcess cards = start(driver);
        for (int count : new int[] {1, 2, 8, 16}) {
            driver.cards(count);

            String exposition = cards.scrape(LONG);

            assertThat(lines(exposition, "DCGM_FI_DEV_GPU_UTIL{")).isEqualTo(count);
            assertThat(exposition)
                    .contains("vedette_gpus_expected " + count + "\n", "UUID=\"" + FakeDriver.uuid(count - 1) + '"');
        }
    }

    @Test
    void leavesOutWhatACardDoesNotHave() throws Exception {
        driver.cards(2);
        for (String missing : List.of("gpu_util", "power", "reasons", "ecc_corrected", "rows_corrected", "field.38")) {
            driver.unset("1." + missing);
        }

        String exposition = start(driver).scrape(LONG);

        for (String metric : List.of(
                "GPU_UTIL",
                "POWER_USAGE",
                "CLOCKS_EVENT_REASONS",
                "ECC_SBE_VOL_TOTAL",
                "CORRECTABLE_REMAPPED_ROWS",
                "NVLINK_CRC_FLIT_ERROR_COUNT_TOTAL")) {
            assertThat(lines(exposition, "DCGM_FI_DEV_" + metric + '{'))
                    .as(metric)
                    .isOne();
        }
        assertThat(lines(exposition, "DCGM_FI_DEV_GPU_TEMP{")).isEqualTo(2);
    }

    @Test
    void readsAnOldDriverThatLacksHalfOfTheFunctions(@TempDir Path old) throws Exception {
        FakeDriver without = FakeDriver.build(old, "OLD")
                .cards(1)
                .set("0.processes", "999999991:4096")
                .set("xid.1", "0:31");

        assertThat(start(without).scrape(LONG)).isEqualTo(resource("nvml/old-driver.txt"));
    }

    @Test
    void saysThatADriverIsTooOld(@TempDir Path ancient) throws Exception {
        FakeDriver without = FakeDriver.build(ancient, "OLD", "ANCIENT").cards(1);

        assertThat(start(without).scrape(LONG))
                .isEqualTo("FAILED broken: the driver is too old: its NVML has no nvmlInit_v2\n");
    }

    @Test
    void saysThatTheLinkerRefusesALibraryThatLacksFunctions() throws Exception {
        Map<String, String> environment = new HashMap<>(driver.cards(1).environment());
        environment.put("LD_BIND_NOW", "1");

        assertThat(start(environment).scrape(LONG))
                .startsWith("FAILED broken: NVML cannot be used: ")
                .contains("undefined symbol: nvml");
    }

    @Test
    void survivesEveryCodeFromEveryFunction() throws Exception {
        driver.cards(2).set("0.mig", "1").set("0.mig.0.uuid", "MIG-1");
        CardsProcess cards = start(driver);
        for (int code : CODES) {
            driver.set("fail.*", Integer.toString(code));
            assertThat(cards.scrape(LONG)).as("code " + code).startsWith("FAILED ");
            driver.unset("fail.*").set("1.fail.*", Integer.toString(code));
            assertThat(lines(cards.scrape(LONG), "DCGM_FI_DEV_GPU_TEMP{"))
                    .as("the other card at code " + code)
                    .isBetween(1L, 2L);
            driver.unset("1.fail.*");
        }

        cards.ask("advance 601");
        assertThat(lines(cards.scrape(LONG), "DCGM_FI_DEV_GPU_TEMP{")).isEqualTo(2);
    }

    @Test
    void saysWhyTheDriverRefuses() throws Exception {
        CardsProcess cards = start(driver.cards(1));
        Map<String, String> said = Map.of(
                "9",
                "FAILED refused: nvmlInit_v2: the driver is not loaded (NVML error 9)",
                "4",
                "FAILED broken: nvmlInit_v2: there is no permission (NVML error 4); Vedette must be able to open"
                        + " /dev/nvidiactl",
                "18",
                "FAILED broken: nvmlInit_v2: the library and the loaded driver differ in version (NVML error 18);"
                        + " the driver was updated: restart Vedette, or reboot if nvidia-smi says the same",
                "999",
                "FAILED broken: nvmlInit_v2: an unknown error (NVML error 999)");
        for (Map.Entry<String, String> one : said.entrySet()) {
            driver.set("fail.nvmlInit_v2", one.getKey());
            assertThat(cards.scrape(LONG)).isEqualTo(one.getValue() + '\n');
        }

        driver.unset("fail.nvmlInit_v2");
        assertThat(cards.scrape(LONG)).startsWith("# HELP ");
    }

    @Test
    void tellsACardThatVanishesAndOneThatComesBack() throws Exception {
        CardsProcess cards = start(driver.cards(3));
        assertThat(line(cards.scrape(LONG), "vedette_gpu_lost.*gpu=\"1\"")).endsWith(" 0");

        driver.set("1.lost", "1");
        String without = cards.scrape(LONG);

        assertThat(line(without, "vedette_gpu_lost.*gpu=\"1\""))
                .isEqualTo(
                        "vedette_gpu_lost{gpu=\"1\",UUID=\"" + FakeDriver.uuid(1)
                                + "\",pci_bus_id=\"00000000:02:00.0\",device=\"nvidia1\",modelName=\"NVIDIA H100 80GB HBM3\",Hostname=\"gpu-7\"} 1");
        assertThat(lines(without, "DCGM_FI_DEV_GPU_TEMP{")).isEqualTo(2);
        assertThat(without).contains("vedette_gpus_expected 3\n");

        driver.unset("1.lost");
        assertThat(line(cards.scrape(LONG), "vedette_gpu_lost.*gpu=\"1\""))
                .as("too early to look")
                .endsWith(" 1");
        cards.ask("advance 601");
        assertThat(line(cards.scrape(LONG), "vedette_gpu_lost.*gpu=\"1\"")).endsWith(" 0");

        driver.set("cards", "2");
        String fewer = cards.scrape(LONG);
        assertThat(line(fewer, "vedette_gpu_lost.*gpu=\"2\"")).endsWith(" 1");
        assertThat(fewer).contains("vedette_gpus_expected 3\n");
    }

    @Test
    void aCardThatMayNotBeReadIsNotLost() throws Exception {
        CardsProcess cards = start(driver.cards(2));
        cards.scrape(LONG);

        driver.set("1.fail.*", "4");
        String some = cards.scrape(LONG);
        cards.ask("advance 601");
        String later = cards.scrape(LONG);

        assertThat(some + later).doesNotContainPattern("vedette_gpu_lost.* 1\n");
        assertThat(lines(later, "DCGM_FI_DEV_GPU_TEMP{")).isOne();
    }

    @Test
    void readsMigInstancesAndTheirChanges() throws Exception {
        driver.cards(1).set("0.mig", "7").unset("0.gpu_util");
        for (int place : new int[] {0, 3}) {
            String instance = "0.mig." + place + '.';
            driver.set(instance + "uuid", "MIG-" + place)
                    .set(instance + "name", "NVIDIA H100 80GB HBM3 MIG 3g.40gb")
                    .set(instance + "instance", Integer.toString(place + 1))
                    .set(instance + "total", "42949672960")
                    .set(instance + "used", "1073741824")
                    .set(instance + "free", "41875931136")
                    .set(instance + "reserved", "0")
                    .set(instance + "processes", "99999999" + place + ":1048576");
        }
        CardsProcess cards = start(driver);

        String two = cards.scrape(LONG);
        assertThat(two.lines().filter(line -> line.startsWith("DCGM_FI_DEV_FB_USED{")))
                .containsExactly(
                        "DCGM_FI_DEV_FB_USED{gpu=\"0\",UUID=\"GPU-00000000-0000-0000-0000-000000000000\",pci_bus_id=\"00000000:01:00.0\",device=\"nvidia0\",modelName=\"NVIDIA H100 80GB HBM3\",Hostname=\"gpu-7\"} 73728",
                        "DCGM_FI_DEV_FB_USED{gpu=\"0\",UUID=\"MIG-0\",pci_bus_id=\"00000000:01:00.0\",device=\"nvidia0\",modelName=\"NVIDIA H100 80GB HBM3\",GPU_I_ID=\"1\",GPU_I_PROFILE=\"3g.40gb\",parent_uuid=\"GPU-00000000-0000-0000-0000-000000000000\",Hostname=\"gpu-7\"} 1024",
                        "DCGM_FI_DEV_FB_USED{gpu=\"0\",UUID=\"MIG-3\",pci_bus_id=\"00000000:01:00.0\",device=\"nvidia0\",modelName=\"NVIDIA H100 80GB HBM3\",GPU_I_ID=\"4\",GPU_I_PROFILE=\"3g.40gb\",parent_uuid=\"GPU-00000000-0000-0000-0000-000000000000\",Hostname=\"gpu-7\"} 1024");
        assertThat(line(two, "process_memory.*MIG-3"))
                .contains("pid=\"999999993\"")
                .endsWith(" 1048576");

        driver.unset("0.mig.3.uuid");
        String one = cards.scrape(LONG);

        assertThat(one).doesNotContain("MIG-3");
        assertThat(one)
                .as("a change of its instances is no loss of the card")
                .doesNotContainPattern("vedette_gpu_lost.* 1\n");
    }

    @Test
    void givesUpACallThatHangsAndTriesAgainLater() throws Exception {
        CardsProcess cards = start(driver.cards(2));
        assertThat(cards.scrape(LONG)).startsWith("# HELP ");

        driver.set("1.hang.nvmlDeviceGetUtilizationRates", "1");
        await().atMost(LONG).until(() -> cards.scrape(SHORT)
                .startsWith("FAILED timeout: nvmlDeviceGetUtilizationRates has not come back for "));
        assertThat(cards.ask("threads")).isEqualTo("1\n");
        assertThat(cards.scrape(SHORT))
                .matches(
                        "FAILED timeout: nvmlDeviceGetUtilizationRates has not come back; it is tried again in \\d+s\n");

        driver.unset("1.hang.nvmlDeviceGetUtilizationRates");
        await().atMost(LONG).until(() -> cards.ask("threads").equals("0\n"));
        assertThat(lines(cards.scrape(LONG), "DCGM_FI_DEV_GPU_TEMP{")).isEqualTo(2);
    }

    @Test
    void leavesADriverAloneThatHangsAgainAndAgain() throws Exception {
        CardsProcess cards = start(driver.cards(1).set("hang.nvmlInit_v2", "1"));
        for (int thread = 1; thread <= 4; thread++) {
            await().atMost(LONG)
                    .until(() -> cards.scrape(SHORT).startsWith("FAILED timeout: nvmlInit_v2 has not come back for "));
            cards.ask("advance 1000");
        }

        assertThat(cards.scrape(SHORT))
                .isEqualTo("FAILED timeout: nvmlInit_v2 has not come back, as have 4 threads altogether; it is tried"
                        + " again when one of them comes back\n");
        assertThat(cards.ask("threads")).isEqualTo("4\n");

        driver.unset("hang.nvmlInit_v2");
        await().atMost(LONG).until(() -> cards.ask("threads").equals("0\n"));
        assertThat(cards.scrape(LONG)).startsWith("# HELP ");
    }

    @Test
    void countsEachXidOnceWhoeverTellsIt() throws Exception {
        Path log = folder.resolve("kmsg");
        assertThat(new ProcessBuilder("mkfifo", log.toString()).start().waitFor())
                .isZero();
        try (RandomAccessFile kernel = new RandomAccessFile(log.toFile(), "rw")) {
            CardsProcess cards = start(driver.cards(2));
            assertThat(cards.scrape(LONG)).doesNotContain("xid=");

            driver.set("xid.1", "1:79").set("xid.2", "1:79").set("xid.3", "0:48");
            kernel.write(record(
                    "NVRM: Xid (PCI:0000:02:00): 79, pid='<unknown>', name=<unknown>, GPU has fallen off the bus."));
            kernel.write(
                    record(
                            "NVRM: Xid (PCI:0000:01:00): 63, pid=1234, name=python3, Row Remapper: New row marked for remapping"));
            kernel.write(record("NVRM: Xid (PCI:0000:7f:00): 13, a card that is not ours"));
            await().atMost(LONG).until(() -> cards.scrape(LONG).contains("xid=\"63\""));

            assertThat(cards.scrape(LONG)
                            .lines()
                            .filter(line -> line.startsWith("vedette_gpu_xid_events_total{") && line.contains("xid="))
                            .map(line -> line.replaceAll("\\{gpu=\"(\\d)\".*xid=\"(\\d+)\"} ", " $1 $2 ")))
                    .containsExactly(
                            "vedette_gpu_xid_events_total 0 48 1",
                            "vedette_gpu_xid_events_total 0 63 1",
                            "vedette_gpu_xid_events_total 1 79 2");
        } finally {
            Files.delete(log);
        }
    }

    private static byte[] record(String message) {
        return ("4,1234,99999999999999,-;" + message + "\n SUBSYSTEM=pci\n").getBytes(UTF_8);
    }

    @Test
    void saysOnceThatThereIsNoDriverAndTouchesNothing() throws Exception {
        CardsProcess cards = start(Map.of("PATH", folder.toString()));

        assertThat(cards.ask("look"))
                .isEqualTo(
                        "not watched: no cards are watched: there is no NVIDIA driver (libnvidia-ml.so.1 is not found)\n");
        assertThat(cards.ask("maps")).isEmpty();
    }

    @Test
    void aDriverWithoutCardsIsNotWatched() throws Exception {
        assertThat(start(driver.set("cards", "0")).ask("look"))
                .isEqualTo("not watched: no cards are watched: the NVIDIA driver has none\n");
    }

    @Test
    void readsNvidiaSmiWhereTheLibraryCannotBeLoaded(@TempDir Path broken) throws Exception {
        Files.writeString(broken.resolve("libnvidia-ml.so.1"), "no library");
        Files.writeString(broken.resolve("smi.xml"), resource("cards/nvidia-smi.xml"));
        Files.writeString(broken.resolve("list.txt"), resource("cards/nvidia-smi-L.txt"));
        Path program = broken.resolve("nvidia-smi");
        Files.writeString(
                program,
                "#!/bin/sh\ncd " + broken + "\n[ \"$1\" = -L ] && exec /bin/cat list.txt\nexec /bin/cat smi.xml\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Map<String, String> environment = new HashMap<>(driver.environment());
        environment.put("LD_LIBRARY_PATH", broken.toString());
        environment.put("PATH", broken.toString());

        CardsProcess cards = start(environment);

        assertThat(cards.scrape(LONG)).isEqualTo(resource("cards/nvidia-smi.txt"));
        assertThat(cards.ask("look"))
                .isEqualTo("watched: watching cards: 2 x NVIDIA A100-SXM4-40GB (nvidia-smi, driver 535.183.01)\n");

        Files.writeString(
                program,
                "#!/bin/sh\necho 'NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver.'\nexit 9\n");
        assertThat(cards.scrape(LONG))
                .isEqualTo(
                        "FAILED refused: nvidia-smi ended with 9 and said: NVIDIA-SMI has failed because it could not"
                                + " communicate with the NVIDIA driver.\n");
    }
}
