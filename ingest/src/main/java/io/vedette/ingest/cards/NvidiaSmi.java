package io.vedette.ingest.cards;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vedette.ingest.cards.CardFailure.Kind;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Reads cards with {@code nvidia-smi -q -x}, where NVML's binding cannot be used. It takes longer, tells no XIDs, and not each NVLink's errors. Of all its
 * outputs this is the one that a driver without some of the fields does not refuse.
 */
public final class NvidiaSmi implements CardReader {
    private static final Duration LONGEST_RUN = Duration.ofSeconds(30);
    private static final int MOST_BYTES = 16 << 20;
    private static final String PROGRAM = "nvidia-smi";
    private static final List<String> FOLDERS = List.of("/usr/bin", "/usr/local/nvidia/bin", "/usr/lib/wsl/lib");

    private final Path program;
    private final Progress progress;

    /** @param program see {@link #find} */
    public NvidiaSmi(Path program, Progress progress) {
        this.program = program;
        this.progress = progress;
    }

    /** The program, in {@code PATH} or where drivers put it. */
    public static Optional<Path> find() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(
                        Stream.of(path.split(File.pathSeparator)).filter(folder -> !folder.isEmpty()), FOLDERS.stream())
                .map(folder -> Path.of(folder, PROGRAM))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public String name() {
        return PROGRAM;
    }

    @Override
    public NodeReading read() throws CardFailure {
        byte[] answer = run("-q", "-x");
        NvidiaSmiXml xml = NvidiaSmiXml.parse(answer);
        return xml.hasInstances() ? xml.reading(new String(run("-L"), UTF_8)) : xml.reading("");
    }

    private byte[] run(String... arguments) throws CardFailure {
        List<String> command = Stream.concat(Stream.of(program.toString()), Stream.of(arguments))
                .toList();
        progress.begin(PROGRAM, LONGEST_RUN);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            CompletableFuture.delayedExecutor(LONGEST_RUN.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(process::destroyForcibly);
            process.getOutputStream().close();
            byte[] answer = process.getInputStream().readNBytes(MOST_BYTES);
            int exit = process.waitFor();
            if (exit != 0) {
                throw refused(exit, new String(answer, UTF_8));
            }
            progress.end();
            return answer;
        } catch (IOException e) {
            throw new CardFailure(Kind.FAILED, program + " cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CardFailure(Kind.FAILED, PROGRAM + " was interrupted", e);
        }
    }

    /** Its exit codes are NVML's: 9 without a driver, 4 without permission; 137 once it was killed. */
    private static CardFailure refused(int exit, String said) {
        String first = said.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("nothing");
        Kind kind =
                switch (exit) {
                    case 6, 9, 12 -> Kind.NO_DRIVER;
                    case 4 -> Kind.NO_PERMISSION;
                    case 137 -> Kind.HANGS;
                    default -> Kind.FAILED;
                };
        return new CardFailure(kind, PROGRAM + " ended with " + exit + " and said: " + first);
    }

    @Override
    public List<Shortcoming> shortcomings() {
        return List.of(new Shortcoming(
                "nvidia-smi is read instead of NVML: it tells no XIDs, and no errors of NVLinks",
                "see the warning about NVML in the log, and docs/nvml.md"));
    }

    @Override
    public void close() {
        // Each reading is a process of its own.
    }
}
