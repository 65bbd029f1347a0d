package io.vedette.cli.up;

import io.vedette.cli.UserMistake;
import io.vedette.jobs.run.CheckpointFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The folder in which everything lies that survives a restart; locked, so that two processes never share one. */
public final class DataFolder implements AutoCloseable {
    private static final String LOCK = "lock";

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Locks the folder, which is created where it is missing.
     *
     * @throws UserMistake when it is in use or cannot be written
     */
    static DataFolder open(Path path) {
        FileChannel channel = null;
        try {
            Files.createDirectories(path);
            channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) != null) {
                return new DataFolder(path, channel);
            }
            channel.close();
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
        try (FileChannel channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock lock = tryLock(channel)) {
            return lock == null;
        } catch (IOException ignored) {
            return false;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ignored) {
            // Held by this process: the same as held by another.
            return null;
        }
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
        try {
            lock.close();
        } catch (IOException ignored) {
            // The lock goes with the process at the latest.
        }
    }
}
