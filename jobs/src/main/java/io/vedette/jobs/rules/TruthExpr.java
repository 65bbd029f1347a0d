package io.vedette.jobs.rules;

import java.io.Serializable;

/** An expression of the rule language that is true, false or unknown. Immutable. */
public sealed interface TruthExpr extends Serializable {
    /** Never throws. */
    Truth evaluate(Scope scope);

    record Literal(Truth truth) implements TruthExpr {
        @Override
        public Truth evaluate(Scope scope) {
            return truth;
        }
    }

    enum Relation {
        LESS,
        AT_MOST,
        GREATER,
        AT_LEAST,
        EQUAL,
        UNEQUAL
    }

    /** Unknown when one of the numbers is. */
    record Comparison(Relation relation, NumberExpr left, NumberExpr right) implements TruthExpr {
        @Override
        public Truth evaluate(Scope scope) {
            double a = left.evaluate(scope);
            double b = right.evaluate(scope);
            if (Double.isNaN(a) || Double.isNaN(b)) {
                return Truth.UNKNOWN;
            }
            return Truth.of(
                    switch (relation) {
                        case LESS -> a < b;
                        case AT_MOST -> a <= b;
                        case GREATER -> a > b;
                        case AT_LEAST -> a >= b;
                        case EQUAL -> a == b;
                        case UNEQUAL -> a != b;
                    });
        }
    }

    /** A reading that is 1 where something holds, 0 where it does not, and NaN where that is unknown. */
    record Holds(NumberExpr.Read reading) implements TruthExpr {
        @Override
        public Truth evaluate(Scope scope) {
            double value = reading.evaluate(scope);
            return Double.isNaN(value) ? Truth.UNKNOWN : Truth.of(value != 0);
        }
    }

    record Not(TruthExpr operand) implements TruthExpr {
        @Override
        public Truth evaluate(Scope scope) {
            return operand.evaluate(scope).not();
        }
    }

    record And(TruthExpr left, TruthExpr right) implements TruthExpr {
        @Override
        public Truth evaluate(Scope scope) {
            Truth first = left.evaluate(scope);
            return first == Truth.FALSE ? first : first.and(right.evaluate(scope));
        }
    }

    record Or(TruthExpr left, TruthExpr right) implements TruthExpr {
        @Override
        public Truth evaluate(Scope scope) {
            Truth first = left.evaluate(scope);
            return first == Truth.TRUE ? first : first.or(right.evaluate(scope));
        }
    }

    /** Whether a number is known; is itself always known. */
    record Known(NumberExpr operand) implements TruthExpr {
        @Override
        public Truth evaluate(Scope scope) {
            return Truth.of(!Double.isNaN(operand.evaluate(scope)));
        }
    }

    /** A condition behind a gate: unknown unless the gate is open. */
    record Gated(TruthExpr gate, TruthExpr condition) implements TruthExpr {
        @Override
        public Truth evaluate(Scope scope) {
            return gate.evaluate(scope) == Truth.TRUE ? condition.evaluate(scope) : Truth.UNKNOWN;
        }
    }

    /** One of two conditions; unknown when the first is. */
    record Choice(TruthExpr condition, TruthExpr whenTrue, TruthExpr whenFalse) implements TruthExpr {
        @Override
        public Truth evaluate(Scope scope) {
            return switch (condition.evaluate(scope)) {
                case TRUE -> whenTrue.evaluate(scope);
                case FALSE -> whenFalse.evaluate(scope);
                case UNKNOWN -> Truth.UNKNOWN;
            };
        }
    }
}
