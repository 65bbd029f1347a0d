package io.vedette.model.otlp;

/** How OTLP writes times and their absence. */
final class Nanos {
    /** Flag of a point that ends a series. */
    static final int NO_RECORDED_VALUE = 1;

    private static final long PER_MILLI = 1_000_000;

    private Nanos() {}

    /** Unix milliseconds of a time in nanoseconds; 0 for one that is unknown or beyond the year 2262. */
    static long toMillis(long nanos) {
        return nanos > 0 ? nanos / PER_MILLI : 0;
    }

    /** Nanoseconds of Unix milliseconds; 0 for a time that they cannot hold. */
    static long ofMillis(long millis) {
        return millis > 0 && millis <= Long.MAX_VALUE / PER_MILLI ? millis * PER_MILLI : 0;
    }
}
