package io.vedette.model.sample;

import io.vedette.model.signal.Signal;

/**
 * A sign of events at a card, from which a counter follows when scrapes are compared.
 *
 * @param signal a counter
 * @param kind what the value says
 * @param dimension what is counted; empty for the newest event
 * @param value a state's 0 or 1, the newest event's number, or how many events a moving window has
 */
public record CardSign(Signal signal, Kind kind, String dimension, double value) {
    /** What a sign's value says. */
    public enum Kind {
        /** 1 while something is so, else 0: its time counts. */
        STATE,
        /** The newest event's number, which stays; 0 where there was none. */
        LAST,
        /** How many events a moving window has. */
        RISE
    }

    public CardSign {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(signal + " must be finite and not negative: " + value);
        }
    }
}
