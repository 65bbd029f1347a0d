package io.vedette.model.frame;

import io.vedette.model.histogram.Histogram;
import io.vedette.model.signal.Signal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What happened in (tick − duration, tick]. A counter or histogram that is not in here is not known; one that is and did not grow, is zero.
 *
 * @param durationMillis length of the window
 * @param coveredMillis how much of it was seen, at most its length
 * @param growth of counters, by dimension (finish reason, status class; empty where a counter has none), in the counter's unit
 * @param histograms observations of the window
 * @param gauges statistics of gauges
 */
public record Window(
        long durationMillis,
        long coveredMillis,
        Map<Signal, SortedMap<String, Double>> growth,
        Map<Signal, Histogram> histograms,
        Map<Signal, GaugeStats> gauges) {
    /** Covered time below which a window has no rates. */
    public static final long LEAST_COVERED_MILLIS = 30_000;

    public Window {
        if (durationMillis <= 0 || coveredMillis < 0 || coveredMillis > durationMillis) {
            throw new IllegalArgumentException(
                    "a window of " + durationMillis + " ms with " + coveredMillis + " ms covered");
        }
        Map<Signal, SortedMap<String, Double>> copied = new EnumMap<>(Signal.class);
        growth.forEach((signal, byDimension) ->
                copied.put(signal, Collections.unmodifiableSortedMap(new TreeMap<>(byDimension))));
        growth = Collections.unmodifiableMap(copied);
        histograms = unmodifiable(histograms);
        gauges = unmodifiable(gauges);
    }

    private static <V> Map<Signal, V> unmodifiable(Map<Signal, V> map) {
        Map<Signal, V> copied = new EnumMap<>(Signal.class);
        copied.putAll(map);
        return Collections.unmodifiableMap(copied);
    }

    /** Whether enough is covered for rates. */
    public boolean hasRates() {
        return coveredMillis >= LEAST_COVERED_MILLIS;
    }

    /** Growth of a counter over all dimensions; NaN when the counter is not known. */
    public double growthOf(Signal counter) {
        SortedMap<String, Double> byDimension = growth.get(counter);
        return byDimension == null
                ? Double.NaN
                : byDimension.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Growth of a counter in one dimension: 0 where the counter is known but not this dimension, NaN when the counter is not known. */
    public double growthOf(Signal counter, String dimension) {
        SortedMap<String, Double> byDimension = growth.get(counter);
        return byDimension == null ? Double.NaN : byDimension.getOrDefault(dimension, 0.0);
    }

    /** Growth by second of covered time; NaN when the growth is, or when too little is covered. */
    public double perSecond(double growth) {
        return hasRates() ? growth * 1000 / coveredMillis : Double.NaN;
    }
}
