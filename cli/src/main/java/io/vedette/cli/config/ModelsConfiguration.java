package io.vedette.cli.config;

import io.vedette.jobs.rules.ModelTuning;
import io.vedette.model.yaml.YamlValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code models:}.
 *
 * @param promptLimits in tokens, by model
 * @param tunings profile and parameters, by model
 */
public record ModelsConfiguration(Map<String, Double> promptLimits, Map<String, ModelTuning> tunings) {

    public ModelsConfiguration {
        promptLimits = Map.copyOf(promptLimits);
        tunings = Map.copyOf(tunings);
    }

    /** Reads the mapping from models to what is normal for them. */
    public static ModelsConfiguration read(Optional<YamlValue> models) {
        Map<String, Double> promptLimits = new LinkedHashMap<>();
        Map<String, ModelTuning> tunings = new LinkedHashMap<>();
        models.ifPresent(all -> all.mapping().forEach((name, value) -> {
            Section model = new Section(value, ModelTuning.KEYS);
            model.get("prompt_limit").ifPresent(limit -> promptLimits.put(name, tokens(limit)));
            tunings.put(name, ModelTuning.of(value));
        }));
        return new ModelsConfiguration(promptLimits, tunings);
    }

    private static double tokens(YamlValue limit) {
        if (!(limit.number() > 0)) {
            throw limit.mistake("prompt_limit is a number of tokens above 0, not " + limit.string());
        }
        return limit.number();
    }
}
