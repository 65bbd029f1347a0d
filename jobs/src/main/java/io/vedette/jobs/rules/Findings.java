package io.vedette.jobs.rules;

import io.vedette.model.yaml.ConfigurationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Gathers what is wrong with rules, so that a user is told all of it at once: mistakes, with which rules cannot run, and doubts, with which they can,
 * though hardly as they were meant. Each is kept once. Not thread-safe.
 */
final class Findings {
    private final Map<String, ConfigurationException> mistakes = new LinkedHashMap<>();
    private final Map<String, ConfigurationException> doubts = new LinkedHashMap<>();

    void mistake(ConfigurationException mistake) {
        mistakes.putIfAbsent(mistake.getMessage(), mistake);
    }

    void doubt(ConfigurationException doubt) {
        doubts.putIfAbsent(doubt.getMessage(), doubt);
    }

    /** What a part gives; where it has a mistake, something else to carry on with. */
    <T> T attempt(Supplier<T> part, T otherwise) {
        try {
            return part.get();
        } catch (ConfigurationException e) {
            mistake(e);
            return otherwise;
        }
    }

    void attempt(Runnable part) {
        try {
            part.run();
        } catch (ConfigurationException e) {
            mistake(e);
        }
    }

    /** How many mistakes there are so far. */
    int mistakeCount() {
        return mistakes.size();
    }

    /** In the order of their places. */
    List<ConfigurationException> mistakes() {
        return sorted(mistakes);
    }

    /** In the order of their places. */
    List<ConfigurationException> doubts() {
        return sorted(doubts);
    }

    private static List<ConfigurationException> sorted(Map<String, ConfigurationException> found) {
        return found.values().stream().sorted(ConfigurationException.byPlace()).toList();
    }

    /** Throws the first mistake, and says how to see the others. */
    void requireNone() {
        if (!mistakes.isEmpty()) {
            List<ConfigurationException> all = mistakes();
            ConfigurationException first = all.get(0);
            throw all.size() == 1
                    ? first
                    : first.with("; and " + (all.size() - 1) + " more: ./vedette rules check " + first.source());
        }
    }
}
