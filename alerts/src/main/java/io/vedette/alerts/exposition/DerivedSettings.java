package io.vedette.alerts.exposition;

import io.vedette.model.entity.EntityKind;
import io.vedette.model.series.DerivedSeries;
import io.vedette.model.series.SeriesSettings;

/**
 * What {@code /metrics} shows of the derived series.
 *
 * @param series those that are wanted
 * @param maxSeries when the entities at hand could have more than this many, replicas show the lean set alone
 */
public record DerivedSettings(SeriesSettings series, int maxSeries) {
    public static final int DEFAULT_MAX_SERIES = 100_000;

    public static final DerivedSettings DEFAULT = new DerivedSettings(SeriesSettings.DEFAULT, DEFAULT_MAX_SERIES);

    public DerivedSettings {
        if (maxSeries < 1) {
            throw new IllegalArgumentException("max_series must be 1 or more: " + maxSeries);
        }
    }

    /** How many series so many replicas of one model could have: at the least what is to be expected of as many targets. */
    public long mostSeries(int replicas) {
        DerivedSeries all = DerivedSeries.of(series);
        return (long) replicas * all.mostPerEntity(EntityKind.REPLICA) + all.mostPerEntity(EntityKind.MODEL);
    }
}
