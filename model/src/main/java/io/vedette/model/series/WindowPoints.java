package io.vedette.model.series;

import io.vedette.model.yaml.PrometheusDuration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Labels of the values in a window, made once. Thread-safe. */
final class WindowPoints {
    /** Other values of labels than these many first ones get labels anew each time: engines have few, but it is their word. */
    private static final int MOST_KEPT = 256;

    private final Labels window;
    private final double[] quantiles;
    private final Labels[] byQuantile;
    private final Map<String, Labels> byLabel = new ConcurrentHashMap<>();

    WindowPoints(Duration window, List<Double> quantiles) {
        this.window = Labels.of(Map.of("window", PrometheusDuration.format(window)));
        this.quantiles = quantiles.stream().mapToDouble(Double::doubleValue).toArray();
        this.byQuantile = quantiles.stream()
                .map(q -> this.window.and(Labels.of(Map.of("quantile", SeriesNumber.format(q)))))
                .toArray(Labels[]::new);
    }

    /** Of what has no other label. */
    Labels window() {
        return window;
    }

    int quantiles() {
        return quantiles.length;
    }

    double quantile(int index) {
        return quantiles[index];
    }

    Labels ofQuantile(int index) {
        return byQuantile[index];
    }

    /** Of what was observed at or below a bound. */
    Labels ofBound(double bound) {
        return of("le", SeriesNumber.format(bound));
    }

    /** Of one value of a label besides the window. */
    Labels of(String label, String value) {
        String key = label + '=' + value;
        Labels kept = byLabel.get(key);
        if (kept != null) {
            return kept;
        }
        Labels made = window.and(Labels.of(Map.of(label, value)));
        if (byLabel.size() < MOST_KEPT) {
            byLabel.put(key, made);
        }
        return made;
    }
}
