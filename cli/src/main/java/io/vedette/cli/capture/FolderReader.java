package io.vedette.cli.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads scrapes that are files of a folder, by time. */
final class FolderReader implements ScrapeReader {
    private final Path folder;
    private final Iterator<EntryName> names;
    private final int passedOver;
    private @Nullable EntryName current;

    FolderReader(Path folder) throws IOException {
        List<EntryName> found = new ArrayList<>();
        int unusable = 0;
        for (Path file : meant(folder)) {
            Optional<EntryName> name = EntryName.of(file.getFileName().toString());
            if (name.isPresent() && Files.isRegularFile(file) && Files.isReadable(file)) {
                found.add(name.get());
            } else {
                unusable++;
            }
        }
        Collections.sort(found);
        this.folder = folder;
        this.names = found.iterator();
        this.passedOver = unusable;
    }

    private static List<Path> meant(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> EntryName.isMeant(file.getFileName().toString()))
                    .toList();
        }
    }

    /** Whether a folder holds scrapes. */
    static boolean holdsScrapes(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(
                    file -> EntryName.of(file.getFileName().toString()).isPresent());
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
    public int passedOver() {
        return passedOver;
    }

    @Override
    public void close() {
        // Each file is closed once read.
    }
}
