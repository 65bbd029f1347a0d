package io.vedette.jobs.rules;

import io.vedette.jobs.rules.HistogramReading.Prefilled;
import io.vedette.jobs.rules.HistogramReading.Statistic;
import io.vedette.jobs.rules.OutcomeReading.Outcome;
import io.vedette.model.alert.AlertEvent.Evidence;
import io.vedette.model.entity.EntityKind;
import io.vedette.model.signal.Signal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects the series that speak for an alert: what its rule read, with bounds where a quantile has them. */
public final class Evidences {
    private Evidences() {}

    /** The series behind some readings, each once, in their order; those that are unknown, and readings that no series shows, are left out. */
    public static List<Evidence> of(List<NumberExpr.Read> reads, Scope scope) {
        EntityKind kind = scope.situation().frame().entity().kind();
        Set<Reading> shown = new LinkedHashSet<>();
        reads.forEach(read -> shown.add(shown(read.reading())));
        List<Evidence> found = new ArrayList<>();
        for (Reading reading : shown) {
            double value = reading.read(scope);
            if (!Double.isNaN(value)) {
                SeriesName.of(reading, kind).ifPresent(series -> found.add(evidence(series, reading, value, scope)));
            }
        }
        return found;
    }

    /** What a series shows of the same thing: rates for growth, the quantile for its bounds, the share for what is overlong. */
    private static Reading shown(Reading reading) {
        if (reading instanceof Reading.CounterOver counter && counter.signal() != Signal.XID_EVENTS) {
            return new Reading.CounterOver(counter.signal(), counter.dimension(), true, counter.windowMillis());
        }
        if (reading instanceof FailureReading failures) {
            return failures.source() == null
                    ? new OutcomeReading(Outcome.REQUEST_FAILURE_RATIO, failures.windowMillis())
                    : new FailureReading(failures.source(), true, failures.windowMillis());
        }
        if (reading instanceof Reading.OfEntity property && property.property() == Reading.Property.DOWN_AGE) {
            return new Reading.OfEntity(Reading.Property.UP);
        }
        if (reading instanceof PromptClassReading promptClass) {
            return promptClass.median();
        }
        return reading instanceof HistogramReading histogram ? shown(histogram) : reading;
    }

    private static Reading shown(HistogramReading reading) {
        boolean prefilled = reading.source() instanceof Prefilled;
        return switch (reading.statistic()) {
            case SHARE_ABOVE, COUNT_ABOVE, CERTAIN_COUNT_ABOVE ->
                prefilled ? new OutcomeReading(Outcome.OVERLONG_REQUEST_RATIO, reading.windowMillis()) : reading;
            case LOWER, UPPER -> with(reading, Statistic.QUANTILE);
            case OBSERVATIONS ->
                prefilled
                        ? new HistogramReading(
                                new HistogramReading.Observed(Signal.REQUEST_PROMPT_TOKENS),
                                reading.statistic(),
                                reading.argument(),
                                reading.windowMillis())
                        : reading;
            case QUANTILE, MEAN, PER_SECOND -> reading;
        };
    }

    private static HistogramReading with(HistogramReading reading, Statistic statistic) {
        return new HistogramReading(reading.source(), statistic, reading.argument(), reading.windowMillis());
    }

    private static Evidence evidence(String series, Reading reading, double value, Scope scope) {
        return reading instanceof HistogramReading histogram && histogram.statistic() == Statistic.QUANTILE
                ? new Evidence(
                        series,
                        value,
                        with(histogram, Statistic.LOWER).read(scope),
                        with(histogram, Statistic.UPPER).read(scope))
                : new Evidence(series, value, value, value);
    }
}
