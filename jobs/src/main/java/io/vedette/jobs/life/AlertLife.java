package io.vedette.jobs.life;

import io.vedette.jobs.life.Fitness.Standing;
import io.vedette.jobs.rules.EntityState;
import io.vedette.jobs.rules.Level;
import io.vedette.jobs.rules.ModelRules;
import io.vedette.jobs.rules.Rule;
import io.vedette.jobs.rules.RuleSet;
import io.vedette.jobs.rules.Scope;
import io.vedette.jobs.xid.XidHistory;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.AlertEvent.ResolvedReason;
import io.vedette.model.entity.EntityKind;
import io.vedette.model.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The life of an entity's alerts: inactive, pending, firing, resolved. A function of what was remembered and the next frame, so that a restart from a
 * checkpoint tells the same events. Not thread-safe.
 */
public final class AlertLife {
    private final RuleSet rules;
    private final EventWriter writer;
    private final Standing newcomers;
    private final Misfits misfits = new Misfits();

    private AlertLife(RuleSet rules, EventWriter writer, Standing newcomers) {
        this.rules = rules;
        this.writer = writer;
        this.newcomers = newcomers;
    }

    /** A life in which entities count as seen healthy before their first frame: for trying rules out. */
    public AlertLife(RuleSet rules, EventWriter writer) {
        this(rules, writer, Standing.FITS);
    }

    /** The life of entities of which nothing is known at first: what they have never fitted, they are told to be misfits of. */
    public static AlertLife ofNewcomers(RuleSet rules, EventWriter writer) {
        return new AlertLife(rules, writer, Standing.UNSEEN);
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
        XidHistory xids = (before == null ? XidHistory.NONE : before.xids()).after(frame);
        ModelRules current = rules.of(frame.entity().modelName());
        Scope scope = new Scope(StateTracker.situation(tracked, xids, frame), rules.slots(), current);
        List<FamilyState> remembered = before == null ? List.of() : before.families();
        List<FamilyState> families =
                Succession.adopt(remembered, current, (family, c) -> find(current, family, c) != null);
        Families written = Families.of(remembered);
        // The same ones, but at the first frame after a change of rules.
        Families known = families == remembered ? written : Families.of(families);
        FitnessDraft fitness = new FitnessDraft(before == null ? List.of() : before.fitness(), newcomers);
        EntityState state = isUnheard(frame) ? EntityState.UNKNOWN : tracked.state();
        Map<String, FamilyDraft> drafts = new TreeMap<>();
        for (Rule rule : current.rules()) {
            judge(rule, known, state, scope, fitness, drafts);
        }
        endOrphans(families, current, drafts);
        return finish(before, written, known, tracked, scope, current, fitness.fitness(), drafts);
    }

    /** Whether nobody has told anything of the entity: a model without members is not yet unknown, but nothing is known of it either. */
    private static boolean isUnheard(Frame frame) {
        return frame.entity().kind() == EntityKind.MODEL && frame.members() == 0;
    }

    private void judge(
            Rule rule,
            Families known,
            EntityState state,
            Scope scope,
            FitnessDraft fitness,
            Map<String, FamilyDraft> drafts) {
        Frame frame = scope.situation().frame();
        FamilyState family = known.find(rule.family());
        boolean inScope = rule.scope().contains(frame.entity().kind());
        if (!inScope && family == null) {
            return;
        }
        boolean applies = rule.isAbout(frame)
                && (state == EntityState.UNKNOWN || rule.states().contains(state));
        for (Level level : rule.levels()) {
            CandidateState candidate = family == null ? null : family.candidate(rule.id(), level.severity());
            if (inScope && level.notes().misfit()) {
                Standing standing = fitness.judge(rule, level, candidate != null, state, scope);
                tellMisfit(misfits.of(rule, level), standing, known, scope, drafts);
                if (standing != Standing.FITS) {
                    continue;
                }
            }
            if (candidate != null || applies) {
                Verdict verdict = applies
                        ? verdict(candidate, level, state, scope)
                        : isOutOfSight(rule, state) ? Verdict.OUT_OF_SIGHT : Verdict.NOT_APPLICABLE;
                take(candidate, verdict, rule, level, scope, drafts);
            }
        }
    }

