package io.vedette.model.sample;

/** Headers of a record in {@code vedette.samples}; decimal numbers in ASCII. */
public final class SampleHeaders {
    /** The target's scrape interval in milliseconds. */
    public static final String INTERVAL = "interval";
    /** What to add to the agent's clock to get the broker's, in milliseconds. */
    public static final String CLOCK_OFFSET = "clock-offset";

    private SampleHeaders() {}
}
