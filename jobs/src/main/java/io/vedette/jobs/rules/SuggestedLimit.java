package io.vedette.jobs.rules;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * A limit that fits what was measured, as a line for vedette.yaml: a quarter beyond it, rounded to what a person would write; of a ratio, half of the
 * way to 1. Immutable.
 *
 * @param value what is measured
 * @param threshold the limit that does not fit: a parameter, or one of several by a condition
 */
record SuggestedLimit(String ruleId, NumberExpr value, NumberExpr threshold, Measure measure) implements Serializable {
    private static final double HEADROOM = 1.25;
    private static final double[] STEPS = {1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10};

    /** Whether a threshold says which parameter it is. */
    static boolean canBeMadeOf(NumberExpr threshold) {
        return threshold instanceof NumberExpr.Choice choice
                ? canBeMadeOf(choice.whenTrue()) && canBeMadeOf(choice.whenFalse())
                : threshold instanceof NumberExpr.Constant constant && constant.parameter() != null;
    }

    /** The line; without a number where nothing was measured beyond the limit. */
    String line(Scope scope) {
        String parameter = parameter(threshold, scope);
        double limit = beyond(value.evaluate(scope), threshold.evaluate(scope), measure);
        String model = scope.situation().frame().entity().modelName();
        return "models: {" + key(model) + ": {parameters: {" + ruleId + ": {"
                + (parameter == null ? "limit" : parameter) + ": "
                + (Double.isNaN(limit) ? "…" : Numerals.plain(limit)) + "}}}}";
    }

    private static @Nullable String parameter(NumberExpr threshold, Scope scope) {
        if (threshold instanceof NumberExpr.Choice choice) {
            return switch (choice.condition().evaluate(scope)) {
                case TRUE -> parameter(choice.whenTrue(), scope);
                case FALSE -> parameter(choice.whenFalse(), scope);
                case UNKNOWN -> null;
            };
        }
        return threshold instanceof NumberExpr.Constant constant ? constant.parameter() : null;
    }

    private static String key(String model) {
        if (model.isEmpty()) {
            return "MODEL";
        }
        return model.matches("[A-Za-z][\\w./-]*")
                ? model
                : '"' + model.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** A limit on the other side of what was measured; NaN where that does not lie beyond the present one. */
    static double beyond(double measured, double limit, Measure measure) {
        if (!(measured > limit || measured < limit) || !(measured > 0) || Double.isInfinite(measured)) {
            return Double.NaN;
        }
        if (measured < limit) {
            return rounded(measured / HEADROOM, false);
        }
        if (measure == Measure.RATIO && measured <= 1) {
            double halfway = measured + (1 - measured) / 2;
            return new BigDecimal(halfway).setScale(2, RoundingMode.CEILING).doubleValue();
        }
        return rounded(measured * HEADROOM, true);
    }

    private static double rounded(double value, boolean up) {
        double magnitude = Math.pow(10, Math.floor(Math.log10(value)));
        double found = up ? 10 : 1;
        for (double step : STEPS) {
            if (up && step * magnitude >= value) {
                found = Math.min(found, step);
            } else if (!up && step * magnitude <= value) {
                found = step;
            }
        }
        return new BigDecimal(found * magnitude).round(new MathContext(2)).doubleValue();
    }
}
