package io.vedette.jobs.life;

import io.vedette.jobs.rules.EntityState;
import io.vedette.jobs.rules.Level;
import io.vedette.jobs.rules.Rule;
import io.vedette.jobs.rules.RuleSet;
import io.vedette.jobs.rules.Scope;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.AlertEvent.ResolvedReason;
import io.vedette.model.alert.AlertState;
import io.vedette.model.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The life of an entity's alerts: inactive, pending, firing, resolved. A function of what was remembered and the next frame, so that a restart from a
 * checkpoint tells the same events. Immutable.
 */
public final class AlertLife {
    private final RuleSet rules;
    private final EventWriter writer;

    public AlertLife(RuleSet rules, EventWriter writer) {
        this.rules = rules;
        this.writer = writer;
    }

    /** Whether a frame tells nothing new: it is not newer than the entity's last. */
    public static boolean isOld(@Nullable EntityDetectState before, Frame frame) {
        return before != null && frame.tickMillis() <= before.tickMillis();
    }

    /**
     * What a frame changes.
     *
     * @param before null at an entity's first frame
     * @param frame newer than the last one
     */
    public DetectStep step(@Nullable EntityDetectState before, Frame frame) {
        TrackedState tracked = StateTracker.next(before == null ? null : before.tracked(), frame);
        String modelName = frame.entity().modelName();
        List<Rule> current = rules.of(modelName);
        Scope scope = new Scope(StateTracker.situation(tracked, frame), rules.slots(), current, rules.facts(modelName));
        Map<String, FamilyDraft> drafts = new TreeMap<>();
        for (Rule rule : current) {
            judge(rule, before, tracked.state(), scope, drafts);
        }
        if (before != null) {
            endOrphans(before, current, drafts);
        }
        return finish(before, tracked, scope, current, drafts);
    }

    private static void judge(
            Rule rule,
            @Nullable EntityDetectState before,
            EntityState state,
            Scope scope,
            Map<String, FamilyDraft> drafts) {
        FamilyState family = before == null ? null : before.family(rule.family());
        boolean applies = rule.isAbout(scope.situation().frame())
                && (state == EntityState.UNKNOWN || rule.states().contains(state));
        if (family == null && !applies) {
            return;
        }
        for (Level level : rule.levels()) {
            CandidateState candidate = family == null ? null : family.candidate(rule.id(), level.severity());
            CandidateStep step = step(candidate, applies, rule, level, state, scope);
            if (candidate != null || step.after() != null) {
                draft(drafts, rule.family()).add(candidate, step);
            }
        }
    }

    private static CandidateStep step(
            @Nullable CandidateState before, boolean applies, Rule rule, Level level, EntityState state, Scope scope) {
        Frame frame = scope.situation().frame();
        if (frame.isLast() && before != null) {
            boolean removed = frame.release() == Frame.Release.REMOVED;
            return CandidateStep.end(before, removed ? ResolvedReason.REMOVED : ResolvedReason.NO_DATA);
        }
        Scope own = before == null ? scope : scope.with(before.references());
        Verdict verdict = !applies
                ? Verdict.NOT_APPLICABLE
                : state == EntityState.UNKNOWN
                        ? Verdict.UNKNOWN
                        : Verdict.of(level.condition().evaluate(own));
        CandidateStep step = CandidateStep.of(before, verdict, rule, level, frame.tickMillis());
        long revision = before == null || before.revision() == 0 || verdict == Verdict.TRUE
                ? level.notes().revision()
                : before.revision();
        return step.after() == null ? step : step.with(level.references(own), revision);
    }

    /** Ends what the rules no longer have: a rule, level or family that was there when the state was written. */
    private static void endOrphans(EntityDetectState before, List<Rule> current, Map<String, FamilyDraft> drafts) {
        for (FamilyState family : before.families()) {
            for (CandidateState candidate : family.candidates()) {
                if (find(current, family.family(), candidate.ruleId(), candidate) == null) {
                    draft(drafts, family.family())
                            .add(candidate, CandidateStep.end(candidate, ResolvedReason.RULE_GONE));
                }
            }
        }
    }

    private DetectStep finish(
            @Nullable EntityDetectState before,
            TrackedState tracked,
            Scope scope,
            List<Rule> current,
            Map<String, FamilyDraft> drafts) {
        Frame frame = scope.situation().frame();
        List<FamilyState> families = new ArrayList<>();
        List<AlertEvent> events = new ArrayList<>();
        List<AlertStateChange> changes = new ArrayList<>();
        drafts.forEach((name, draft) -> {
            FamilyState old = before == null ? null : before.family(name);
            FamilyState judged = new FamilyState(name, draft.candidates(), old == null ? null : old.open());
            FamilyState after = settle(judged, draft, scope, current, events);
            if (!after.candidates().isEmpty()) {
                families.add(after);
            }
            AlertState told = after.told(frame.entity());
            AlertState toldBefore = old == null || before == null ? null : old.told(before.entity());
            if (!Objects.equals(told, toldBefore)) {
                changes.add(new AlertStateChange(
                        AlertEvent.fingerprint(name, frame.entity().key()), told));
            }
        });
        return new DetectStep(
                frame.isLast() ? null : new EntityDetectState(frame.entity(), frame.tickMillis(), tracked, families),
                events,
                changes);
    }

    /** Makes the family's alert that of the candidate it now shows, and tells where that changes it. */
    private FamilyState settle(
            FamilyState judged, FamilyDraft draft, Scope scope, List<Rule> current, List<AlertEvent> events) {
        CandidateState shown = judged.shown();
        OpenAlert open = judged.open();
        if (shown == null) {
            if (open != null) {
                Level level = level(find(current, judged.family(), open.alertname(), null), open);
                Scope own = scope.with(draft.referencesOf(open));
                events.add(writer.resolved(judged.family(), open, draft.reasonOf(open), level, own));
            }
            return judged.with(null);
        }
        if (open != null && (FamilyState.isOf(open, shown) || isOnlyKept(shown, open))) {
            return judged;
        }
        Rule rule = Objects.requireNonNull(find(current, judged.family(), shown.ruleId(), shown));
        Scope own = scope.with(shown.references());
        OpenAlert now = writer.open(open, shown, rule, own);
        events.add(writer.firing(now, rule, own));
        return judged.with(now);
    }

    /** Whether what is milder than the alert no longer holds either: then the alert ends with it, and nobody is told of a milder one that is over. */
    private static boolean isOnlyKept(CandidateState shown, OpenAlert open) {
        return shown.falseMillis() != CandidateState.NOT && shown.severity().compareTo(open.severity()) < 0;
    }

    private static FamilyDraft draft(Map<String, FamilyDraft> drafts, String family) {
        return drafts.computeIfAbsent(family, name -> new FamilyDraft());
    }

    /** The rule of an id in a family; null where there is none, or where it lacks the candidate's severity. */
    private static @Nullable Rule find(List<Rule> rules, String family, String id, @Nullable CandidateState candidate) {
        for (Rule rule : rules) {
            if (rule.id().equals(id)
                    && rule.family().equals(family)
                    && (candidate == null || rule.level(candidate.severity()).isPresent())) {
                return rule;
            }
        }
        return null;
    }

    private static @Nullable Level level(@Nullable Rule rule, OpenAlert open) {
        return rule == null ? null : rule.level(open.severity()).orElse(null);
    }
}
