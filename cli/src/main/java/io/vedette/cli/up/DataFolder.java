package io.vedette.cli.up;

import io.vedette.cli.FolderLock;
import io.vedette.cli.UserMistake;
import io.vedette.jobs.run.CheckpointFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder in which everything lies that survives a restart; locked, so that two processes never share one. */
public final class DataFolder implements AutoCloseable {
    private static final String LOCK = "lock";

    private final Path path;
    private final FolderLock lock;

    private DataFolder(Path path, FolderLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Locks the folder, which is created where it is missing.
     *
     * @throws UserMistake when it is in use or cannot be written
     */
    static DataFolder open(Path path) {
        try {
            Optional<FolderLock> lock = FolderLock.take(path.resolve(LOCK));
            if (lock.isPresent()) {
                return new DataFolder(path, lock.get());
            }
        } catch (IOException e) {
            throw new UserMistake(
                    "the data folder " + path + " cannot be used (" + e
                            + "); make it writable, or choose another with --data",
                    e);
        }
        throw new UserMistake("the data folder " + path
                + " is in use by another vedette; stop that one, or choose another folder with --data");
    }

    /** Whether a process runs on the folder; nothing is created. */
    public static boolean isInUse(Path path) {
        return FolderLock.isTaken(path.resolve(LOCK));
    }

    /** Deletes what earlier starts have left; files that are not ours stay. */
    void clear() {
        CheckpointFolder.deleteTree(kafka());
        CheckpointFolder.deleteTree(flink());
    }

    Path path() {
        return path;
    }

    Path kafka() {
        return path.resolve("kafka");
    }

    /** Where the checkpoints of a job lie. */
    CheckpointFolder checkpoints(String job) {
        return new CheckpointFolder(flink().resolve(job));
    }

    /** An empty folder for what the process needs while it runs. */
    Path temporary() {
        Path temporary = flink().resolve("tmp");
        CheckpointFolder.deleteTree(temporary);
        try {
            return Files.createDirectories(temporary);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path log() {
        return path.resolve("vedette.log");
    }

    private Path flink() {
        return path.resolve("flink");
    }

    @Override
    public void close() {
        lock.close();
    }
}
