package io.vedette.jobs.rules;

import io.vedette.jobs.rules.TruthExpr.Relation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says by interval arithmetic whether a condition can come true at all. What is assumed of one part narrows what the others can be:
 * {@code a > 5 && a < 2} cannot. It never says "cannot" of what can; of what cannot it finds the most, but not all. For one condition. Not thread-safe.
 */
final class Possible {
    /** Further rounds over the parts of a conjunction narrow what rarely matters. */
    private static final int ROUNDS = 2;
    /** Rounds multiply where conjunctions stand inside each other. A hundred times what rules need; beyond, nothing is said. */
    private static final int MOST_STEPS = 50_000;

    /** What was found out of a comparison. */
    private record Outcome(boolean held, Range left, Range right) {}

    private final Map<Reading, Range> ranges;
    private final IdentityHashMap<TruthExpr, Outcome> outcomes = new IdentityHashMap<>();
    private boolean records;
    private int steps;
    private boolean tooMuch;

    /** @param ranges where readings can lie */
    Possible(Map<Reading, Range> ranges) {
        this.ranges = Map.copyOf(ranges);
    }

    /** Whether the condition can have that truth, and not be unknown. */
    boolean canBe(TruthExpr condition, boolean truth) {
        records = truth;
        steps = 0;
        return assume(condition, truth, ranges).isPresent();
    }

    /** Whether {@link #canBe} asked for a comparison to hold, and it never could. */
    boolean neverHeld(TruthExpr comparison) {
        Outcome outcome = outcomes.get(comparison);
        return outcome != null && !outcome.held() && !tooMuch;
    }

    /** Where the left side lay when the comparison was last looked at. */
    Range left(TruthExpr comparison) {
        Outcome outcome = outcomes.get(comparison);
        return outcome == null ? Range.ALL : outcome.left();
    }

    Range right(TruthExpr comparison) {
        Outcome outcome = outcomes.get(comparison);
        return outcome == null ? Range.ALL : outcome.right();
    }

    /** Where readings can lie when the expression has that truth; empty when it cannot have it. */
    private Optional<Map<Reading, Range>> assume(TruthExpr expr, boolean truth, Map<Reading, Range> known) {
        steps++;
        tooMuch |= steps > MOST_STEPS;
        if (steps > MOST_STEPS) {
            return Optional.of(known);
        }
        if (expr instanceof TruthExpr.Literal literal) {
            return literal.truth() == Truth.of(truth) ? Optional.of(known) : Optional.empty();
        }
        if (expr instanceof TruthExpr.Not not) {
            return assume(not.operand(), !truth, known);
        }
        if (expr instanceof TruthExpr.And || expr instanceof TruthExpr.Or) {
            List<TruthExpr> operands = new ArrayList<>();
            boolean and = expr instanceof TruthExpr.And;
            flatten(expr, and, operands);
            return and == truth ? all(operands, truth, known) : any(operands, truth, known);
        }
        if (expr instanceof TruthExpr.Gated gated) {
            return assume(gated.gate(), true, known).flatMap(open -> assume(gated.condition(), truth, open));
        }
        if (expr instanceof TruthExpr.Choice choice) {
            return either(
                    assume(choice.condition(), true, known).flatMap(held -> assume(choice.whenTrue(), truth, held)),
                    assume(choice.condition(), false, known).flatMap(not -> assume(choice.whenFalse(), truth, not)));
        }
        return expr instanceof TruthExpr.Comparison comparison ? compare(comparison, truth, known) : Optional.of(known);
    }

    private static void flatten(TruthExpr expr, boolean and, List<TruthExpr> to) {
        if (and && expr instanceof TruthExpr.And both) {
            flatten(both.left(), true, to);
            flatten(both.right(), true, to);
        } else if (!and && expr instanceof TruthExpr.Or one) {
            flatten(one.left(), false, to);
            flatten(one.right(), false, to);
        } else {
            to.add(expr);
        }
    }

    private Optional<Map<Reading, Range>> all(List<TruthExpr> operands, boolean truth, Map<Reading, Range> known) {
        Map<Reading, Range> narrowed = known;
        for (int round = 0; round < ROUNDS; round++) {
            for (TruthExpr operand : operands) {
                Optional<Map<Reading, Range>> next = assume(operand, truth, narrowed);
                if (next.isEmpty()) {
                    return next;
                }
                narrowed = next.get();
            }
        }
        return Optional.of(narrowed);
    }

