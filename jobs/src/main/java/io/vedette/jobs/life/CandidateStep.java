package io.vedette.jobs.life;

import io.vedette.jobs.rules.Level;
import io.vedette.jobs.rules.Rule;
import io.vedette.model.alert.AlertEvent.ResolvedReason;
import io.vedette.model.frame.Frame;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a candidate at a frame.
 *
 * @param after null where it is neither pending nor firing
 * @param ended why it no longer fires; null unless it fired until now
 */
record CandidateStep(
        @Nullable CandidateState after, @Nullable ResolvedReason ended) {
    private static final CandidateStep NOTHING = new CandidateStep(null, null);

    /** @param before null where it was neither pending nor firing */
    static CandidateStep of(@Nullable CandidateState before, Verdict verdict, Rule rule, Level level, long tickMillis) {
        if (before == null) {
            return verdict == Verdict.TRUE ? began(rule, level, tickMillis) : NOTHING;
        }
        return switch (verdict) {
            case TRUE -> held(before, level, tickMillis);
            case FALSE -> wasFalse(before, rule);
            case UNKNOWN -> wasUnknown(before, rule);
            case NOT_APPLICABLE -> end(before, ResolvedReason.RECOVERED);
        };
    }

    /** The end of a candidate for a reason that lies outside its condition. */
    static CandidateStep end(CandidateState before, ResolvedReason reason) {
        return before.firing() ? new CandidateStep(null, reason) : NOTHING;
    }

    private static CandidateStep began(Rule rule, Level level, long tickMillis) {
        return fireWhenDue(
                new CandidateState(
                        rule.id(), level.severity(), false, tickMillis, 0, 0, CandidateState.NOT, CandidateState.NOT),
                level,
                tickMillis);
    }

    private static CandidateStep held(CandidateState before, Level level, long tickMillis) {
        return fireWhenDue(
                new CandidateState(
                        before.ruleId(),
                        before.severity(),
                        before.firing(),
                        before.pendingSinceMillis(),
                        before.firingSinceMillis(),
                        before.heldMillis() + Frame.TICK_MILLIS,
                        CandidateState.NOT,
                        CandidateState.NOT),
                level,
                tickMillis);
    }

    private static CandidateStep fireWhenDue(CandidateState candidate, Level level, long tickMillis) {
        if (candidate.firing() || candidate.heldMillis() < level.forMillis()) {
            return new CandidateStep(candidate, null);
        }
        return new CandidateStep(
                new CandidateState(
                        candidate.ruleId(),
                        candidate.severity(),
                        true,
                        candidate.pendingSinceMillis(),
                        tickMillis,
                        candidate.heldMillis(),
                        CandidateState.NOT,
                        CandidateState.NOT),
                null);
    }

    private static CandidateStep wasFalse(CandidateState before, Rule rule) {
        long falseMillis = longer(before.falseMillis());
        return !before.firing() || falseMillis >= rule.keepFiringMillis()
                ? end(before, ResolvedReason.RECOVERED)
                : new CandidateStep(waiting(before, falseMillis, before.unknownMillis()), null);
    }

    private static CandidateStep wasUnknown(CandidateState before, Rule rule) {
        long unknownMillis = longer(before.unknownMillis());
        return unknownMillis >= rule.holdUnknownMillis()
                ? end(before, ResolvedReason.NO_DATA)
                : new CandidateStep(waiting(before, before.falseMillis(), unknownMillis), null);
    }

    private static long longer(long span) {
        return span == CandidateState.NOT ? 0 : span + Frame.TICK_MILLIS;
    }

    private static CandidateState waiting(CandidateState before, long falseMillis, long unknownMillis) {
        return new CandidateState(
                before.ruleId(),
                before.severity(),
                before.firing(),
                before.pendingSinceMillis(),
                before.firingSinceMillis(),
                before.heldMillis(),
                falseMillis,
                unknownMillis);
    }
}
