package io.vedette.cli.record;

import io.vedette.cli.UserMistake;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The folder of captures, locked so that two processes never write to one. */
final class RecordFolder implements AutoCloseable {
    private static final String LOCK = ".record.lock";

    private final FileChannel lock;

    private RecordFolder(FileChannel lock) {
        this.lock = lock;
    }

    /**
     * Makes the folder where it is missing, and locks it.
     *
     * @throws UserMistake when it can't be written or is in use
     */
    static RecordFolder lock(Path folder) {
        try {
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw new NotDirectoryException(folder.toString());
            }
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel)) {
                return new RecordFolder(channel);
            }
            channel.close();
        } catch (IOException e) {
            throw new UserMistake(
                    folder + " cannot be written: " + WriteFailure.reason(e) + "; choose another folder with --out", e);
        }
        throw new UserMistake(folder
                + " is being recorded to by another vedette; stop that one, or choose another folder with --out");
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
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
