package io.vedette.ingest.scrape;

/**
 * What came of one scrape, and what it was made of. The array is not copied and must not be changed.
 *
 * @param body as received, decompressed; empty where there is none or it did not come whole
 */
public record ReceivedScrape(ScrapeOutcome outcome, byte[] body) {}
