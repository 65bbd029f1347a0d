package io.vedette.model.otlp;

import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.sample.EngineScrape;
import java.util.List;

/** Tells whose metrics a scrape has, as agent and doctor tell it to people. */
public final class RecordedEngines {
    private RecordedEngines() {}

    /**
     * Those engines of a record just written that count or measure something; none where the target is something else.
     *
     * @param record of {@link RecordWriter}'s
     * @param catalogue what metrics mean, those of a user's own engines included
     */
    public static List<EngineScrape> of(byte[] record, Catalogue catalogue) {
        try {
            return new RecordReader(catalogue)
                    .read(record).scrapes().stream()
                            .flatMap(scrape -> scrape.engines().stream())
                            .filter(engine -> !engine.counters().isEmpty()
                                    || !engine.histograms().isEmpty())
                            .toList();
        } catch (UnreadableRecord e) {
            throw new IllegalStateException("a record just written cannot be read", e);
        }
    }
}
