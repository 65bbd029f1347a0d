package io.vedette.alerts.exposition;

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
}
