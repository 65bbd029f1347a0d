package io.vedette.ingest.scrape;

import io.vedette.model.exposition.Scrape;
import io.vedette.model.sample.ScrapeFailure;

/** What came of one scrape. */
public sealed interface ScrapeOutcome {
    /** Metrics; some lines may have been set aside. */
    record Good(Scrape body) implements ScrapeOutcome {}

    /**
     * No metrics.
     *
     * @param detail for the user: what happened, in one printable line without secrets
     */
    record Failed(ScrapeFailure failure, String detail) implements ScrapeOutcome {}
}