    private Optional<Map<Reading, Range>> any(List<TruthExpr> operands, boolean truth, Map<Reading, Range> known) {
        Optional<Map<Reading, Range>> found = Optional.empty();
        for (TruthExpr operand : operands) {
            found = either(found, assume(operand, truth, known));
        }
        return found;
    }

    private static Optional<Map<Reading, Range>> either(
            Optional<Map<Reading, Range>> a, Optional<Map<Reading, Range>> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.or(() -> b);
        }
        Map<Reading, Range> joined = new HashMap<>(a.get());
        b.get().forEach((reading, range) -> joined.merge(reading, range, Range::or));
        return Optional.of(joined);
    }

    private Optional<Map<Reading, Range>> compare(
            TruthExpr.Comparison comparison, boolean truth, Map<Reading, Range> known) {
        Relation relation = truth ? comparison.relation() : inverse(comparison.relation());
        Range left = range(comparison.left(), known);
        Range right = range(comparison.right(), known);
        Range narrowLeft = narrow(left, relation, right);
        Range narrowRight = narrow(right, mirrored(relation), left);
        boolean holds = !narrowLeft.isEmpty() && !narrowRight.isEmpty();
        if (records && truth) {
            outcomes.merge(comparison, new Outcome(holds, left, right), (before, now) -> before.held() ? before : now);
        }
        if (!holds) {
            return Optional.empty();
        }
        Map<Reading, Range> narrowed = new HashMap<>(known);
        put(narrowed, comparison.left(), narrowLeft);
        put(narrowed, comparison.right(), narrowRight);
        return Optional.of(narrowed);
    }

    private static void put(Map<Reading, Range> ranges, NumberExpr expr, Range range) {
        if (expr instanceof NumberExpr.Read read) {
            ranges.put(read.reading(), range);
        }
    }

    private static Relation inverse(Relation relation) {
        return switch (relation) {
            case LESS -> Relation.AT_LEAST;
            case AT_MOST -> Relation.GREATER;
            case GREATER -> Relation.AT_MOST;
            case AT_LEAST -> Relation.LESS;
            case EQUAL -> Relation.UNEQUAL;
            case UNEQUAL -> Relation.EQUAL;
        };
    }

    private static Relation mirrored(Relation relation) {
        return switch (relation) {
            case LESS -> Relation.GREATER;
            case AT_MOST -> Relation.AT_LEAST;
            case GREATER -> Relation.LESS;
            case AT_LEAST -> Relation.AT_MOST;
            case EQUAL, UNEQUAL -> relation;
        };
    }

    /** Where one side can lie when it stands in a relation to the other. */
    private static Range narrow(Range side, Relation relation, Range other) {
        if (side.isEmpty() || other.isEmpty()) {
            return Range.NONE;
        }
        return switch (relation) {
            case LESS -> side.and(new Range(Double.NEGATIVE_INFINITY, Math.nextDown(other.most())));
            case AT_MOST -> side.and(new Range(Double.NEGATIVE_INFINITY, other.most()));
            case GREATER -> side.and(new Range(Math.nextUp(other.least()), Double.POSITIVE_INFINITY));
            case AT_LEAST -> side.and(new Range(other.least(), Double.POSITIVE_INFINITY));
            case EQUAL -> side.and(other);
            case UNEQUAL -> side.least() == side.most() && side.equals(other) ? Range.NONE : side;
        };
    }

    private static Range range(NumberExpr expr, Map<Reading, Range> known) {
        if (expr instanceof NumberExpr.Constant constant) {
            return Range.of(constant.value());
        }
        if (expr instanceof NumberExpr.Read read) {
            return known.getOrDefault(read.reading(), Range.ALL);
        }
        if (expr instanceof NumberExpr.Arithmetic arithmetic) {
            return range(arithmetic.left(), known).with(arithmetic.operator(), range(arithmetic.right(), known));
        }
        return expr instanceof NumberExpr.Choice choice
                ? range(choice.whenTrue(), known).or(range(choice.whenFalse(), known))
                : Range.ALL;
    }
}
