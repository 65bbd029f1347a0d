package io.vedette.model.series;

import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Window;
import io.vedette.model.histogram.Histogram;
import io.vedette.model.signal.Signal;
import java.util.function.ObjDoubleConsumer;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/**
 * A series and how it gets its values. A value that is NaN is absent.
 *
 * @param lean whether it belongs to the lean set
 * @param bounds whether it is wanted with {@link SeriesSettings#bounds()} only
 */
record Definition(Series series, boolean lean, boolean bounds, Values values) {
    /** Where values come from. */
    sealed interface Values {}

    /** One value a frame. */
    record OfFrame(ToDoubleFunction<Frame> value) implements Values {}

    /** One value a window. */
    record OfWindow(ToDoubleBiFunction<Frame, Window> value) implements Values {}

    /** One value a window and quantile, from one observation on. */
    record ByQuantile(Signal histogram, QuantileFunction value) implements Values {}

    /** One value a window and bucket: how much was observed at or below its bound; from one observation on. */
    record ByBound(Signal histogram) implements Values {}

    /** One value a window and value of a label. */
    record ByLabel(String label, Split values) implements Values {}

    /** Reads something about a quantile from a histogram. */
    @FunctionalInterface
    interface QuantileFunction {
        double of(Histogram histogram, double quantile);
    }

    /** Splits a value of a window by a label. */
    @FunctionalInterface
    interface Split {
        void of(Frame frame, Window window, ObjDoubleConsumer<String> byLabel);
    }
}
