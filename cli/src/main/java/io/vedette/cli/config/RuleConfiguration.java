package io.vedette.cli.config;

import io.vedette.jobs.rules.RuleSet;
import io.vedette.model.series.SeriesSettings;
import io.vedette.model.yaml.YamlValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a configuration says about rules.
 *
 * @param files documents of the rule files
 * @param windows that frames have
 */
public record RuleConfiguration(List<YamlValue> files, List<Duration> windows, ModelsConfiguration models) {
    /** The shipped rules as they are without a configuration. */
    public static final RuleConfiguration SHIPPED = new RuleConfiguration(
            List.of(RuleSet.builtIn()), SeriesSettings.DEFAULT_WINDOWS, ModelsConfiguration.read(Optional.empty()));

    public RuleConfiguration {
        files = List.copyOf(files);
        windows = List.copyOf(windows);
    }

    /** Loads the rules, or throws their first mistake. */
    public RuleSet load() {
        return RuleSet.load(files, windows, models.tunings());
    }
}
