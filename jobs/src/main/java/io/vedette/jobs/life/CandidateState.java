package io.vedette.jobs.life;

import io.vedette.model.alert.Severity;
import java.util.Map;

/**
 * A level of a rule whose condition holds, or held until lately, on an entity. Spans are counted in frames, 5 s each, so that time in which nobody
 * looked counts for nothing.
 *
 * @param firing whether it has held for long enough
 * @param pendingSinceMillis tick at which the condition became true
 * @param firingSinceMillis tick at which it began to fire; 0 while it is pending
 * @param heldMillis how long the condition has been true
 * @param falseMillis how long it has been false since it was last true; {@link #NOT} where it has not been
 * @param unknownMillis how long it has been unknown since it was last true; {@link #NOT} where it has not been
 * @param references what {@code at_onset} stands for: numbers of the tick at which the condition became true, by key; NaN where one was unknown
 * @param revision of the level when the condition was last true, see {@link io.vedette.jobs.rules.LevelNotes}; 0 where it is not known
 */
public record CandidateState(
        String ruleId,
        Severity severity,
        boolean firing,
        long pendingSinceMillis,
        long firingSinceMillis,
        long heldMillis,
        long falseMillis,
        long unknownMillis,
        Map<String, Double> references,
        long revision) {
    /** A span that has not begun. */
    public static final long NOT = -1;

    public CandidateState {
        references = Map.copyOf(references);
    }

    /** A condition that has just become true. */
    static CandidateState began(String ruleId, Severity severity, long tickMillis) {
        return new CandidateState(ruleId, severity, false, tickMillis, 0, 0, NOT, NOT, Map.of(), 0);
    }

    /** The same where the condition is true, having been so for a span. */
    CandidateState held(long millis) {
        return new CandidateState(
                ruleId,
                severity,
                firing,
                pendingSinceMillis,
                firingSinceMillis,
                millis,
                NOT,
                NOT,
                references,
                revision);
    }

    /** The same where the condition is not true, having been false and unknown for some spans. */
    CandidateState waiting(long falseSpan, long unknownSpan) {
        return new CandidateState(
                ruleId,
                severity,
                firing,
                pendingSinceMillis,
                firingSinceMillis,
                heldMillis,
                falseSpan,
                unknownSpan,
                references,
                revision);
    }

    CandidateState fired(long tickMillis) {
        return new CandidateState(
                ruleId,
                severity,
                true,
                pendingSinceMillis,
                tickMillis,
                heldMillis,
                falseMillis,
                unknownMillis,
                references,
                revision);
    }

    /** The same with what is frozen, as judged by a revision of the level. */
    CandidateState with(Map<String, Double> frozen, long judgedBy) {
        return judgedBy == revision && frozen.equals(references)
                ? this
                : new CandidateState(
                        ruleId,
                        severity,
                        firing,
                        pendingSinceMillis,
                        firingSinceMillis,
                        heldMillis,
                        falseMillis,
                        unknownMillis,
                        frozen,
                        judgedBy);
    }

    /** The same as a candidate of another level. */
    CandidateState at(Severity other) {
        return new CandidateState(
                ruleId,
                other,
                firing,
                pendingSinceMillis,
                firingSinceMillis,
                heldMillis,
                falseMillis,
                unknownMillis,
                references,
                revision);
    }

    /** The same as one that has yet to fire, and does at once if it has held for long enough. */
    CandidateState notFiring() {
        return new CandidateState(
                ruleId, severity, false, pendingSinceMillis, 0, heldMillis, NOT, NOT, references, revision);
    }
}
