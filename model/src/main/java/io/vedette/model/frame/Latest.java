package io.vedette.model.frame;

import io.vedette.model.signal.Gauges;

/**
 * What the newest scrape said: the one that released the tick, at or after it. Rules judge gauges by it, one interval sooner than the series do.
 *
 * @param timeMillis the scrape's time, Unix milliseconds
 * @param up whether the scrape was good
 * @param failure why it was not, in a word ({@code refused}, {@code timeout}, …); empty when it was
 * @param gauges its gauges, progress age included; none when it failed
 */
public record Latest(long timeMillis, boolean up, String failure, Gauges gauges) {}
