package io.vedette.model.exposition;

/**
 * One series' value.
 *
 * @param labels without the metric's name
 * @param value may be NaN or infinite: what the endpoint said
 * @param timestampMillis Unix time the endpoint gave the sample, in ms; 0 if it gave none, which is the rule
 * @param startMillis Unix time since which a counter counts, in ms, from {@code _created}; 0 if unknown, as in OTLP
 */
public record NumberPoint(Labels labels, double value, long timestampMillis, long startMillis) {}
