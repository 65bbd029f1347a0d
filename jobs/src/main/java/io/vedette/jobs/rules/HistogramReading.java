package io.vedette.jobs.rules;

import io.vedette.model.frame.Window;
import io.vedette.model.histogram.Histogram;
import io.vedette.model.series.OverlongRequests;
import io.vedette.model.signal.Signal;
import io.vedette.model.signal.Unit;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A statistic of a histogram's observations in a window.
 *
 * @param argument the quantile's rank or the limit, where the statistic takes one; else a constant 0
 */
record HistogramReading(Source source, Statistic statistic, NumberExpr argument, long windowMillis) implements Reading {

    /** Where a histogram comes from. */
    sealed interface Source extends Serializable {
        String signalName();

        Unit unit();

        @Nullable
        Histogram of(Window window);

        /** What the engine must show for it. */
        Signal needs();
    }

    /** A signal's own histogram. */
    record Observed(Signal signal) implements Source {
        @Override
        public String signalName() {
            return signal.signalName();
        }

        @Override
        public Unit unit() {
            return signal.unit();
        }

        @Override
        public @Nullable Histogram of(Window window) {
            return window.histograms().get(signal);
        }

        @Override
        public Signal needs() {
            return signal;
        }
    }

    /** Prompt tokens that the engine had to prefill, which is what a long prompt costs: those found in the prefix cache left out. */
    record Prefilled() implements Source {
        static final String NAME = "request_prefill_tokens";

        @Override
        public String signalName() {
            return NAME;
        }

        @Override
        public Unit unit() {
            return Unit.TOKENS;
        }

        @Override
        public @Nullable Histogram of(Window window) {
            return OverlongRequests.judgedBy(window);
        }

        @Override
        public Signal needs() {
            return Signal.REQUEST_PROMPT_TOKENS;
        }
    }

    /** What can be asked of a histogram. */
    enum Statistic {
        OBSERVATIONS("observations", Takes.NOTHING),
        MEAN("mean", Takes.NOTHING),
        PER_SECOND("per_second", Takes.NOTHING),
        QUANTILE("quantile", Takes.RANK),
        LOWER("lower", Takes.RANK),
        UPPER("upper", Takes.RANK),
        SHARE_ABOVE("share_above", Takes.LIMIT),
        COUNT_ABOVE("count_above", Takes.LIMIT),
        CERTAIN_COUNT_ABOVE("certain_count_above", Takes.LIMIT);

        private final String word;
        private final Takes takes;

        Statistic(String word, Takes takes) {
            this.word = word;
            this.takes = takes;
        }

        String word() {
            return word;
        }

        Takes takes() {
            return takes;
        }

        Measure measure(Unit unit) {
            return switch (this) {
                case OBSERVATIONS, COUNT_ABOVE, CERTAIN_COUNT_ABOVE -> Measure.COUNT;
                case MEAN, QUANTILE, LOWER, UPPER -> Measure.of(unit);
                case PER_SECOND -> Measure.PER_SECOND;
                case SHARE_ABOVE -> Measure.RATIO;
            };
        }
    }

    @Override
    public double read(Scope scope) {
        Window window = scope.window(windowMillis);
        Histogram histogram = window == null ? null : source.of(window);
        double at = argument.evaluate(scope);
        if (histogram == null || window == null || Double.isNaN(at)) {
            return Double.NaN;
        }
        return switch (statistic) {
            case OBSERVATIONS -> histogram.count();
            case MEAN -> histogram.mean();
            case PER_SECOND -> window.perSecond(histogram.count());
            case QUANTILE -> histogram.quantile(at);
            case LOWER -> histogram.lower(at);
            case UPPER -> histogram.upper(at);
            case SHARE_ABOVE -> histogram.count() > 0 ? histogram.countAbove(at) / histogram.count() : Double.NaN;
            case COUNT_ABOVE -> histogram.countAbove(at);
            case CERTAIN_COUNT_ABOVE -> histogram.certainCountAbove(at);
        };
    }

    @Override
    public Needs needs() {
        return Needs.of(source.needs());
    }
}
