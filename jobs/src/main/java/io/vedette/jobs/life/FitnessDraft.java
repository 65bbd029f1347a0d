package io.vedette.jobs.life;

import io.vedette.jobs.life.Fitness.Standing;
import io.vedette.jobs.rules.EntityState;
import io.vedette.jobs.rules.Level;
import io.vedette.jobs.rules.Rule;
import io.vedette.jobs.rules.Scope;
import io.vedette.jobs.rules.Truth;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers how an entity stands to the levels that are marked {@code misfit}, at one frame. */
final class FitnessDraft {
    private final List<Fitness> before;
    private final Standing newcomers;
    private final List<Fitness> after = new ArrayList<>();
    private boolean changed;

    /** @param newcomers standing of what is not in the list yet */
    FitnessDraft(List<Fitness> before, Standing newcomers) {
        this.before = before;
        this.newcomers = newcomers;
    }

    /**
     * Judges a marked level.
     *
     * @param alerted whether something is pending or firing at the level already: then it has been false before
     */
    Standing judge(Rule rule, Level level, boolean alerted, EntityState state, Scope scope) {
        Fitness known = find(rule.id(), level, alerted ? Standing.FITS : newcomers);
        Fitness next = known.standing() == Standing.FITS ? known : next(known, rule, level, state, scope);
        changed |= !next.equals(known);
        after.add(next);
        return next.standing();
    }

    private Fitness find(String ruleId, Level level, Standing otherwise) {
        int place = after.size();
        if (place < before.size() && before.get(place).isOf(ruleId, level.severity())) {
            return before.get(place);
        }
        for (Fitness fitness : before) {
            if (fitness.isOf(ruleId, level.severity())) {
                return fitness;
            }
        }
        changed = true;
        return Fitness.of(ruleId, level.severity(), otherwise);
    }

    /** An engine with nothing to do is in order by its gauges; that of a rule which does not apply then, too. */
    private static Fitness next(Fitness known, Rule rule, Level level, EntityState state, Scope scope) {
        Frame frame = scope.situation().frame();
        boolean judged =
                rule.isAbout(frame) && !frame.isLast() && (rule.states().contains(state) || state == EntityState.IDLE);
        if (!judged) {
            return known;
        }
        long windowMillis = rule.windowMillis();
        Truth truth = level.condition().evaluate(scope);
        return known.next(truth, isCovered(frame, windowMillis), windowMillis, level);
    }

    private static boolean isCovered(Frame frame, long windowMillis) {
        Optional<Window> window = frame.window(windowMillis);
        return window.isPresent() && window.get().coveredMillis() >= windowMillis - Frame.TICK_MILLIS;
    }

    /** The same list where nothing has changed. */
    List<Fitness> fitness() {
        return changed || after.size() != before.size() ? after : before;
    }
}
