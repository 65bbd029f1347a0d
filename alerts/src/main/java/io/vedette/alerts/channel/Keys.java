package io.vedette.alerts.channel;

import io.vedette.model.yaml.NearestName;
import io.vedette.model.yaml.YamlValue;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A mapping of the configuration whose keys are known ones.
 *
 * @param place of the mapping, for mistakes
 */
record Keys(YamlValue place, Map<String, YamlValue> values) {
    private static final String FILE = "_file";
    private static final String ENVIRONMENT = "_env";

    static Keys of(YamlValue place, Set<String> known) {
        return new Keys(place, place.mapping(known));
    }

    /** The keys that a secret can stand under: itself, its file, its variable of the environment. */
    static Set<String> ofSecret(String key) {
        return Set.of(key, key + FILE, key + ENVIRONMENT);
    }

    static Set<String> union(Collection<Set<String>> some) {
        Set<String> all = new HashSet<>();
        some.forEach(all::addAll);
        return Set.copyOf(all);
    }

    Optional<YamlValue> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    YamlValue required(String key) {
        return get(key).orElseThrow(() -> place.mistake("'" + key + "' is missing here"));
    }

    boolean hasSecret(String key) {
        return ofSecret(key).stream().anyMatch(values::containsKey);
    }

    /** Where a secret stands, for mistakes in it. */
    YamlValue placeOfSecret(String key) {
        return get(key).or(() -> get(key + FILE))
                .or(() -> get(key + ENVIRONMENT))
                .orElse(place);
    }

    /** A secret that must be here, under exactly one of its keys. */
    Secret secret(String key) {
        Optional<YamlValue> file = get(key + FILE);
        Optional<YamlValue> variable = get(key + ENVIRONMENT);
        if (ofSecret(key).stream().filter(values::containsKey).count() != 1) {
            throw place.mistake("give one of " + key + ", " + key + FILE + " and " + key + ENVIRONMENT);
        }
        return get(key).map(text -> Secret.of(text.string()))
                .or(() -> file.map(value -> Secret.inFile(value.path())))
                .or(() -> variable.map(value -> Secret.inEnvironment(value.string())))
                .orElseThrow();
    }

    /** The same, which must be readable now. */
    Secret readableSecret(String key) {
        Secret secret = secret(key);
        try {
            secret.reveal();
        } catch (IOException e) {
            throw placeOfSecret(key).mistake(String.valueOf(e.getMessage()));
        }
        return secret;
    }

    /** A secret that may be left out. */
    Optional<Secret> optionalSecret(String key) {
        return hasSecret(key) ? Optional.of(readableSecret(key)) : Optional.empty();
    }

    /** A word that stands for something; empty where there is none. */
    <T> Optional<T> word(String key, Function<String, Optional<T>> ofWord, List<String> known) {
        return get(key).map(value -> ofWord.apply(value.string())
                .orElseThrow(() -> value.mistake(
                        "unknown " + key + " '" + value.string() + "'" + NearestName.hint(value.string(), known))));
    }
}
