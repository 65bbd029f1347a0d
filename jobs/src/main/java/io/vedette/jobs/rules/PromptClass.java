package io.vedette.jobs.rules;

import io.vedette.model.signal.Signal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How long the prompts of a window are, by their median. Between the classes there is none: what is expected of one can't be expected there. */
enum PromptClass {
    /** Below 512 tokens. */
    SIMPLE("simple"),
    /** From 1,024 to 2,048 tokens. */
    MEDIUM("medium"),
    /** Above 3,000 tokens. */
    LONG("long");

    private static final NumberExpr HALF = new NumberExpr.Constant(0.5);

    private final String word;

    PromptClass(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    static List<String> words() {
        return Arrays.stream(values()).map(PromptClass::word).toList();
    }

    /** The median by which the prompts of a window are told. */
    static HistogramReading median(long windowMillis) {
        return new HistogramReading(
                new HistogramReading.Observed(Signal.REQUEST_PROMPT_TOKENS),
                HistogramReading.Statistic.QUANTILE,
                HALF,
                windowMillis);
    }

    /**
     * The class of a median.
     *
     * @param medianTokens NaN where nothing was observed
     */
    static Optional<PromptClass> of(double medianTokens) {
        if (medianTokens < 512) {
            return Optional.of(SIMPLE);
        }
        if (medianTokens >= 1_024 && medianTokens <= 2_048) {
            return Optional.of(MEDIUM);
        }
        return medianTokens > 3_000 ? Optional.of(LONG) : Optional.empty();
    }
}
