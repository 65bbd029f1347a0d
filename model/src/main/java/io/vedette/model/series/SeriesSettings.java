package io.vedette.model.series;

import io.vedette.model.entity.EntityKind;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Which derived series are wanted.
 *
 * @param windows those to show, of the ones that frames have
 * @param quantiles from 0 to 1
 * @param bounds whether to show {@code _lower_} and {@code _upper_} too
 * @param entities whose series are wanted
 * @param lean whether replicas show the lean set alone: windows 1m and 5m where wanted; of the histograms only quantiles 0.5 and 0.95, mean and
 *     observations of end-to-end latency, time to first token, inter-token latency, queue time and prompt tokens
 */
public record SeriesSettings(
        List<Duration> windows, List<Double> quantiles, boolean bounds, Set<EntityKind> entities, boolean lean) {
    public static final List<Duration> DEFAULT_WINDOWS =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(10));

    public static final SeriesSettings DEFAULT =
            new SeriesSettings(DEFAULT_WINDOWS, List.of(0.5, 0.95, 0.99), false, Set.copyOf(EntityKind.faces()), false);

    private static final List<Duration> LEAN_WINDOWS = List.of(Duration.ofMinutes(1), Duration.ofMinutes(5));
    private static final List<Double> LEAN_QUANTILES = List.of(0.5, 0.95);

    public SeriesSettings {
        for (Duration window : windows) {
            if (!(window.toMillis() > 0)) {
                throw new IllegalArgumentException("a window must be longer than nothing: " + window);
            }
        }
        for (double quantile : quantiles) {
            if (!(quantile >= 0 && quantile <= 1)) {
                throw new IllegalArgumentException("a quantile lies from 0 to 1: " + quantile);
            }
        }
        windows = windows.stream().distinct().sorted().toList();
        quantiles = quantiles.stream().distinct().sorted().toList();
        entities = Set.copyOf(entities);
    }

    /** All that {@code replay --derived} writes: bounds, and the quantiles 0.5, 0.9, 0.95 and 0.99. */
    public static SeriesSettings ofReplay(List<Duration> windows) {
        return new SeriesSettings(windows, List.of(0.5, 0.9, 0.95, 0.99), true, Set.copyOf(EntityKind.faces()), false);
    }

    /** The same, but with the lean set for replicas. */
    public SeriesSettings leanly() {
        return new SeriesSettings(windows, quantiles, bounds, entities, true);
    }

    /** Whether series of a kind of entity are wanted. */
    boolean wants(EntityKind kind) {
        return entities.contains(kind.face());
    }

    boolean isLean(EntityKind kind) {
        return lean && kind == EntityKind.REPLICA;
    }

    List<Duration> windowsOf(EntityKind kind) {
        return isLean(kind) ? windows.stream().filter(LEAN_WINDOWS::contains).toList() : windows;
    }

    List<Double> quantilesOf(EntityKind kind) {
        return isLean(kind) ? LEAN_QUANTILES : quantiles;
    }
}
