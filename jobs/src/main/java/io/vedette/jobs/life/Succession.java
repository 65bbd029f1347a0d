package io.vedette.jobs.life;

import io.vedette.jobs.rules.Level;
import io.vedette.jobs.rules.ModelRules;
import io.vedette.jobs.rules.Rule;
import io.vedette.model.alert.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Hands what is pending or firing over to rules that have changed since, so that it is judged anew by them rather than ended: to the level nearest in
 * severity where a rule lacks the one that it had, and to another family where it has moved to that. What moves to another family ends in the old one,
 * since an alert's fingerprint is of its family, and fires in the new one as soon as the rule says so, without waiting again.
 */
final class Succession {
    private final ModelRules rules;
    /** Whether a candidate of a family is at home with the rules there are now. */
    private final BiPredicate<String, CandidateState> atHome;

    private final Map<String, List<CandidateState>> candidates = new LinkedHashMap<>();

    private Succession(ModelRules rules, BiPredicate<String, CandidateState> atHome) {
        this.rules = rules;
        this.atHome = atHome;
    }

    /** The same families where all are at home. */
    static List<FamilyState> adopt(
            List<FamilyState> families, ModelRules rules, BiPredicate<String, CandidateState> atHome) {
        for (FamilyState family : families) {
            for (CandidateState candidate : family.candidates()) {
                if (!atHome.test(family.family(), candidate)) {
                    return new Succession(rules, atHome).families(families);
                }
            }
        }
        return families;
    }

    private List<FamilyState> families(List<FamilyState> families) {
        families.forEach(family -> family.candidates().forEach(candidate -> place(family.family(), candidate)));
        Map<String, FamilyState> known = new LinkedHashMap<>();
        families.forEach(family -> known.put(family.family(), family));
        List<FamilyState> adopted = new ArrayList<>();
        candidates.forEach((name, placed) -> {
            FamilyState family = known.get(name);
            adopted.add(new FamilyState(name, placed, family == null ? null : family.open()));
        });
        return adopted;
    }

    private void place(String family, CandidateState candidate) {
        Rule heir = atHome.test(family, candidate) ? null : rules.rule(candidate.ruleId());
        if (heir == null) {
            add(family, candidate);
            return;
        }
        CandidateState moved = candidate.at(nearest(heir, candidate.severity()));
        if (heir.family().equals(family)) {
            add(family, moved);
        } else {
            add(family, candidate);
            add(heir.family(), moved.notFiring());
        }
    }

    /** Where two become one, the one that fires stays, or that has held for longer. */
    private void add(String family, CandidateState candidate) {
        List<CandidateState> placed = candidates.computeIfAbsent(family, name -> new ArrayList<>());
        for (int i = 0; i < placed.size(); i++) {
            CandidateState other = placed.get(i);
            if (other.ruleId().equals(candidate.ruleId()) && other.severity() == candidate.severity()) {
                placed.set(i, stronger(other, candidate));
                return;
            }
        }
        placed.add(candidate);
    }

    private static CandidateState stronger(CandidateState a, CandidateState b) {
        return Comparator.comparing(CandidateState::firing)
                                .thenComparingLong(CandidateState::heldMillis)
                                .compare(a, b)
                        >= 0
                ? a
                : b;
    }

    /** Of two that are as near, the worse. */
    private static Severity nearest(Rule rule, Severity severity) {
        return rule.levels().stream()
                .map(Level::severity)
                .min(Comparator.comparingInt((Severity s) -> Math.abs(rank(s) - rank(severity)))
                        .thenComparing(Comparator.<Severity>reverseOrder()))
                .orElseThrow();
    }

    private static int rank(Severity severity) {
        return switch (severity) {
            case INFO -> 0;
            case WARNING -> 1;
            case CRITICAL -> 2;
        };
    }
}
