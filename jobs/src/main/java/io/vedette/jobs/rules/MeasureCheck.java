package io.vedette.jobs.rules;

import dev.cel.common.ast.CelExpr;
import io.vedette.model.yaml.ConfigurationException;
import java.util.Map;
import java.util.function.Consumer;

/** Tells where an expression puts numbers together that measure different things, or holds one against a limit that it can never reach. */
final class MeasureCheck {
    private final Expression expression;
    private final Map<String, Parameter> parameters;
    private final Consumer<ConfigurationException> mistakes;

    MeasureCheck(Expression expression, Map<String, Parameter> parameters, Consumer<ConfigurationException> mistakes) {
        this.expression = expression;
        this.parameters = parameters;
        this.mistakes = mistakes;
    }

    /** @param problem what cannot be done with different measures: {@code "are not compared"} */
    void requireSame(CelExpr at, Measure left, Measure right, String problem) {
        if (left.with(right).isEmpty()) {
            mistakes.accept(expression.mistake(
                    at.id(),
                    left.described() + " and " + right.described() + " " + problem
                            + ": they measure different things"));
        }
    }

    /** Tells of a limit that what is held against it can never reach. */
    void requireReachable(TypedNumber measured, TypedNumber limit, CelExpr limitExpr) {
        double value = limit.constantValue();
        if (!measured.natural()
                || Double.isNaN(value)
                || (value >= 0 && value <= measured.measure().largest())) {
            return;
        }
        String problem = Numerals.plain(value) + " is compared with "
                + measured.measure().described() + ", and "
                + (measured.measure() == Measure.RATIO ? "ratios run from 0 to 1" : "that never falls below 0")
                + (measured.measure() == Measure.RATIO ? ofPercent(value) : "");
        tell(limitExpr, problem);
    }

    /** Tells of a quantile's rank that is none. */
    void requireRank(TypedNumber rank, CelExpr rankExpr) {
        double value = rank.constantValue();
        if (value < 0 || value > 1) {
            tell(rankExpr, Numerals.plain(value) + " is no rank: ranks run from 0 to 1" + ofPercent(value));
        }
    }

    private static String ofPercent(double value) {
        return value > 1 && value <= 100 ? "; write " + Numerals.plain(value / 100) : "";
    }

    private void tell(CelExpr limitExpr, String problem) {
        Parameter parameter = limitExpr.getKind() == CelExpr.ExprKind.Kind.IDENT
                ? parameters.get(limitExpr.ident().name())
                : null;
        mistakes.accept(
                parameter == null
                        ? expression.mistake(limitExpr.id(), problem)
                        : parameter
                                .where()
                                .mistake("parameter '" + limitExpr.ident().name() + "': " + problem));
    }
}
