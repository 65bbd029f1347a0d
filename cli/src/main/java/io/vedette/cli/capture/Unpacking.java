package io.vedette.cli.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Brings an archive into the order of its times, which a stream cannot. */
public final class Unpacking {
    private Unpacking() {}

    /** Unpacks a capture into a new folder; what cannot be read is left out. */
    public static Capture into(Path folder, Capture capture) throws IOException {
        Files.createDirectories(folder);
        try (ScrapeReader reader = capture.open()) {
            for (EntryName name = reader.next(); name != null; name = reader.next()) {
                Files.write(folder.resolve(name.toString()), reader.content());
            }
        } catch (IOException | IllegalArgumentException ignored) {
            // The survey has told where it cannot be read on.
        }
        return new Capture(capture.name(), folder, capture.target());
    }
}
