package io.vedette.jobs.rules;

import io.vedette.model.frame.Window;
import io.vedette.model.series.Failures;
import io.vedette.model.series.OverlongRequests;
import io.vedette.model.signal.Signal;

/** A ready-made signal: the value of the derived series of the same name. */
record OutcomeReading(Outcome outcome, long windowMillis) implements Reading {
    /** Series that are worked out from several signals. */
    enum Outcome {
        REQUESTS_PER_SECOND("requests_per_second", Measure.PER_SECOND),
        REQUEST_FAILURE_RATIO("request_failure_ratio", Measure.RATIO),
        OVERLONG_REQUEST_RATIO("overlong_request_ratio", Measure.RATIO),
        PREFIX_CACHE_HIT_RATIO("prefix_cache_hit_ratio", Measure.RATIO);

        private final String word;
        private final Measure measure;

        Outcome(String word, Measure measure) {
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
        Window window = scope.window(windowMillis);
        if (window == null) {
            return Double.NaN;
        }
        return switch (outcome) {
            case REQUESTS_PER_SECOND ->
                window.perSecond(window.growthOf(Signal.FINISHED_REQUESTS, "stop")
                        + window.growthOf(Signal.FINISHED_REQUESTS, "length")
                        + window.growthOf(Signal.FINISHED_REQUESTS, "repetition"));
            case REQUEST_FAILURE_RATIO -> Failures.ratio(window);
            case OVERLONG_REQUEST_RATIO ->
                OverlongRequests.ratio(window, scope.situation().frame().promptLimit());
            case PREFIX_CACHE_HIT_RATIO -> hitRatio(window);
        };
    }

    private static double hitRatio(Window window) {
        double queries = window.growthOf(Signal.PREFIX_CACHE_QUERIES);
        return queries > 0 ? window.growthOf(Signal.PREFIX_CACHE_HITS) / queries : Double.NaN;
    }

    @Override
    public Needs needs() {
        return switch (outcome) {
            case REQUESTS_PER_SECOND, REQUEST_FAILURE_RATIO -> Needs.of(Signal.FINISHED_REQUESTS);
            case OVERLONG_REQUEST_RATIO -> Needs.of(Signal.REQUEST_PROMPT_TOKENS);
            case PREFIX_CACHE_HIT_RATIO -> Needs.of(Signal.PREFIX_CACHE_QUERIES, Signal.PREFIX_CACHE_HITS);
        };
    }
}
