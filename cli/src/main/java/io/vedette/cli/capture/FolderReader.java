package io.vedette.cli.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads scrapes that are files of a folder, by time. */
final class FolderReader implements ScrapeReader {
    private final Path folder;
    private final Iterator<EntryName> names;
    private @Nullable EntryName current;

    FolderReader(Path folder) throws IOException {
        this.folder = folder;
        this.names = names(folder).iterator();
    }

    static List<EntryName> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> EntryName.of(file.getFileName().toString()))
                    .flatMap(Optional::stream)
                    .sorted()
                    .toList();
        }
    }

    @Override
    public @Nullable EntryName next() {
        current = names.hasNext() ? names.next() : null;
        return current;
    }

    @Override
    public byte[] content() throws IOException {
        return Files.readAllBytes(folder.resolve(String.valueOf(current)));
    }

    @Override
    public void close() {
        // Each file is closed once read.
    }
}
