package io.vedette.jobs.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a job's checkpoints lie: {@code FOLDER/GENERATION/chk-N/}, a generation for each start of the process, since Flink counts its checkpoints
 * anew each time. A checkpoint is whole once it has its {@code _metadata}.
 */
public final class CheckpointFolder {
    private static final String METADATA = "_metadata";
    private static final Pattern GENERATION = Pattern.compile("\\d{1,9}");
    private static final Pattern CHECKPOINT = Pattern.compile("chk-(\\d{1,18})");

    private final Path folder;

    /**
     * The checkpoints of one job.
     *
     * @param folder the job's own; it is created with the first generation
     */
    public CheckpointFolder(Path folder) {
        this.folder = folder;
    }

    public Path path() {
        return folder;
    }

    /** All whole checkpoints: those of the newest generation first, and in it the newest first. */
    public List<Path> newestFirst() {
        return generations().stream()
                .sorted(Comparator.comparingLong(CheckpointFolder::generation).reversed())
                .flatMap(generation -> children(generation).stream()
                        .filter(CheckpointFolder::isWhole)
                        .sorted(Comparator.comparingLong(CheckpointFolder::checkpoint)
                                .reversed()))
                .toList();
    }

    /** Whether there is a whole checkpoint in a generation. */
    public static boolean hasCheckpoint(Path generation) {
        return children(generation).stream().anyMatch(CheckpointFolder::isWhole);
    }

    /** When the newest whole checkpoint of a generation was completed, Unix milliseconds. */
    public static Optional<Long> completedMillis(Path generation) {
        return children(generation).stream()
                .filter(CheckpointFolder::isWhole)
                .map(checkpoint -> checkpoint.resolve(METADATA).toFile().lastModified())
                .max(Comparator.naturalOrder());
    }

    /** Makes the folder for the checkpoints of this start. */
    public Path newGeneration() {
        long last = generations().stream()
                .mapToLong(CheckpointFolder::generation)
                .max()
                .orElse(0);
        try {
            return Files.createDirectories(folder.resolve(String.format(Locale.ROOT, "%06d", last + 1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes all generations but one, which must have a checkpoint of its own. */
    public void keepOnly(Path generation) {
        if (!hasCheckpoint(generation)) {
            throw new IllegalStateException(generation + " has no checkpoint yet");
        }
        keepOnly(generation, generation);
    }

    /** Deletes all generations but two. */
    void keepOnly(Path generation, Path another) {
        for (Path other : generations()) {
            if (!other.equals(generation) && !other.equals(another)) {
                deleteTree(other);
            }
        }
    }

    /** Deletes a folder and all that is in it; nothing when it does not exist. */
    public static void deleteTree(Path root) {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> generations() {
        return children(folder).stream()
                .filter(path -> GENERATION.matcher(name(path)).matches())
                .toList();
    }

    private static boolean isWhole(Path checkpoint) {
        return CHECKPOINT.matcher(name(checkpoint)).matches() && Files.exists(checkpoint.resolve(METADATA));
    }

    private static long generation(Path generation) {
        return Long.parseLong(name(generation));
    }

    private static long checkpoint(Path checkpoint) {
        Matcher matcher = CHECKPOINT.matcher(name(checkpoint));
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    private static List<Path> children(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(parent)) {
            return children.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
