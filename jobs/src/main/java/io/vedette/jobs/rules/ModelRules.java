package io.vedette.jobs.rules;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules as they are for a model, and what the configuration says of it. Immutable. */
public final class ModelRules implements Serializable {
    private static final long serialVersionUID = 1L;

    private final List<Rule> rules;
    private final Map<String, Rule> byId;
    private final ModelFacts facts;

    ModelRules(List<Rule> rules, ModelFacts facts) {
        this.rules = List.copyOf(rules);
        this.byId = rules.stream().collect(Collectors.toUnmodifiableMap(Rule::id, Function.identity()));
        this.facts = facts;
    }

    /** Those of its profile that name it or no model, and those that it has parameters of its own for, with these parameters; in the order of the files. */
    public List<Rule> rules() {
        return rules;
    }

    /** The rule of an id; null where there is none. */
    public @Nullable Rule rule(String id) {
        return byId.get(id);
    }

    /** What the configuration says of the model. */
    public ModelFacts facts() {
        return facts;
    }
}
