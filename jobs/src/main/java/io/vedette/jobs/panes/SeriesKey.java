package io.vedette.jobs.panes;

import io.vedette.model.histogram.Bounds;
import io.vedette.model.signal.Signal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cumulative series of an entity: a counter in one dimension, or a histogram with its bounds. Buckets of other bounds are another series.
 *
 * @param dimension of a counter; empty where it has none, and for a histogram
 * @param bounds of a histogram; null for a counter
 */
public record SeriesKey(
        Signal signal, String dimension, @Nullable Bounds bounds) {
    public static SeriesKey counter(Signal signal, String dimension) {
        return new SeriesKey(signal, dimension, null);
    }

    public static SeriesKey histogram(Signal signal, Bounds bounds) {
        return new SeriesKey(signal, "", bounds);
    }

    boolean is(Signal otherSignal, String otherDimension, @Nullable Bounds otherBounds) {
        return signal == otherSignal && dimension.equals(otherDimension) && Objects.equals(bounds, otherBounds);
    }

    /** Columns that the series takes: one for a counter; one for each bucket and one for the sum for a histogram. */
    public int width() {
        return bounds == null ? 1 : bounds.buckets() + 1;
    }
}
