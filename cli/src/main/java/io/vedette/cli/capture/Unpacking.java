package io.vedette.cli.capture;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Brings an archive into a form that can be read by time, which a stream cannot, and that costs no memory while it waits for its turn. */
public final class Unpacking {
    private static final String FILE = "scrapes.spool";

    private Unpacking() {}

    /** Whether a location is what {@link #into} makes. */
    static boolean isSpool(Path location) {
        return location.endsWith(FILE);
    }

    /** Unpacks a capture into a new folder; what cannot be read is left out. */
    public static Capture into(Path folder, Capture capture) throws IOException {
        Path spool = Files.createDirectories(folder).resolve(FILE);
        try (CaptureScrapes scrapes = new CaptureScrapes(capture);
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(spool)))) {
            while (scrapes.head() != null) {
                RecordedScrape scrape = scrapes.take();
                if (scrape != null) {
                    SpoolReader.append(out, scrape);
                }
            }
        }
        return new Capture(capture.name(), spool, capture.target());
    }
}
