package io.vedette.cli.capture;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the scrapes of a capture one after another, in the order in which they lie there. Not thread-safe. */
interface ScrapeReader extends Closeable {
    /** Moves to the next scrape; null at the end. */
    @Nullable
    EntryName next() throws IOException;

    /** The content of the scrape that {@link #next} has moved to; may be asked for once. */
    byte[] content() throws IOException;

    /** How many entries were meant to be scrapes, but have a wrong name or cannot be opened; of those that {@link #next} has passed. */
    int passedOver();
}
