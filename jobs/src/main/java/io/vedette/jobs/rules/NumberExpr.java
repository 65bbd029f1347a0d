package io.vedette.jobs.rules;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** An expression of the rule language that yields a number. Immutable. */
public sealed interface NumberExpr extends Serializable {
    /** The number; NaN when it is unknown. Never throws. */
    double evaluate(Scope scope);

    /**
     * The same whatever the situation.
     *
     * @param parameter the name by which a model's configuration can change it; null where it has none
     */
    record Constant(double value, @Nullable String parameter) implements NumberExpr {
        Constant(double value) {
            this(value, null);
        }

        @Override
        public double evaluate(Scope scope) {
            return value;
        }
    }

    /** A reading of the frame, worked out once however many expressions have it. */
    record Read(int slot, Reading reading) implements NumberExpr {
        @Override
        public double evaluate(Scope scope) {
            return scope.memo(slot, reading);
        }
    }

    /** What two numbers are put together with. Unknown with anything is unknown; division by zero follows IEEE 754. */
    enum Operator {
        PLUS,
        MINUS,
        TIMES,
        DIVIDED_BY,
        MIN,
        MAX;

        double of(double a, double b) {
            return switch (this) {
                case PLUS -> a + b;
                case MINUS -> a - b;
                case TIMES -> a * b;
                case DIVIDED_BY -> a / b;
                case MIN -> Math.min(a, b);
                case MAX -> Math.max(a, b);
            };
        }
    }

    record Arithmetic(Operator operator, NumberExpr left, NumberExpr right) implements NumberExpr {
        @Override
        public double evaluate(Scope scope) {
            return operator.of(left.evaluate(scope), right.evaluate(scope));
        }
    }

    /**
     * A number as it was when the rule's condition became true; before that, as it is. Without the references of a candidate in the scope it is live.
     *
     * @param key names the number among the references of a level: its text and the window that it is read over, so that it is found again after a
     *     restart with other rules
     */
    record AtOnset(String key, NumberExpr live) implements NumberExpr {
        @Override
        public double evaluate(Scope scope) {
            Double frozen = scope.references().get(key);
            return frozen == null ? live.evaluate(scope) : frozen;
        }
    }

    /** One of two numbers; unknown when the condition is. */
    record Choice(TruthExpr condition, NumberExpr whenTrue, NumberExpr whenFalse) implements NumberExpr {
        @Override
        public double evaluate(Scope scope) {
            return switch (condition.evaluate(scope)) {
                case TRUE -> whenTrue.evaluate(scope);
                case FALSE -> whenFalse.evaluate(scope);
                case UNKNOWN -> Double.NaN;
            };
        }
    }
}
