package io.vedette.cli.config;

import io.vedette.alerts.exposition.DerivedSettings;
import io.vedette.jobs.derive.DeriveSettings;
import io.vedette.model.entity.EntityKind;
import io.vedette.model.series.SeriesSettings;
import io.vedette.model.yaml.NearestName;
import io.vedette.model.yaml.YamlValue;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code derived:}.
 *
 * @param windows that frames have, ascending
 */
record DerivedConfiguration(List<Duration> windows, DerivedSettings settings) {
    private static final Set<String> KEYS = Set.of("windows", "quantiles", "bounds", "entities", "max_series");
    private static final int MOST_SERIES = 100_000_000;

    static DerivedConfiguration read(Optional<YamlValue> derived) {
        return derived.map(value -> read(new Section(value, KEYS)))
                .orElseGet(() -> new DerivedConfiguration(SeriesSettings.DEFAULT_WINDOWS, DerivedSettings.DEFAULT));
    }

    private static DerivedConfiguration read(Section derived) {
        SeriesSettings usual = SeriesSettings.DEFAULT;
        List<Duration> windows =
                derived.get("windows").map(DerivedConfiguration::windows).orElse(SeriesSettings.DEFAULT_WINDOWS);
        SeriesSettings series = derived.build(() -> new SeriesSettings(
                windows,
                derived.get("quantiles").map(DerivedConfiguration::quantiles).orElse(usual.quantiles()),
                derived.get("bounds").map(YamlValue::bool).orElse(usual.bounds()),
                derived.get("entities").map(DerivedConfiguration::entities).orElse(usual.entities()),
                false));
        int maxSeries = derived.get("max_series")
                .map(most -> most.integer(1, MOST_SERIES))
                .orElse(DerivedSettings.DEFAULT_MAX_SERIES);
        return new DerivedConfiguration(windows, new DerivedSettings(series, maxSeries));
    }

    private static List<Duration> windows(YamlValue list) {
        List<Duration> windows = list.sequence().stream()
                .map(DerivedConfiguration::window)
                .distinct()
                .sorted()
                .toList();
        var unused = Section.at(list, () -> new DeriveSettings(windows, Map.of()));
        return windows;
    }

    private static Duration window(YamlValue value) {
        Duration window = value.duration();
        try {
            var unused = new DeriveSettings(List.of(window), Map.of());
        } catch (IllegalArgumentException e) {
            throw value.mistake("a window is a multiple of 5s up to 1h, such as 1m, not " + value.string());
        }
        return window;
    }

    private static List<Double> quantiles(YamlValue list) {
        return list.sequence().stream().map(DerivedConfiguration::quantile).toList();
    }

    private static double quantile(YamlValue value) {
        if (!(value.number() >= 0 && value.number() <= 1)) {
            throw value.mistake("a quantile lies from 0 to 1, such as 0.95, not " + value.string());
        }
        return value.number();
    }

    private static Set<EntityKind> entities(YamlValue list) {
        Set<EntityKind> kinds = EnumSet.noneOf(EntityKind.class);
        for (YamlValue word : list.sequence()) {
            kinds.add(EntityKind.faces().stream()
                    .filter(kind -> kind.word().equals(word.string()))
                    .findFirst()
                    .orElseThrow(() -> word.mistake("unknown entity '" + word.string() + "'" + known(word.string()))));
        }
        return kinds;
    }

    private static String known(String word) {
        return NearestName.hint(
                word, EntityKind.faces().stream().map(EntityKind::word).toList());
    }
}
