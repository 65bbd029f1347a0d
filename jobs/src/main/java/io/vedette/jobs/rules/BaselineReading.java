package io.vedette.jobs.rules;

import io.vedette.jobs.rules.HistogramReading.Observed;
import io.vedette.jobs.rules.HistogramReading.Statistic;
import io.vedette.model.signal.Signal;

/** What the model's baseline expects of the class of the window's median prompt; NaN where the model has no baseline, or the median no class in it. */
record BaselineReading(Figure figure, long windowMillis) implements Reading {
    private static final NumberExpr HALF = new NumberExpr.Constant(0.5);

    /** What a baseline says. */
    enum Figure {
        REQUESTS_PER_SECOND("baseline.requests_per_second", Measure.PER_SECOND),
        LATENCY_P95("baseline.e2e_request_latency_p95", Measure.SECONDS);

        private final String word;
        private final Measure measure;

        Figure(String word, Measure measure) {
            this.word = word;
            this.measure = measure;
        }

        String word() {
            return word;
        }

        Measure measure() {
            return measure;
        }
    }

    @Override
    public double read(Scope scope) {
        Baseline baseline = scope.facts().baseline();
        return baseline == null
                ? Double.NaN
                : baseline.of(median(scope)).map(this::of).orElse(Double.NaN);
    }

    private double median(Scope scope) {
        return new HistogramReading(new Observed(Signal.REQUEST_PROMPT_TOKENS), Statistic.QUANTILE, HALF, windowMillis)
                .read(scope);
    }

    @Override
    public Needs needs() {
        return Needs.of(Signal.REQUEST_PROMPT_TOKENS);
    }

    private double of(Baseline.Expected expected) {
        return switch (figure) {
            case REQUESTS_PER_SECOND -> expected.requestsPerSecond();
            case LATENCY_P95 -> expected.latencyP95Seconds();
        };
    }
}
