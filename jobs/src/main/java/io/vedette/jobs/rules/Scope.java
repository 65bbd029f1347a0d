package io.vedette.jobs.rules;

import io.vedette.model.frame.Window;
import io.vedette.model.signal.Gauges;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that the rules read of one situation, each reading worked out at most once. Not thread-safe; lives as long as the frame is judged. */
public final class Scope {
    private final Situation situation;
    private final ModelRules rules;
    private final Gauges gauges;
    private final double[] values;
    private final boolean[] read;
    private final Map<String, Double> references;

    /** @param slots how many different readings there are: {@link RuleSet#slots()} */
    public Scope(Situation situation, int slots) {
        this(situation, slots, new ModelRules(List.of(), ModelFacts.NONE));
    }

    /**
     * A scope that knows of the rules, so that one can ask which of them are blind.
     *
     * @param slots how many different readings there are: {@link RuleSet#slots()}
     * @param rules of the entity's model: {@link RuleSet#of}
     */
    public Scope(Situation situation, int slots, ModelRules rules) {
        this.situation = situation;
        this.rules = rules;
        this.gauges = Situation.judgedGauges(situation.frame());
        this.values = new double[slots];
        this.read = new boolean[slots];
        this.references = Map.of();
    }

    private Scope(Scope other, Map<String, Double> references) {
        this.situation = other.situation;
        this.rules = other.rules;
        this.gauges = other.gauges;
        this.values = other.values;
        this.read = other.read;
        this.references = references;
    }

    /** The same situation, with what {@code at_onset} stands for in a level whose condition holds; shares what has been worked out. */
    public Scope with(Map<String, Double> frozen) {
        return frozen.isEmpty() ? this : new Scope(this, frozen);
    }

    /** Numbers frozen at onset, by {@link NumberExpr.AtOnset#key}; none where all are live. */
    Map<String, Double> references() {
        return references;
    }

    public Situation situation() {
        return situation;
    }

    ModelFacts facts() {
        return rules.facts();
    }

    Gauges gauges() {
        return gauges;
    }

    /** The rules that cannot see what they need. */
    Blind blind() {
        return Blind.of(situation, gauges, rules.rules());
    }

    @Nullable
    Window window(long durationMillis) {
        for (Window window : situation.frame().windows()) {
            if (window.durationMillis() == durationMillis) {
                return window;
            }
        }
        return null;
    }

    double memo(int slot, Reading reading) {
        if (!read[slot]) {
            values[slot] = reading.read(this);
            read[slot] = true;
        }
        return values[slot];
    }
}
