package io.vedette.jobs.rules;

import io.vedette.model.yaml.NearestName;
import io.vedette.model.yaml.YamlValue;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Loads rule files, and finds all that is wrong with them. For one use. */
final class RuleLoader {
    static final Set<String> KEYS = Set.of("rules", "baselines");
    /** The name of a model that no rule and no configuration names. */
    private static final String NO_MODEL = "";

    private static final String FIRST_LINE = "a rule file begins with 'rules:'";

    private final Findings findings = new Findings();
    private final Readings readings = new Readings();
    private final RuleParser parser;
    private final Map<String, YamlValue> sources = new LinkedHashMap<>();
    private final Set<String> repeated = new HashSet<>();
    private final Map<String, Rule> rules = new LinkedHashMap<>();
    private final Map<String, Baseline> baselines = new LinkedHashMap<>();

    /** @param windows those that frames have */
    RuleLoader(List<Duration> windows) {
        this.parser = new RuleParser(new WindowNames(windows), readings, findings);
    }

    Findings findings() {
        return findings;
    }

    /** Loads rules; those that have a mistake are left out. */
    RuleSet load(List<YamlValue> files, Map<String, ModelTuning> models) {
        files.forEach(this::load);
        Map<String, ModelRules> byModel = new LinkedHashMap<>();
        rules.values().stream()
                .flatMap(rule -> rule.models().stream())
                .distinct()
                .filter(model -> !models.containsKey(model))
                .forEach(model -> byModel.put(model, untuned(model)));
        models.forEach((model, tuning) -> byModel.put(
                model,
                new ModelRules(
                        tuned(model, tuning), findings.attempt(() -> tuning.facts(baselines), ModelFacts.NONE))));
        return new RuleSet(List.copyOf(rules.values()), untuned(NO_MODEL), Map.copyOf(byModel), readings.size());
    }

    private void load(YamlValue file) {
        Map<String, YamlValue> keys =
                findings.attempt(() -> file.mapping(KEYS, findings::mistake), Map.<String, YamlValue>of());
        if (keys.isEmpty() && file.isMapping()) {
            findings.mistake(file.mistake(FIRST_LINE));
        }
        if (keys.containsKey("baselines")) {
            findings.attempt(() -> loadBaselines(keys.get("baselines")));
        }
        if (keys.containsKey("rules")) {
            loadRules(keys.get("rules"));
        }
    }

    private void loadBaselines(YamlValue ofFile) {
        Baseline.readAll(ofFile).forEach((name, baseline) -> {
            if (baselines.putIfAbsent(name, baseline) != null) {
                throw ofFile.mistake("another rule file has a baseline '" + name + "' already");
            }
        });
    }

    private void loadRules(YamlValue list) {
        for (YamlValue source : findings.attempt(list::sequence, List.<YamlValue>of())) {
            parser.parse(source, Map.of()).ifPresent(rule -> rules.putIfAbsent(rule.id(), rule));
            findings.attempt(() -> remember(source));
        }
    }

    private void remember(YamlValue source) {
        YamlValue id = source.isMapping() ? source.mapping().get("id") : null;
        YamlValue other = id == null ? null : sources.putIfAbsent(id.string(), source);
        // Files that share one id, often share many, and are many: once is enough.
        if (id != null && other != null && repeated.add(id.string())) {
            throw id.mistake("there are two rules '" + id.string() + "'; the other stands at " + other.source() + ':'
                    + other.line());
        }
    }

    private ModelRules untuned(String model) {
        return new ModelRules(wanted(rules.values(), model, ModelTuning.none()), ModelFacts.NONE);
    }

    private List<Rule> tuned(String model, ModelTuning tuning) {
        Map<String, Rule> changed = new LinkedHashMap<>(rules);
        tuning.rules()
                .forEach((id, parameters) -> findings.attempt(() -> {
                    YamlValue source = sources.get(id);
                    if (source == null) {
                        throw parameters.mistake(
                                "there is no rule '" + id + "'" + NearestName.hint(id, sources.keySet()));
                    }
                    parser.parse(source, parameters.mapping()).ifPresent(rule -> changed.replace(id, rule));
                }));
        return wanted(changed.values(), model, tuning);
    }

    private static List<Rule> wanted(Collection<Rule> rules, String model, ModelTuning tuning) {
        return rules.stream().filter(rule -> tuning.wants(rule, model)).toList();
    }
}
