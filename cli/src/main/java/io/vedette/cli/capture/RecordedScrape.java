package io.vedette.cli.capture;

/**
 * One scrape as it was recorded. The array is not copied and must not be changed.
 *
 * @param timeMillis when it was made, Unix milliseconds
 * @param failed whether it failed: then the content is a word and the error, else the body
 */
public record RecordedScrape(long timeMillis, boolean failed, byte[] content) {}