    private void tellMisfit(
            Rule told, Standing standing, Families known, Scope scope, Map<String, FamilyDraft> drafts) {
        FamilyState family = known.find(told.family());
        if (standing == Standing.MISFIT || family != null) {
            Level level = told.levels().get(0);
            CandidateState candidate = family == null ? null : family.candidate(told.id(), level.severity());
            Verdict verdict = standing == Standing.MISFIT ? Verdict.TRUE : Verdict.FALSE;
            take(candidate, verdict, told, level, scope, drafts);
        }
    }

    private static Verdict verdict(@Nullable CandidateState candidate, Level level, EntityState state, Scope scope) {
        Scope own = candidate == null ? scope : scope.with(candidate.references());
        return state == EntityState.UNKNOWN
                ? Verdict.UNKNOWN
                : Verdict.of(level.condition().evaluate(own));
    }

    /** Whether what a rule judged can only not be seen any more: the server died, or has been replaced by one that is not yet judged by the rule. */
    private static boolean isOutOfSight(Rule rule, EntityState state) {
        boolean isNew = state == EntityState.STARTING || state == EntityState.WARMING;
        return state == EntityState.DOWN || (isNew && rule.states().contains(EntityState.SERVING));
    }

    private static void take(
            @Nullable CandidateState before,
            Verdict verdict,
            Rule rule,
            Level level,
            Scope scope,
            Map<String, FamilyDraft> drafts) {
        CandidateStep step = step(before, verdict, rule, level, scope);
        if (before != null || step.after() != null) {
            draft(drafts, rule.family()).add(before, step);
        }
    }

    private static CandidateStep step(
            @Nullable CandidateState before, Verdict verdict, Rule rule, Level level, Scope scope) {
        Frame frame = scope.situation().frame();
        if (frame.isLast() && before != null) {
            boolean removed = frame.release() == Frame.Release.REMOVED;
            return CandidateStep.end(before, removed ? ResolvedReason.REMOVED : ResolvedReason.NO_DATA);
        }
        long revision = level.notes().revision();
        boolean changed = before != null && before.revision() != 0 && before.revision() != revision;
        if (before != null && changed && verdict == Verdict.NOT_APPLICABLE) {
            return CandidateStep.end(before, ResolvedReason.RULE_GONE);
        }
        CandidateStep step = CandidateStep.of(before, verdict, rule, level, frame.tickMillis());
        if (step.after() == null) {
            return step;
        }
        Scope own = before == null ? scope : scope.with(before.references());
        long judgedBy = before != null && changed && verdict != Verdict.TRUE ? before.revision() : revision;
        return step.with(level.references(own), judgedBy);
    }

    /** Ends what the rules no longer have: a rule or family that was there when the state was written. */
    private void endOrphans(List<FamilyState> families, ModelRules current, Map<String, FamilyDraft> drafts) {
        for (FamilyState family : families) {
            for (CandidateState candidate : family.candidates()) {
                if (find(current, family.family(), candidate) == null) {
                    draft(drafts, family.family())
                            .add(candidate, CandidateStep.end(candidate, ResolvedReason.RULE_GONE));
                }
            }
        }
    }

    private DetectStep finish(
            @Nullable EntityDetectState before,
            Families written,
            Families known,
            TrackedState tracked,
            Scope scope,
            ModelRules current,
            List<Fitness> fitness,
            Map<String, FamilyDraft> drafts) {
        Frame frame = scope.situation().frame();
        boolean moved = before != null && !before.entity().equals(frame.entity());
        boolean caughtUp = before != null && writer.isLate(before.tickMillis()) && !writer.isLate(frame.tickMillis());
        List<FamilyState> families = new ArrayList<>();
        List<AlertEvent> events = new ArrayList<>();
        List<AlertStateChange> changes = new ArrayList<>();
        drafts.forEach((name, draft) -> {
            FamilyState old = known.find(name);
            FamilyState judged = new FamilyState(name, draft.candidates(), old == null ? null : old.open());
            FamilyState after = settle(judged, draft, scope, current, events);
            if (caughtUp && after.open() != null && after.open().equals(judged.open())) {
                events.add(again(after, after.open(), scope, current));
            }
            if (!after.candidates().isEmpty()) {
                families.add(after);
            }
            if (isToBeTold(written.find(name), after, moved)) {
                changes.add(new AlertStateChange(
                        AlertEvent.fingerprint(name, frame.entity().face().key()),
                        after.told(frame.entity().face())));
            }
        });
        return new DetectStep(
                frame.isLast()
                        ? null
                        : new EntityDetectState(
                                frame.entity(),
                                frame.tickMillis(),
                                tracked,
                                families,
                                fitness,
                                scope.situation().xids()),
                events,
                changes);
    }

