package io.vedette.jobs.life;

import io.vedette.model.alert.Severity;

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
 */
public record CandidateState(
        String ruleId,
        Severity severity,
        boolean firing,
        long pendingSinceMillis,
        long firingSinceMillis,
        long heldMillis,
        long falseMillis,
        long unknownMillis) {
    /** A span that has not begun. */
    public static final long NOT = -1;
}
