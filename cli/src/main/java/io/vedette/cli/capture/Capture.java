package io.vedette.cli.capture;

import io.vedette.model.sample.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The recorded scrapes of one target.
 *
 * @param name the target's, which is that of its folder
 * @param location an archive, or a folder of files
 * @param target as records name it
 */
public record Capture(String name, Path location, Target target) {
    /** Reads it from its beginning. */
    ScrapeReader open() throws IOException {
        return Files.isDirectory(location) ? new FolderReader(location) : new ArchiveReader(location);
    }
}
