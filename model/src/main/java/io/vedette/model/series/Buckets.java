package io.vedette.model.series;

import io.vedette.model.histogram.Histogram;

/** A histogram as Prometheus has it: how much was observed at or below each bound. */
final class Buckets {
    /** Replicas of other bounds can make a model's histogram long; then some bounds are left out, which makes no count wrong. */
    static final int MOST = 60;

    /** Takes one bucket. */
    @FunctionalInterface
    interface Visitor {
        /**
         * One bucket.
         *
         * @param bound in the signal's unit; +Inf last
         * @param count observations at or below it, those of the buckets below included
         */
        void bucket(double bound, double count);
    }

    private Buckets() {}

    /** Visits the buckets by ascending bound. */
    static void visit(Histogram histogram, Visitor visitor) {
        double[] bounds = histogram.bounds();
        int step = Math.max(1, (bounds.length + MOST - 1) / MOST);
        for (int i = step - 1; i < bounds.length; i += step) {
            visitor.bucket(bounds[i], histogram.countAtOrBelow(bounds[i]));
        }
        visitor.bucket(Double.POSITIVE_INFINITY, histogram.count());
    }
}
