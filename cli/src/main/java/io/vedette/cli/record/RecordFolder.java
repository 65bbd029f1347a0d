package io.vedette.cli.record;

import io.vedette.cli.FolderLock;
import io.vedette.cli.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;

/** The folder of captures, locked so that two processes never write to one. */
final class RecordFolder {
    private static final String LOCK = ".record.lock";

    private RecordFolder() {}

    /**
     * Makes the folder where it is missing, and locks it.
     *
     * @throws UserMistake when it can't be written or is in use
     */
    static FolderLock lock(Path folder) {
        try {
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw new NotDirectoryException(folder.toString());
            }
            Optional<FolderLock> lock = FolderLock.take(folder.resolve(LOCK));
            if (lock.isPresent()) {
                return lock.get();
            }
        } catch (IOException e) {
            throw new UserMistake(
                    folder + " cannot be written: " + WriteFailure.reason(e) + "; choose another folder with --out", e);
        }
        throw new UserMistake(folder
                + " is being recorded to by another vedette; stop that one, or choose another folder with --out");
    }
}
