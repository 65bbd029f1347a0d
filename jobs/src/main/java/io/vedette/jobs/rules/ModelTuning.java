package io.vedette.jobs.rules;

import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.NearestName;
import io.vedette.model.yaml.YamlValue;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the configuration says is normal for one model. Immutable. */
public final class ModelTuning {
    private final Profile profile;
    private final Map<String, YamlValue> rules;

    private ModelTuning(Profile profile, Map<String, YamlValue> rules) {
        this.profile = profile;
        this.rules = Collections.unmodifiableMap(rules);
    }

    /** A model that the configuration says nothing about. */
    public static ModelTuning none() {
        return new ModelTuning(Profile.INTERACTIVE, Map.of());
    }

    /**
     * The values of {@code profile} and {@code parameters} of an entry under {@code models}. Whether the rules have such parameters is said by
     * {@link RuleSet#load}.
     *
     * @param profile null for interactive
     * @param parameters by rule and parameter; null for none
     * @throws ConfigurationException when they are not of the right form
     */
    public static ModelTuning of(@Nullable YamlValue profile, @Nullable YamlValue parameters) {
        return new ModelTuning(
                profile == null ? Profile.INTERACTIVE : profile(profile),
                parameters == null ? Map.of() : new LinkedHashMap<>(parameters.mapping()));
    }

    static Profile profile(YamlValue word) {
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
}
