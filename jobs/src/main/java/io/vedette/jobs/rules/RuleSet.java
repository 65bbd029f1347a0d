package io.vedette.jobs.rules;

import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.YamlValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** All rules, as they are for each model. Immutable; serializable, so that nothing is parsed where it is evaluated. */
public final class RuleSet implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String BUILT_IN = "rules/default.yaml";

    private final List<Rule> rules;
    private final ModelRules usual;
    private final Map<String, ModelRules> byModel;
    private final int slots;

    /** @param usual for models that the configuration says nothing about */
    RuleSet(List<Rule> rules, ModelRules usual, Map<String, ModelRules> byModel, int slots) {
        this.rules = rules;
        this.usual = usual;
        this.byModel = byModel;
        this.slots = slots;
    }

    /**
     * Loads rules.
     *
     * @param files the documents of rule files, see {@link #file} and {@link #builtIn}
     * @param windows those that frames have: {@code derived.windows}
     * @param models what is normal for each model, by its name
     * @throws ConfigurationException the first mistake, naming file, line and column, what is wrong and what to write instead
     */
    public static RuleSet load(List<YamlValue> files, List<Duration> windows, Map<String, ModelTuning> models) {
        RuleLoader loader = new RuleLoader(windows);
        RuleSet rules = loader.load(files, models);
        loader.findings().requireNone();
        return rules;
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

    /** The rules for a model. */
    public ModelRules of(String modelName) {
        return byModel.getOrDefault(modelName, usual);
    }

    /** Whether most of other rules are among these, by their ids. */
    public boolean hasMostOf(RuleSet others) {
        Set<String> ids = rules.stream().map(Rule::id).collect(Collectors.toSet());
        long shared =
                others.rules.stream().filter(rule -> ids.contains(rule.id())).count();
        return shared * 2 > others.rules.size();
    }

    /** The models that a rule or the configuration names. */
    public Set<String> namedModels() {
        return byModel.keySet();
    }

    /** Size of a {@link Scope}. */
    public int slots() {
        return slots;
    }
}
