package io.vedette.jobs.rules;

/**
 * Whether the median prompt of a window is of a class: 1 or 0; NaN where it is of none.
 *
 * @param word of a {@link PromptClass}
 */
record PromptClassReading(String word, long windowMillis) implements Reading {
    /** What the class is told by. */
    HistogramReading median() {
        return PromptClass.median(windowMillis);
    }

    @Override
    public double read(Scope scope) {
        return PromptClass.of(median().read(scope))
                .map(found -> found.word().equals(word) ? 1.0 : 0.0)
                .orElse(Double.NaN);
    }

    @Override
    public Needs needs() {
        return median().needs();
    }
}
