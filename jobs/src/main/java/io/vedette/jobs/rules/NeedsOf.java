package io.vedette.jobs.rules;

import io.vedette.model.signal.Signal;
import java.util.EnumSet;
import java.util.Set;

/**
 * Finds what an expression needs to see so that it can be told whether it is true. What a rule asks {@code known()} of, it knows to be absent at
 * times, and can do without.
 */
final class NeedsOf {
    private final Set<Signal> guarded = EnumSet.noneOf(Signal.class);

    private NeedsOf() {}

    static Needs condition(TruthExpr expr) {
        NeedsOf needs = new NeedsOf();
        Needs found = needs.of(expr);
        return found.without(needs.guarded);
    }

    private Needs of(TruthExpr expr) {
        if (expr instanceof TruthExpr.Comparison comparison) {
            return of(comparison.left()).and(of(comparison.right()));
        }
        if (expr instanceof TruthExpr.Holds holds) {
            return of(holds.reading());
        }
        if (expr instanceof TruthExpr.Known known) {
            guarded.addAll(of(known.operand()).all());
            return Needs.NOTHING;
        }
        if (expr instanceof TruthExpr.Not not) {
            return of(not.operand());
        }
        if (expr instanceof TruthExpr.And and) {
            return of(and.left()).and(of(and.right()));
        }
        if (expr instanceof TruthExpr.Or or) {
            return of(or.left()).or(of(or.right()));
        }
        if (expr instanceof TruthExpr.Gated gated) {
            return of(gated.gate()).and(of(gated.condition()));
        }
        if (expr instanceof TruthExpr.Choice choice) {
            return of(choice.condition()).and(of(choice.whenTrue()).or(of(choice.whenFalse())));
        }
        return Needs.NOTHING;
    }

    private Needs of(NumberExpr expr) {
        if (expr instanceof NumberExpr.Read read) {
            return read.reading().needs();
        }
        if (expr instanceof NumberExpr.Arithmetic arithmetic) {
            return of(arithmetic.left()).and(of(arithmetic.right()));
        }
        if (expr instanceof NumberExpr.AtOnset onset) {
            return of(onset.live());
        }
        if (expr instanceof NumberExpr.Choice choice) {
            return of(choice.condition()).and(of(choice.whenTrue()).or(of(choice.whenFalse())));
        }
        return Needs.NOTHING;
    }
}
