package io.vedette.model.sample;

import io.vedette.model.signal.Signal;

/**
 * A cumulative counter as of one scrape.
 *
 * @param dimension finish reason or status class; empty where the signal has none
 * @param value in the signal's unit, finite and not negative
 * @param startMillis when it started from zero, Unix milliseconds; 0 where unknown
 * @param source which of the catalogue's alternatives it was read from: values of different sources are not compared
 */
public record CounterSample(Signal signal, String dimension, double value, long startMillis, int source) {
    public CounterSample {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(signal + " must be finite and not negative: " + value);
        }
    }
}
