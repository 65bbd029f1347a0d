package io.vedette.jobs.life;

import io.vedette.jobs.rules.Level;
import io.vedette.jobs.rules.MisfitRule;
import io.vedette.jobs.rules.ModelRules;
import io.vedette.jobs.rules.Rule;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** The alerts by which misfits are told: one for each marked level, in a family of its own. Not thread-safe. */
final class Misfits {
    private final IdentityHashMap<Level, Rule> told = new IdentityHashMap<>();

    /** What tells of a level that does not fit. */
    Rule of(Rule rule, Level level) {
        return told.computeIfAbsent(level, marked -> MisfitRule.of(rule, marked));
    }

    /** What tells in a family; null where none of the rules does. */
    @Nullable
    Rule find(ModelRules rules, String family) {
        if (!family.startsWith(MisfitRule.ID)) {
            return null;
        }
        for (Rule rule : rules.rules()) {
            for (Level level : rule.levels()) {
                if (level.notes().misfit() && of(rule, level).family().equals(family)) {
                    return of(rule, level);
                }
            }
        }
        return null;
    }
}
