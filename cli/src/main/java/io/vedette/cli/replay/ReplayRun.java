package io.vedette.cli.replay;

import io.vedette.cli.Terminal;
import io.vedette.cli.UserMistake;
import io.vedette.cli.config.ReplayConfiguration;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntSupplier;

/** A replay as the command line asks for it. */
public final class ReplayRun {
    private static final int PARALLELISM = 1;

    private ReplayRun() {}

    /**
     * Replays, writes the files and prints the summary; gives whether an alert fired.
     *
     * @param own instead of what ships; the summary then compares the two
     * @param columns of the terminal; asked for where there is one
     */
    public static boolean run(
            List<Path> captures,
            Optional<ReplayConfiguration> own,
            Optional<Path> derived,
            Optional<Path> alerts,
            IntSupplier columns,
            PrintWriter out)
            throws Exception {
        derived.ifPresent(ReplayRun::requireWritable);
        alerts.ifPresent(ReplayRun::requireWritable);
        ReplaySettings settings = new ReplaySettings(captures, own, derived, alerts, PARALLELISM);
        boolean terminal = Terminal.isThere();
        long begun = System.nanoTime();
        ReplayResult result = terminal ? withBar(settings) : Replay.run(settings, (done, all) -> {});
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        ReplaySummary.print(result, took, terminal ? OptionalInt.of(columns.getAsInt()) : OptionalInt.empty(), out);
        return result.fired();
    }

    private static ReplayResult withBar(ReplaySettings settings) throws Exception {
        ProgressBar bar = new ProgressBar(System.err);
        try {
            return Replay.run(settings, bar);
        } finally {
            bar.clear();
        }
    }

    /** Found out before the work, not after it. */
    private static void requireWritable(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
            throw new UserMistake(file + " cannot be written: "
                    + (Files.isDirectory(file) ? "it is a folder" : "its folder does not exist"));
        }
        if (!Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new UserMistake(file + " cannot be written: permission denied");
        }
    }
}
