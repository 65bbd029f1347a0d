package io.vedette.model.sample;

import java.util.Arrays;
import java.util.Optional;

/** Why a scrape failed, classified once at the edge. */
public enum ScrapeFailure {
    /** The port refuses connections: nothing is served. */
    REFUSED("refused"),
    /** No answer in time. */
    TIMEOUT("timeout"),
    /** The connection broke, or the host cannot be reached or resolved. */
    BROKEN("broken"),
    /** Another HTTP status than 200. */
    HTTP("http"),
    /** An answer that is not metrics, or over the size limit. */
    BODY("body");

    private final String word;

    ScrapeFailure(String word) {
        this.word = word;
    }

    /** The word in records, captures and alerts. */
    public String word() {
        return word;
    }

    public static Optional<ScrapeFailure> ofWord(String word) {
        return Arrays.stream(values()).filter(f -> f.word.equals(word)).findFirst();
    }
}
