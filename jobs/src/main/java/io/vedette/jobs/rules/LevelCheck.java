package io.vedette.jobs.rules;

import io.vedette.model.yaml.YamlValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Doubts levels that are never shown, since a worse one of the rule holds whenever they do, and fires no later. For one rule. */
final class LevelCheck {
    /**
     * A level of the rule.
     *
     * @param where its condition stands
     * @param ranges where its readings can lie
     */
    record Judged(Level level, YamlValue where, Map<Reading, Range> ranges) {}

    private final List<Judged> levels = new ArrayList<>();

    void add(Judged level) {
        levels.add(level);
    }

    /** @param overrides parameters that a model has of its own: where there are any, they are what is doubted */
    void run(Map<String, YamlValue> overrides, Findings findings) {
        for (Judged milder : levels) {
            levels.stream()
                    .filter(worse -> hides(worse, milder))
                    .findFirst()
                    .ifPresent(worse -> findings.doubt(overrides.values().stream()
                            .findFirst()
                            .orElse(milder.where())
                            .mistake("the level '" + word(milder) + "' is never shown: whenever it holds, '"
                                    + word(worse) + "' holds too, and fires no later")));
        }
    }

    private static String word(Judged judged) {
        return judged.level().severity().word();
    }

    private static boolean hides(Judged worse, Judged milder) {
        TruthExpr ofMilder = milder.level().condition();
        TruthExpr ofWorse = worse.level().condition();
        Map<Reading, Range> ranges = new HashMap<>(milder.ranges());
        ranges.putAll(worse.ranges());
        // What the worse one reads besides, can be unknown, and then it does not hold.
        return worse.level().severity().compareTo(milder.level().severity()) > 0
                && worse.level().forMillis() <= milder.level().forMillis()
                && milder.ranges().keySet().containsAll(worse.ranges().keySet())
                && new Possible(ranges).canBe(ofMilder, true)
                && !new Possible(ranges).canBe(new TruthExpr.And(ofMilder, new TruthExpr.Not(open(ofWorse))), true);
    }

    /** A condition that does not hold while its gate is shut. */
    private static TruthExpr open(TruthExpr condition) {
        return condition instanceof TruthExpr.Gated gated
                ? new TruthExpr.And(gated.gate(), open(gated.condition()))
                : condition;
    }
}
