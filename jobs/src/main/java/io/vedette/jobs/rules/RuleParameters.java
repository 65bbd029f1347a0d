package io.vedette.jobs.rules;

import io.vedette.model.yaml.NearestName;
import io.vedette.model.yaml.YamlValue;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a rule and of its levels, each name once, so that a model's configuration can say which it means. For one rule; not thread-safe.
 */
final class RuleParameters {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
    private static final Set<String> RESERVED = Set.of("true", "false", "null", "in", "as", "for", "if", "else", "let");

    private final Map<String, YamlValue> overrides;
    private final Findings findings;
    private final Map<String, YamlValue> written = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();

    /** @param overrides what a model has instead, by name */
    RuleParameters(Map<String, YamlValue> overrides, Findings findings) {
        this.overrides = overrides;
        this.findings = findings;
    }

    /** Reads those of the rule or of one level; null where there are none. Gives them together with those of the rule. */
    Map<String, Parameter> read(@Nullable YamlValue source, Map<String, Parameter> ofRule) {
        Map<String, Parameter> parameters = new LinkedHashMap<>(ofRule);
        if (source != null) {
            findings.attempt(source::mapping, Map.<String, YamlValue>of())
                    .forEach((name, value) -> findings.attempt(() -> add(name, value, parameters)));
        }
        return parameters;
    }

    private void add(String name, YamlValue value, Map<String, Parameter> to) {
        if (!NAME.matcher(name).matches() || RESERVED.contains(name)) {
            throw value.mistake("'" + name + "' is no name for a parameter; write it like this_one");
        }
        if (Vocabulary.WORDS.variable(name).isPresent()) {
            throw value.mistake("the parameter '" + name + "' is called like a signal; give it another name");
        }
        YamlValue overriding = overrides.getOrDefault(name, value);
        // It is there all the same: what is wrong with it, is told once, and not again wherever it is used.
        to.put(name, new Parameter(Double.NaN, overriding));
        if (written.putIfAbsent(name, value) != null) {
            throw value.mistake("the rule has a parameter '" + name + "' already; give this one another name");
        }
        to.put(name, new Parameter(overriding.number(), overriding));
    }

    /** Takes note of names that a level has used. */
    void used(Collection<String> names) {
        used.addAll(names);
    }

    void requireKnownOverrides(String rule) {
        overrides.forEach((name, value) -> {
            if (!written.containsKey(name)) {
                findings.mistake(value.mistake("the rule " + rule + " has no parameter '" + name + "'"
                        + (written.isEmpty() ? "" : NearestName.hint(name, written.keySet()))));
            }
        });
    }

    void doubtUnused() {
        written.forEach((name, value) -> {
            if (!used.contains(name)) {
                findings.doubt(
                        value.mistake("the parameter '" + name + "' is not used; use it in when, or leave it out"));
            }
        });
    }
}
