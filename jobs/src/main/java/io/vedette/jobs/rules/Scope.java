package io.vedette.jobs.rules;

import io.vedette.model.frame.Window;
import io.vedette.model.signal.Gauges;
import org.jspecify.annotations.Nullable;

/** All that the rules read of one situation, each reading worked out at most once. Not thread-safe; lives as long as the frame is judged. */
public final class Scope {
    private final Situation situation;
    private final Gauges gauges;
    private final double[] values;
    private final boolean[] read;
    private final ModelFacts facts;

    /**
     * Nothing read yet.
     *
     * @param slots how many different readings there are: {@link RuleSet#slots()}
     * @param facts what the configuration says of the model: {@link RuleSet#facts}
     */
    public Scope(Situation situation, int slots, ModelFacts facts) {
        this.situation = situation;
        this.gauges = Situation.judgedGauges(situation.frame());
        this.values = new double[slots];
        this.read = new boolean[slots];
        this.facts = facts;
    }

    public Situation situation() {
        return situation;
    }

    ModelFacts facts() {
        return facts;
    }

    Gauges gauges() {
        return gauges;
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
