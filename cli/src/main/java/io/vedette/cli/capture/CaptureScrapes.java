package io.vedette.cli.capture;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The scrapes of a capture one after another, each read once it is taken; they end where it cannot be read on, which its {@link CaptureSurvey} has
 * told. Not thread-safe.
 */
final class CaptureScrapes implements Closeable {
    private final ScrapeReader reader;
    private @Nullable EntryName head;

    CaptureScrapes(Capture capture) throws IOException {
        this.reader = capture.open();
        advance();
    }

    /** The scrape that is next; null at the end. */
    @Nullable
    EntryName head() {
        return head;
    }

    /** Takes the scrape that is next; null when it is that which cannot be read. */
    @Nullable
    RecordedScrape take() {
        EntryName name = head;
        if (name == null) {
            return null;
        }
        try {
            RecordedScrape scrape = new RecordedScrape(name.timeMillis(), name.failed(), reader.content());
            advance();
            return scrape;
        } catch (IOException | IllegalArgumentException ignored) {
            head = null;
            return null;
        }
    }

    private void advance() {
        try {
            head = reader.next();
        } catch (IOException | IllegalArgumentException ignored) {
            head = null;
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
