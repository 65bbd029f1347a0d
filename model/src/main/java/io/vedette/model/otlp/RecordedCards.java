package io.vedette.model.otlp;

import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.sample.CardScrape;
import java.util.List;

/** Tells which cards a scrape shows, as agent and doctor tell it to people. */
public final class RecordedCards {
    private RecordedCards() {}

    /**
     * The cards of a record just written.
     *
     * @param record of {@link RecordWriter}'s
     * @param catalogue what metrics mean, those of a user's own programs included
     */
    public static List<CardScrape> of(byte[] record, Catalogue catalogue) {
        try {
            return new RecordReader(catalogue)
                    .read(record).scrapes().stream()
                            .flatMap(scrape -> scrape.cards().stream())
                            .toList();
        } catch (UnreadableRecord e) {
            throw new IllegalStateException("a record just written cannot be read", e);
        }
    }
}
