package io.vedette.jobs.rules;

import io.vedette.jobs.rules.HistogramReading.Statistic;
import io.vedette.model.alert.AlertEvent.Evidence;
import io.vedette.model.entity.EntityKind;
import java.util.ArrayList;
import java.util.List;

/** Collects the series that speak for an alert: what its rule read, with bounds where a quantile has them. */
public final class Evidences {
    private Evidences() {}

    /** What is known of some readings, in their order; readings that no series shows are left out. */
    public static List<Evidence> of(List<NumberExpr.Read> reads, Scope scope) {
        EntityKind kind = scope.situation().frame().entity().kind();
        List<Evidence> found = new ArrayList<>();
        for (NumberExpr.Read read : reads) {
            double value = read.evaluate(scope);
            if (!Double.isNaN(value)) {
                SeriesName.of(read.reading(), kind)
                        .ifPresent(series -> found.add(evidence(series, read.reading(), value, scope)));
            }
        }
        return found;
    }

    private static Evidence evidence(String series, Reading reading, double value, Scope scope) {
        return reading instanceof HistogramReading histogram && histogram.statistic() == Statistic.QUANTILE
                ? new Evidence(
                        series,
                        value,
                        bound(histogram, Statistic.LOWER, scope),
                        bound(histogram, Statistic.UPPER, scope))
                : new Evidence(series, value, value, value);
    }

    private static double bound(HistogramReading quantile, Statistic bound, Scope scope) {
        return new HistogramReading(quantile.source(), bound, quantile.argument(), quantile.windowMillis()).read(scope);
    }
}
