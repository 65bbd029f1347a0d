package io.vedette.model.frame;

import io.vedette.model.histogram.Histogram;
import io.vedette.model.signal.Signal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What happened in (tick − duration, tick]. A counter or histogram that is not in here is not known; one that is and did not grow, is zero. Immutable;
 * compared by value. No record, since windows are built three to a frame, and need not be copied where a {@link Builder} hands them over.
 */
public final class Window {
    /** Covered time below which a window has no rates. */
    public static final long LEAST_COVERED_MILLIS = 30_000;

    private final long durationMillis;
    private final long coveredMillis;
    private final Map<Signal, SortedMap<String, Double>> growth;
    private final Map<Signal, Histogram> histograms;
    private final Map<Signal, GaugeStats> gauges;

    /**
     * A window with copies of what is given.
     *
     * @param durationMillis length of the window
     * @param coveredMillis how much of it was seen, at most its length
     * @param growth of counters, by dimension (finish reason, status class; empty where a counter has none), in the counter's unit
     * @param histograms observations of the window
     * @param gauges statistics of gauges
     */
    public Window(
            long durationMillis,
            long coveredMillis,
            Map<Signal, SortedMap<String, Double>> growth,
            Map<Signal, Histogram> histograms,
            Map<Signal, GaugeStats> gauges) {
        this(new Builder(durationMillis, coveredMillis).all(growth, histograms, gauges));
    }

    private Window(Builder builder) {
        this.durationMillis = builder.durationMillis;
        this.coveredMillis = builder.coveredMillis;
        this.growth = Collections.unmodifiableMap(builder.growth);
        this.histograms = Collections.unmodifiableMap(builder.histograms);
        this.gauges = Collections.unmodifiableMap(builder.gauges);
    }

    /** Collects what is in a window; used once, not thread-safe. */
    public static final class Builder {
        private final long durationMillis;
        private final long coveredMillis;
        private final EnumMap<Signal, SortedMap<String, Double>> growth = new EnumMap<>(Signal.class);
        private final EnumMap<Signal, Histogram> histograms = new EnumMap<>(Signal.class);
        private final EnumMap<Signal, GaugeStats> gauges = new EnumMap<>(Signal.class);

        /**
         * A window of which nothing is known.
         *
         * @param durationMillis length of the window
         * @param coveredMillis how much of it was seen, at most its length
         */
        public Builder(long durationMillis, long coveredMillis) {
            if (durationMillis <= 0 || coveredMillis < 0 || coveredMillis > durationMillis) {
                throw new IllegalArgumentException(
                        "a window of " + durationMillis + " ms with " + coveredMillis + " ms covered");
            }
            this.durationMillis = durationMillis;
            this.coveredMillis = coveredMillis;
        }

        private Builder all(
                Map<Signal, SortedMap<String, Double>> growth,
                Map<Signal, Histogram> histograms,
                Map<Signal, GaugeStats> gauges) {
            growth.forEach((signal, byDimension) ->
                    this.growth.put(signal, Collections.unmodifiableSortedMap(new TreeMap<>(byDimension))));
            this.histograms.putAll(histograms);
            this.gauges.putAll(gauges);
            return this;
        }

        /** Growth of a counter in one dimension. */
        public Builder growth(Signal counter, String dimension, double value) {
            SortedMap<String, Double> byDimension = growth.get(counter);
            if (byDimension == null) {
                byDimension = new TreeMap<>();
                growth.put(counter, byDimension);
            }
            byDimension.put(dimension, value);
            return this;
        }

        /** Observations, which are added to those that are there. */
        public Builder histogram(Signal signal, Histogram histogram) {
            histograms.merge(signal, histogram, Histogram::merge);
            return this;
        }

        public Builder gauge(Signal gauge, GaugeStats stats) {
            gauges.put(gauge, stats);
            return this;
        }

        public Window build() {
            growth.replaceAll((signal, byDimension) -> Collections.unmodifiableSortedMap(byDimension));
            return new Window(this);
        }
    }

    /** Length of the window. */
    public long durationMillis() {
        return durationMillis;
    }

    /** How much of it was seen. */
    public long coveredMillis() {
        return coveredMillis;
    }

    /** Growth of counters, by dimension. */
    public Map<Signal, SortedMap<String, Double>> growth() {
        return growth;
    }

    /** Observations of the window. */
    public Map<Signal, Histogram> histograms() {
        return histograms;
    }

    /** Statistics of gauges. */
    public Map<Signal, GaugeStats> gauges() {
        return gauges;
    }

    /** Whether enough is covered for rates. */
    public boolean hasRates() {
        return coveredMillis >= LEAST_COVERED_MILLIS;
    }

    /** Growth of a counter over all dimensions; NaN when the counter is not known. */
    public double growthOf(Signal counter) {
        SortedMap<String, Double> byDimension = growth.get(counter);
        if (byDimension == null) {
            return Double.NaN;
        }
        double sum = 0;
        for (double growth : byDimension.values()) {
            sum += growth;
        }
        return sum;
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

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Window that
                && durationMillis == that.durationMillis
                && coveredMillis == that.coveredMillis
                && growth.equals(that.growth)
                && histograms.equals(that.histograms)
                && gauges.equals(that.gauges);
    }

    @Override
    public int hashCode() {
        return Objects.hash(durationMillis, coveredMillis, growth, histograms, gauges);
    }

    @Override
    public String toString() {
        return "Window[durationMillis=" + durationMillis + ", coveredMillis=" + coveredMillis + ", growth=" + growth
                + ", histograms=" + histograms + ", gauges=" + gauges + ']';
    }
}
