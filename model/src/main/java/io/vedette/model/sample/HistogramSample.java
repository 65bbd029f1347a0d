package io.vedette.model.sample;

import io.vedette.model.histogram.Bounds;
import io.vedette.model.signal.Signal;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cumulative histogram as of one scrape.
 *
 * @param counts observations per bucket since the start, not cumulative over buckets; one more than finite bounds
 * @param sum of observed values, in the signal's unit
 * @param startMillis when it started from zero, Unix milliseconds; 0 where unknown
 * @param source which of the catalogue's alternatives it was read from
 */
public record HistogramSample(Signal signal, Bounds bounds, double[] counts, double sum, long startMillis, int source) {
    public HistogramSample {
        if (counts.length != bounds.buckets()) {
            throw new IllegalArgumentException(bounds.buckets() + " buckets, but " + counts.length + " counts");
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HistogramSample that
                && signal == that.signal
                && bounds.equals(that.bounds)
                && Arrays.equals(counts, that.counts)
                && Double.compare(sum, that.sum) == 0
                && startMillis == that.startMillis
                && source == that.source;
    }

    @Override
    public int hashCode() {
        return Objects.hash(signal.number(), bounds, Arrays.hashCode(counts), sum, startMillis, source);
    }

    @Override
    public String toString() {
        return "HistogramSample[signal=" + signal + ", bounds=" + bounds + ", counts=" + Arrays.toString(counts)
                + ", sum=" + sum + ", startMillis=" + startMillis + ", source=" + source + ']';
    }
}
