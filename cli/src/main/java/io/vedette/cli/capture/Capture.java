package io.vedette.cli.capture;

import io.vedette.model.sample.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The recorded scrapes of one target.
 *
 * @param name the target's, which is that of its folder
 * @param location an archive, a folder of files, or what {@link Unpacking} has made of an archive
 * @param target as records name it
 */
public record Capture(String name, Path location, Target target) {
    /** Whether it is read from an archive: then it holds a file open, and the memory of its decompression. */
    public boolean isArchive() {
        return !Unpacking.isSpool(location) && !Files.isDirectory(location);
    }

    /** Reads it from its beginning. */
    ScrapeReader open() throws IOException {
        if (Unpacking.isSpool(location)) {
            return new SpoolReader(location);
        }
        return isArchive() ? new ArchiveReader(location) : new FolderReader(location);
    }
}
