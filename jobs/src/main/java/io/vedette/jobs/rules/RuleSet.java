package io.vedette.jobs.rules;

import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.NearestName;
import io.vedette.model.yaml.YamlValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All rules, as they are for each model. Immutable; serializable, so that nothing is parsed where it is evaluated. */
public final class RuleSet implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Set<String> FILE_KEYS = Set.of("rules", "baselines");
    private static final String BUILT_IN = "rules/default.yaml";

    private final List<Rule> rules;
    private final List<Rule> usual;
    private final Map<String, List<Rule>> byModel;
    private final Map<String, ModelFacts> facts;
    private final int slots;

    private RuleSet(
            List<Rule> rules,
            List<Rule> usual,
            Map<String, List<Rule>> byModel,
            Map<String, ModelFacts> facts,
            int slots) {
        this.rules = rules;
        this.usual = usual;
        this.byModel = byModel;
        this.facts = facts;
        this.slots = slots;
    }

    /**
     * Loads rules.
     *
     * @param files the documents of rule files, see {@link #file} and {@link #builtIn}
     * @param windows those that frames have: {@code derived.windows}
     * @param models what is normal for each model, by its name
     * @throws ConfigurationException at the first mistake, naming file and line, what is wrong and what to write instead
     */
    public static RuleSet load(List<YamlValue> files, List<Duration> windows, Map<String, ModelTuning> models) {
        Readings readings = new Readings();
        RuleParser parser = new RuleParser(new WindowNames(windows), readings);
        Map<String, YamlValue> sources = sources(files);
        Map<String, Rule> rules = new LinkedHashMap<>();
        sources.forEach((id, source) -> rules.put(id, parser.parse(source, Map.of())));
        Map<String, Baseline> baselines = baselines(files);
        Map<String, List<Rule>> byModel = new LinkedHashMap<>();
        Map<String, ModelFacts> facts = new LinkedHashMap<>();
        models.forEach((model, tuning) -> {
            byModel.put(model, tuned(rules, sources, tuning, parser));
            facts.put(model, tuning.facts(baselines));
        });
        return new RuleSet(
                List.copyOf(rules.values()),
                wanted(rules.values(), ModelTuning.none()),
                Map.copyOf(byModel),
                Map.copyOf(facts),
                readings.size());
    }

    private static Map<String, YamlValue> sources(List<YamlValue> files) {
        Map<String, YamlValue> sources = new LinkedHashMap<>();
        for (YamlValue file : files) {
            Map<String, YamlValue> keys = file.mapping(FILE_KEYS);
            if (keys.isEmpty()) {
                throw file.mistake("a rule file begins with 'rules:'");
            }
            YamlValue list = keys.get("rules");
            for (YamlValue source : list == null ? List.<YamlValue>of() : list.sequence()) {
                YamlValue id = source.mapping(RuleParser.KEYS).get("id");
                if (id == null) {
                    throw source.mistake("a rule needs an 'id'");
                }
                YamlValue other = sources.putIfAbsent(id.string(), source);
                if (other != null) {
                    throw id.mistake("there are two rules '" + id.string() + "'; the other stands at " + other.source()
                            + ':' + other.line());
                }
            }
        }
        return sources;
    }

    private static Map<String, Baseline> baselines(List<YamlValue> files) {
        Map<String, Baseline> baselines = new LinkedHashMap<>();
        for (YamlValue file : files) {
            YamlValue ofFile = file.mapping(FILE_KEYS).get("baselines");
            if (ofFile != null) {
                Baseline.readAll(ofFile).forEach((name, baseline) -> {
                    if (baselines.put(name, baseline) != null) {
                        throw ofFile.mistake("another rule file has a baseline '" + name + "' already");
                    }
                });
            }
        }
        return baselines;
    }

    private static List<Rule> tuned(
            Map<String, Rule> rules, Map<String, YamlValue> sources, ModelTuning tuning, RuleParser parser) {
        Map<String, Rule> changed = new LinkedHashMap<>(rules);
        tuning.rules().forEach((id, parameters) -> {
            YamlValue source = sources.get(id);
            if (source == null) {
                throw parameters.mistake("there is no rule '" + id + "'" + NearestName.hint(id, sources.keySet()));
            }
            changed.put(id, parser.parse(source, parameters.mapping()));
        });
        return wanted(changed.values(), tuning);
    }

    private static List<Rule> wanted(Collection<Rule> rules, ModelTuning tuning) {
        return rules.stream().filter(tuning::wants).toList();
    }

    /**
     * Reads a rule file.
     *
     * @throws ConfigurationException when it cannot be read, is empty or no YAML
     */
    public static YamlValue file(Path path) {
        return YamlValue.read(path)
                .orElseThrow(() -> new ConfigurationException(
                        path.toString(), "the file is empty; a rule file begins with 'rules:'"));
    }

    /** The rules that come with Vedette: the file {@code rules/default.yaml} of the release. */
    public static YamlValue builtIn() {
        try (InputStream in = RuleSet.class.getClassLoader().getResourceAsStream(BUILT_IN)) {
            if (in == null) {
                throw new IllegalStateException("the release lacks " + BUILT_IN);
            }
            return YamlValue.parse(BUILT_IN, new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All rules as they stand in the files, in their order. */
    public List<Rule> rules() {
        return rules;
    }

    /** The rules for a model: those of its profile, with its parameters. */
    public List<Rule> of(String modelName) {
        return byModel.getOrDefault(modelName, usual);
    }

    /** What the configuration says of a model. */
    public ModelFacts facts(String modelName) {
        return facts.getOrDefault(modelName, ModelFacts.NONE);
    }

    /** Size of a {@link Scope}. */
    public int slots() {
        return slots;
    }
}
