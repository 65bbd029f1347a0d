package io.vedette.jobs.rules;

import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.NearestName;
import io.vedette.model.yaml.YamlValue;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the configuration says is normal for one model. Immutable. */
public final class ModelTuning {
    /** The keys of an entry under {@code models}. */
    public static final Set<String> KEYS = Set.of("profile", "prompt_limit", "min_replicas", "baseline", "parameters");

    private static final int MOST_REPLICAS = 100_000;

    private final Profile profile;
    private final Map<String, YamlValue> rules;
    private final boolean limitsPrompts;
    private final double minReplicas;
    private final @Nullable YamlValue baseline;

    private ModelTuning(
            Profile profile,
            Map<String, YamlValue> rules,
            boolean limitsPrompts,
            double minReplicas,
            @Nullable YamlValue baseline) {
        this.profile = profile;
        this.rules = Collections.unmodifiableMap(rules);
        this.limitsPrompts = limitsPrompts;
        this.minReplicas = minReplicas;
        this.baseline = baseline;
    }

    /** A model that the configuration says nothing about. */
    public static ModelTuning none() {
        return new ModelTuning(Profile.INTERACTIVE, Map.of(), false, Double.NaN, null);
    }

    /**
     * The configuration of a model. Whether the rules have its parameters and baseline is said by {@link RuleSet#load}.
     *
     * @throws ConfigurationException when it is not of the right form
     */
    public static ModelTuning of(YamlValue entry) {
        Map<String, YamlValue> keys = entry.mapping(KEYS);
        YamlValue minReplicas = keys.get("min_replicas");
        return new ModelTuning(
                profile(keys.get("profile")),
                parameters(keys.get("parameters")),
                keys.containsKey("prompt_limit"),
                minReplicas == null ? Double.NaN : minReplicas.integer(1, MOST_REPLICAS),
                keys.get("baseline"));
    }

    /**
     * The values of {@code profile} and {@code parameters} of an entry under {@code models}.
     *
     * @param profile null for interactive
     * @param parameters by rule and parameter; null for none
     * @throws ConfigurationException when they are not of the right form
     */
    public static ModelTuning of(@Nullable YamlValue profile, @Nullable YamlValue parameters) {
        return new ModelTuning(profile(profile), parameters(parameters), false, Double.NaN, null);
    }

    private static Map<String, YamlValue> parameters(@Nullable YamlValue parameters) {
        return parameters == null ? Map.of() : new LinkedHashMap<>(parameters.mapping());
    }

    private static Profile profile(@Nullable YamlValue word) {
        if (word == null) {
            return Profile.INTERACTIVE;
        }
        return Profile.ofWord(word.string())
                .orElseThrow(() -> word.mistake("unknown profile '" + word.string() + "'"
                        + NearestName.hint(
                                word.string(),
                                Arrays.stream(Profile.values())
                                        .map(Profile::word)
                                        .toList())));
    }

    public Profile profile() {
        return profile;
    }

    /** Parameters by rule, each a mapping from name to number. */
    public Map<String, YamlValue> rules() {
        return rules;
    }

    /**
     * What rules read of the model's configuration.
     *
     * @throws ConfigurationException when it names a baseline that there is not
     */
    ModelFacts facts(Map<String, Baseline> baselines) {
        if (baseline == null) {
            return new ModelFacts(minReplicas, null);
        }
        Baseline named = baselines.get(baseline.string());
        if (named == null) {
            throw baseline.mistake("there is no baseline '" + baseline.string() + "'"
                    + (baselines.isEmpty()
                            ? "; the rule files have none"
                            : NearestName.hint(baseline.string(), baselines.keySet())));
        }
        return new ModelFacts(minReplicas, named);
    }

    /**
     * Whether a rule is for the model: its profile has it, or the configuration says for this very model by what it judges. Who sets a limit wants to
     * be told, whatever the profile.
     */
    boolean wants(Rule rule) {
        return rule.profiles().contains(profile)
                || rules.containsKey(rule.id())
                || (limitsPrompts && rule.reads(new Reading.OfEntity(Reading.Property.PROMPT_LIMIT)));
    }
}
