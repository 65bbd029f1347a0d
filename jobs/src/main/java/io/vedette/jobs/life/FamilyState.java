package io.vedette.jobs.life;

import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.AlertState;
import io.vedette.model.alert.Severity;
import io.vedette.model.entity.Entity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A family of rules on an entity: what is pending or firing in it, and the one alert that this makes.
 *
 * @param candidates in the order of the rules; those of a rule by falling severity
 * @param open null while nothing fires
 */
public record FamilyState(
        String family,
        List<CandidateState> candidates,
        @Nullable OpenAlert open) {
    public FamilyState {
        candidates = List.copyOf(candidates);
    }

    /** The same with another alert. */
    FamilyState with(@Nullable OpenAlert changed) {
        return new FamilyState(family, candidates, changed);
    }

    @Nullable
    CandidateState candidate(String ruleId, Severity severity) {
        for (CandidateState candidate : candidates) {
            if (candidate.severity() == severity && candidate.ruleId().equals(ruleId)) {
                return candidate;
            }
        }
        return null;
    }

    /** The candidate that the alert shows: the worst that fires; among equals the one shown already, then the first. */
    @Nullable
    CandidateState shown() {
        CandidateState shown = null;
        for (CandidateState candidate : candidates) {
            if (candidate.firing() && (shown == null || isBefore(candidate, shown))) {
                shown = candidate;
            }
        }
        return shown;
    }

    private boolean isBefore(CandidateState candidate, CandidateState other) {
        int order = candidate.severity().compareTo(other.severity());
        return order > 0 || (order == 0 && open != null && isOf(open, candidate));
    }

    static boolean isOf(OpenAlert open, CandidateState candidate) {
        return open.alertname().equals(candidate.ruleId()) && open.severity() == candidate.severity();
    }

    /**
     * What is told of a family, without what it costs to tell it.
     *
     * @param sinceMillis since when it is so
     */
    record Outline(String alertname, Severity severity, boolean firing, long sinceMillis) {}

    /** What is to be told; null when nothing is pending or firing. */
    @Nullable
    Outline outline() {
        if (open != null) {
            return new Outline(open.alertname(), open.severity(), true, open.startsAtMillis());
        }
        CandidateState worst = null;
        for (CandidateState candidate : candidates) {
            if (worst == null || candidate.severity().compareTo(worst.severity()) > 0) {
                worst = candidate;
            }
        }
        return worst == null ? null : new Outline(worst.ruleId(), worst.severity(), false, worst.pendingSinceMillis());
    }

    /** What {@code vedette.states} says of the family; null when nothing is pending or firing. */
    @Nullable
    AlertState told(Entity entity) {
        Outline outline = outline();
        return outline == null
                ? null
                : new AlertState(
                        AlertEvent.fingerprint(family, entity.key()),
                        outline.alertname(),
                        family,
                        outline.severity(),
                        outline.firing(),
                        entity,
                        Instant.ofEpochMilli(outline.sinceMillis()));
    }
}
