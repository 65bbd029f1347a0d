package io.vedette.jobs.life;

import io.vedette.model.alert.AlertEvent.ResolvedReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gathers what becomes of a family's candidates at one frame. */
final class FamilyDraft {
    /** A candidate that no longer fires. */
    private record End(CandidateState candidate, ResolvedReason reason) {}

    private final List<CandidateState> candidates = new ArrayList<>();
    private final List<CandidateState> judgedAnew = new ArrayList<>();
    private final List<End> ends = new ArrayList<>();

    /** @param before the candidate that the step was taken from; null where there was none */
    void add(@Nullable CandidateState before, CandidateStep step) {
        CandidateState after = step.after();
        if (after != null) {
            candidates.add(after);
            if (before != null && before.revision() != 0 && before.revision() != after.revision()) {
                judgedAnew.add(after);
            }
        }
        if (before != null && step.ended() != null) {
            ends.add(new End(before, step.ended()));
        }
    }

    List<CandidateState> candidates() {
        return candidates;
    }

    /** Whether a candidate's condition holds by a level that has changed since it last did. */
    boolean isJudgedAnew(CandidateState candidate) {
        return judgedAnew.contains(candidate);
    }

    /** Why an alert ended: as the candidate that it showed did; where that was over before, as the last one of the family. */
    ResolvedReason reasonOf(OpenAlert open) {
        return endOf(open).map(End::reason).orElse(ResolvedReason.RECOVERED);
    }

    /** What was frozen for an alert that ended. */
    Map<String, Double> referencesOf(OpenAlert open) {
        return endOf(open).map(end -> end.candidate().references()).orElse(Map.of());
    }

    private Optional<End> endOf(OpenAlert open) {
        return ends.stream()
                .filter(end -> FamilyState.isOf(open, end.candidate()))
                .findFirst()
                .or(() -> ends.stream().findFirst());
    }
}
