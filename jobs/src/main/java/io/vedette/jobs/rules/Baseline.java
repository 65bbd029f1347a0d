package io.vedette.jobs.rules;

import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.NearestName;
import io.vedette.model.yaml.YamlValue;
import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a model on healthy hardware reaches, by the length of its prompts. Immutable.
 *
 * @param expected by class; classes that it says nothing about are not judged
 */
record Baseline(Map<PromptClass, Expected> expected) implements Serializable {
    private static final String QPS = "requests_per_second";
    private static final String P95 = "e2e_request_latency_p95";

    /**
     * What is expected of prompts of a class.
     *
     * @param requestsPerSecond reached where more arrive than are served
     * @param latencyP95Seconds 95 of 100 answers take no longer
     */
    record Expected(double requestsPerSecond, double latencyP95Seconds) implements Serializable {}

    Baseline {
        expected = Map.copyOf(expected);
    }

    /** What is expected of prompts with such a median; empty where that is of no class, or of one that is not judged. */
    Optional<Expected> of(double medianTokens) {
        return PromptClass.of(medianTokens).map(expected::get);
    }

    /**
     * The value of {@code baselines} in a rule file.
     *
     * @return by name, where it stands and what it says
     * @throws ConfigurationException at the first mistake
     */
    static Map<String, Baseline> readAll(YamlValue baselines) {
        Map<String, Baseline> found = new LinkedHashMap<>();
        baselines.mapping().forEach((name, value) -> found.put(name, read(value)));
        return found;
    }

    private static Baseline read(YamlValue value) {
        Map<PromptClass, Expected> expected = new LinkedHashMap<>();
        value.mapping().forEach((word, ofClass) -> expected.put(promptClass(word, ofClass), expected(ofClass)));
        if (expected.isEmpty()) {
            throw value.mistake("a baseline says at least for one class of prompts what is expected: "
                    + String.join(", ", PromptClass.words()));
        }
        return new Baseline(expected);
    }

    private static PromptClass promptClass(String word, YamlValue where) {
        return Arrays.stream(PromptClass.values())
                .filter(c -> c.word().equals(word))
                .findFirst()
                .orElseThrow(() -> where.mistake(
                        "unknown class of prompts '" + word + "'" + NearestName.hint(word, PromptClass.words())));
    }

    private static Expected expected(YamlValue value) {
        Map<String, YamlValue> keys = value.mapping(Set.of(QPS, P95));
        return new Expected(number(value, keys, QPS), number(value, keys, P95));
    }

    private static double number(YamlValue of, Map<String, YamlValue> keys, String key) {
        YamlValue number = keys.get(key);
        if (number == null) {
            throw of.mistake("'" + key + "' is missing");
        }
        if (!(number.number() > 0)) {
            throw number.mistake(key + " is a number above 0, not " + number.string());
        }
        return number.number();
    }
}
