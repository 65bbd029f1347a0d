package io.vedette.jobs.life;

import io.vedette.jobs.rules.Level;
import io.vedette.jobs.rules.Rule;
import io.vedette.model.alert.AlertEvent.ResolvedReason;
import io.vedette.model.frame.Frame;
import java.util.Map;
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
            return verdict == Verdict.TRUE
                    ? fireWhenDue(CandidateState.began(rule.id(), level.severity(), tickMillis), level, tickMillis)
                    : NOTHING;
        }
        return switch (verdict) {
            case TRUE -> fireWhenDue(before.held(before.heldMillis() + Frame.TICK_MILLIS), level, tickMillis);
            case FALSE -> wasFalse(before, rule);
            case UNKNOWN -> wasUnknown(before, rule);
            case NOT_APPLICABLE -> end(before, ResolvedReason.RECOVERED);
            case OUT_OF_SIGHT -> end(before, ResolvedReason.NO_DATA);
        };
    }

    /** The end of a candidate for a reason that lies outside its condition. */
    static CandidateStep end(CandidateState before, ResolvedReason reason) {
        return before.firing() ? new CandidateStep(null, reason) : NOTHING;
    }

    /** The same step with what {@code at_onset} stands for from now on, as judged by a revision of the level. */
    CandidateStep with(Map<String, Double> references, long revision) {
        return after == null ? this : new CandidateStep(after.with(references, revision), ended);
    }

    private static CandidateStep fireWhenDue(CandidateState candidate, Level level, long tickMillis) {
        return new CandidateStep(
                candidate.firing() || candidate.heldMillis() < level.forMillis()
                        ? candidate
                        : candidate.fired(tickMillis),
                null);
    }

    private static CandidateStep wasFalse(CandidateState before, Rule rule) {
        long falseMillis = longer(before.falseMillis());
        return !before.firing() || falseMillis >= rule.keepFiringMillis()
                ? end(before, ResolvedReason.RECOVERED)
                : new CandidateStep(before.waiting(falseMillis, before.unknownMillis()), null);
    }

    private static CandidateStep wasUnknown(CandidateState before, Rule rule) {
        long unknownMillis = longer(before.unknownMillis());
        return unknownMillis >= rule.holdUnknownMillis()
                ? end(before, ResolvedReason.NO_DATA)
                : new CandidateStep(before.waiting(before.falseMillis(), unknownMillis), null);
    }

    private static long longer(long span) {
        return span == CandidateState.NOT ? 0 : span + Frame.TICK_MILLIS;
    }
}
