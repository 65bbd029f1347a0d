package io.vedette.cli.rules;

import io.vedette.jobs.rules.Level;
import io.vedette.jobs.rules.ModelTuning;
import io.vedette.jobs.rules.Rule;
import io.vedette.model.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A rule, and where its parts come from. Immutable.
 *
 * @param source where it stands
 * @param shared parameters of all its levels
 * @param levels by falling severity
 */
record ListedRule(Rule rule, YamlValue source, List<ListedParameter> shared, List<ListedLevel> levels) {
    /** A level with the parameters that are its own. */
    record ListedLevel(Level level, List<ListedParameter> parameters) {}

    /** A number with a name, and what models have instead. */
    record ListedParameter(String name, YamlValue value, Map<String, YamlValue> byModel) {}

    ListedRule {
        shared = List.copyOf(shared);
        levels = List.copyOf(levels);
    }

    /** @param source of a rule that has no mistake */
    static ListedRule of(Rule rule, YamlValue source, Map<String, ModelTuning> models) {
        Map<String, YamlValue> keys = source.mapping();
        Map<String, Map<String, YamlValue>> overrides = new TreeMap<>();
        models.forEach((model, tuning) -> Optional.ofNullable(tuning.rules().get(rule.id()))
                .ifPresent(parameters -> overrides.put(model, parameters.mapping())));
        List<ListedLevel> levels = new ArrayList<>();
        for (Level level : rule.levels()) {
            levels.add(new ListedLevel(
                    level, keys.containsKey("levels") ? parameters(level(keys, level), overrides) : List.of()));
        }
        return new ListedRule(rule, source, parameters(keys, overrides), levels);
    }

    private static Map<String, YamlValue> level(Map<String, YamlValue> rule, Level level) {
        return Optional.ofNullable(rule.get("levels")).stream()
                .flatMap(levels -> levels.sequence().stream())
                .map(YamlValue::mapping)
                .filter(keys -> Optional.ofNullable(keys.get("severity"))
                        .filter(word -> word.string().equals(level.severity().word()))
                        .isPresent())
                .findFirst()
                .orElseThrow();
    }

    private static List<ListedParameter> parameters(
            Map<String, YamlValue> keys, Map<String, Map<String, YamlValue>> overrides) {
        List<ListedParameter> parameters = new ArrayList<>();
        Optional.ofNullable(keys.get("parameters"))
                .ifPresent(written -> written.mapping().forEach((name, value) -> {
                    Map<String, YamlValue> byModel = new TreeMap<>();
                    overrides.forEach((model, own) -> {
                        YamlValue other = own.get(name);
                        if (other != null) {
                            byModel.put(model, other);
                        }
                    });
                    parameters.add(new ListedParameter(name, value, byModel));
                }));
        return parameters;
    }
}
