package io.vedette.model.otlp;

import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.sample.EngineScrape;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import java.util.List;

/** Tells whose metrics a scrape has, as agent and doctor tell it to people. */
public final class RecordedEngines {
    private RecordedEngines() {}

    /**
     * Those engines of a record just written that show a signal of an engine's; none where the target is something else. That it counts requests
     * over HTTP says nothing: any server may.
     *
     * @param record of {@link RecordWriter}'s
     * @param catalogue what metrics mean, those of a user's own engines included
     */
    public static List<EngineScrape> of(byte[] record, Catalogue catalogue) {
        try {
            return new RecordReader(catalogue)
                    .read(record).scrapes().stream()
                            .flatMap(scrape -> scrape.engines().stream())
                            .filter(RecordedEngines::isShown)
                            .toList();
        } catch (UnreadableRecord e) {
            throw new IllegalStateException("a record just written cannot be read", e);
        }
    }

    private static boolean isShown(EngineScrape engine) {
        return !engine.gauges().equals(Gauges.none())
                || !engine.histograms().isEmpty()
                || engine.counters().stream().anyMatch(counter -> counter.signal() != Signal.HTTP_REQUESTS);
    }
}
