package io.vedette.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A driver's library made by the C compiler, and the file that it reads its answers from. */
final class FakeDriver {
    private static final long GIB = 1L << 30;

    private final Path folder;
    private final Path scenario;
    private final Map<String, String> lines = new TreeMap<>();

    private FakeDriver(Path folder) {
        this.folder = folder;
        this.scenario = folder.resolve("scenario.txt");
    }

    /** Compiles it. Without a C compiler this fails: what the tests are for would not be tested. */
    static FakeDriver build(Path folder, String... defines) throws IOException, InterruptedException {
        Path source = folder.resolve("fake_nvml.c");
        try (InputStream in = FakeDriver.class.getResourceAsStream("nvml/fake_nvml.c")) {
            Files.copy(Objects.requireNonNull(in), source, StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> command = new ArrayList<>(List.of(
                "cc",
                "-O0",
                "-shared",
                "-fPIC",
                "-Wl,-soname,libnvidia-ml.so.1",
                "-o",
                folder.resolve("libnvidia-ml.so.1").toString()));
        for (String define : defines) {
            command.add("-D" + define);
        }
        command.add(source.toString());
        Process compiler;
        try {
            compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new IllegalStateException("a C compiler is needed to test NVML: apt-get install gcc libc6-dev", e);
        }
        String said = new String(compiler.getInputStream().readAllBytes(), UTF_8);
        assertThat(compiler.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(compiler.exitValue()).as(said).isZero();
        return new FakeDriver(folder).set("driver", "580.95.05");
    }

    /** Cards as they are in a node of the H100 kind. */
    FakeDriver cards(int count) throws IOException {
        set("cards", Integer.toString(count));
        for (int i = 0; i < count; i++) {
            String card = i + ".";
            set(card + "uuid", uuid(i));
            set(card + "name", "NVIDIA H100 80GB HBM3");
            set(card + "pci", pci(i));
            set(card + "minor", Integer.toString(i));
            set(card + "gpu_util", Integer.toString(90 + i % 10));
            set(card + "mem_util", "41");
            set(card + "total", Long.toString(80 * GIB));
            set(card + "used", Long.toString(72 * GIB));
            set(card + "free", Long.toString(7 * GIB));
            set(card + "reserved", Long.toString(GIB));
            set(card + "temp", Integer.toString(60 + i));
            set(card + "slowdown_temp", "89");
            set(card + "shutdown_temp", "92");
            set(card + "power", "612345");
            set(card + "power_limit", "700000");
            set(card + "enforced_limit", "650000");
            set(card + "sm", "1755");
            set(card + "mem", "2619");
            set(card + "max_sm", "1980");
            set(card + "max_mem", "2620");
            set(card + "reasons", "4");
            set(card + "pcie_tx", "125000");
            set(card + "pcie_rx", "51000");
            set(card + "pcie_gen", "5");
            set(card + "pcie_width", "16");
            set(card + "ecc_corrected", "3");
            set(card + "ecc_uncorrected", "0");
            set(card + "rows_corrected", "1");
            set(card + "rows_uncorrected", "0");
            set(card + "rows_pending", "0");
            set(card + "rows_failed", "0");
            set(card + "field.38", "0");
            set(card + "field.45", "2");
            set(card + "field.52", "5");
            set(card + "field.59", "0");
        }
        return this;
    }

    static String uuid(int card) {
        return String.format(Locale.ROOT, "GPU-%08x-0000-0000-0000-000000000000", card);
    }

    static String pci(int card) {
        return String.format(Locale.ROOT, "00000000:%02X:00.0", card + 1);
    }

    /** Forgets all that was set. */
    FakeDriver clear() throws IOException {
        lines.clear();
        return set("driver", "580.95.05");
    }

    FakeDriver set(String key, String value) throws IOException {
        lines.put(key, value);
        return write();
    }

    FakeDriver unset(String key) throws IOException {
        lines.remove(key);
        return write();
    }

    /** Whole or not at all: the library may read it at any time. */
    private FakeDriver write() throws IOException {
        StringBuilder text = new StringBuilder();
        lines.forEach((key, value) -> text.append(key).append(' ').append(value).append('\n'));
        Path unfinished = folder.resolve("scenario.unfinished");
        Files.writeString(unfinished, text);
        Files.move(unfinished, scenario, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return this;
    }

    /** Where the dynamic linker finds it, and it its answers. */
    Map<String, String> environment() {
        return Map.of("LD_LIBRARY_PATH", folder.toString(), "FAKE_NVML", scenario.toString());
    }
}
