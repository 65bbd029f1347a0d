package io.vedette.jobs.rules;

/** What the model's baseline expects of the class of the window's median prompt; NaN where the model has no baseline, or the median no class in it. */
record BaselineReading(Figure figure, long windowMillis) implements Reading {
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
                : baseline.of(PromptClass.median(windowMillis).read(scope))
                        .map(this::of)
                        .orElse(Double.NaN);
    }

    @Override
    public Needs needs() {
        return PromptClass.median(windowMillis).needs();
    }

    private double of(Baseline.Expected expected) {
        return switch (figure) {
            case REQUESTS_PER_SECOND -> expected.requestsPerSecond();
            case LATENCY_P95 -> expected.latencyP95Seconds();
        };
    }
}
