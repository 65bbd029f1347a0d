package io.vedette.cli.capture;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The scrapes of a capture one after another; they end where it cannot be read on, which its {@link CaptureSurvey} has told. Not thread-safe. */
final class CaptureScrapes implements Closeable {
    private final ScrapeReader reader;
    private @Nullable RecordedScrape head;

    CaptureScrapes(Capture capture) throws IOException {
        this.reader = capture.open();
        advance();
    }

    /** The scrape that is next; null at the end. */
    @Nullable
    RecordedScrape head() {
        return head;
    }

    void advance() {
        try {
            EntryName name = reader.next();
            head = name == null ? null : new RecordedScrape(name.timeMillis(), name.failed(), reader.content());
        } catch (IOException | IllegalArgumentException ignored) {
            head = null;
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