    /**
     * Whether what is told of a family has changed.
     *
     * @param moved whether what is told of the entity has
     */
    private static boolean isToBeTold(@Nullable FamilyState before, FamilyState after, boolean moved) {
        FamilyState.Outline then = before == null ? null : before.outline();
        FamilyState.Outline now = after.outline();
        return !Objects.equals(now, then) || (now != null && moved);
    }

    /** Makes the family's alert that of the candidate it now shows, and tells where that changes it. */
    private FamilyState settle(
            FamilyState judged, FamilyDraft draft, Scope scope, ModelRules current, List<AlertEvent> events) {
        CandidateState shown = judged.shown();
        OpenAlert open = judged.open();
        if (shown == null) {
            if (open != null) {
                Level level = level(find(current, judged.family(), open.alertname()), open);
                Scope own = scope.with(draft.referencesOf(open));
                events.add(writer.resolved(judged.family(), open, draft.reasonOf(open), level, own));
            }
            return judged.with(null);
        }
        boolean same = open != null && (FamilyState.isOf(open, shown) || isOnlyKept(shown, open));
        if (same && !draft.isJudgedAnew(shown)) {
            return judged;
        }
        Rule rule = Objects.requireNonNull(find(current, judged.family(), shown));
        Scope own = scope.with(shown.references());
        OpenAlert now = writer.open(open, shown, rule, own);
        if (open != null && same && now.hasLimitOf(open)) {
            return judged;
        }
        events.add(writer.firing(judged.family(), now, level(rule, now), own));
        return judged.with(now);
    }

    /**
     * The event of an alert that still fires when what is late has been read. Its last one was marked late, so that nobody may have been told of it;
     * where somebody was, this repeats its id.
     */
    private AlertEvent again(FamilyState family, OpenAlert open, Scope scope, ModelRules current) {
        Level level = level(find(current, family.family(), open.alertname()), open);
        CandidateState shown = family.shown();
        Scope own = shown == null ? scope : scope.with(shown.references());
        return writer.firing(family.family(), open, level, own);
    }

    /**
     * Whether what is milder than the alert no longer holds either: then the alert ends with it, and nobody is told of a milder one that is over. So it
     * does where the rule has another severity since a restart.
     */
    private static boolean isOnlyKept(CandidateState shown, OpenAlert open) {
        boolean milder = shown.severity().compareTo(open.severity()) < 0;
        return shown.falseMillis() != CandidateState.NOT
                && (milder || shown.ruleId().equals(open.alertname()));
    }

    private static FamilyDraft draft(Map<String, FamilyDraft> drafts, String family) {
        return drafts.computeIfAbsent(family, name -> new FamilyDraft());
    }

    /** The rule of a candidate; null where there is none, or where it lacks the candidate's severity. */
    private @Nullable Rule find(ModelRules current, String family, CandidateState candidate) {
        Rule rule = find(current, family, candidate.ruleId());
        return rule == null || rule.level(candidate.severity()).isEmpty() ? null : rule;
    }

    /** The rule of an id in a family; null where there is none. */
    private @Nullable Rule find(ModelRules current, String family, String id) {
        Rule rule = current.rule(id);
        return rule != null && rule.family().equals(family) ? rule : misfits.find(current, family);
    }

    private static @Nullable Level level(@Nullable Rule rule, OpenAlert open) {
        return rule == null ? null : rule.level(open.severity()).orElse(null);
    }
}
