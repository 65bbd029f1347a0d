package io.vedette.model.frame;

import io.vedette.model.histogram.Bounds;
import io.vedette.model.signal.Signal;
import java.util.List;

/** A signal's values by window, as they stand on the wire. They are understood when the whole frame is read: windows and bounds may come after them. */
interface SignalMessage {
    /** The signal's number. */
    long signal();

    /** What the signal must be. */
    Signal.Kind kind();

    /** Indices of the windows that it has values for; empty for all. */
    Longs windows();

    /** Numbers that it unpacks to, for each window. */
    default long unpacked(List<Bounds> bounds) {
        return 1;
    }

    /**
     * Puts the values where they belong.
     *
     * @param windows those of {@link #windows()}
     * @param bounds all bounds of the frame
     */
    void into(Signal signal, List<OpenWindow> windows, List<Bounds> bounds);

    /** Checks how many values there are. */
    static void expect(int values, long expected, String what) {
        if (values != expected) {
            throw FrameFormatException.invalid(values + " " + what + " where " + expected + " belong");
        }
    }
}
