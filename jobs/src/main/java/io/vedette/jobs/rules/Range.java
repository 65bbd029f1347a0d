package io.vedette.jobs.rules;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Where a number can lie, both ends included. Empty where there is none, as between 3 and 2.
 *
 * @param least may be -∞
 * @param most may be +∞
 */
record Range(double least, double most) {
    private static final MathContext FIGURES = new MathContext(12);

    static final Range ALL = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    static final Range FROM_ZERO = new Range(0, Double.POSITIVE_INFINITY);
    static final Range TO_ONE = new Range(0, 1);
    static final Range NONE = new Range(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

    static Range of(double value) {
        return Double.isNaN(value) ? NONE : new Range(value, value);
    }

    /** Where something that is measured can lie. */
    static Range of(Measure measure) {
        return measure == Measure.ANY ? ALL : new Range(0, measure.largest());
    }

    boolean isEmpty() {
        return least > most;
    }

    Range and(Range other) {
        return new Range(Math.max(least, other.least), Math.min(most, other.most));
    }

    /** The smallest range that holds both. */
    Range or(Range other) {
        return isEmpty()
                ? other
                : other.isEmpty() ? this : new Range(Math.min(least, other.least), Math.max(most, other.most));
    }

    /** Where the result can lie; wider than it need be where that is simpler. */
    Range with(NumberExpr.Operator operator, Range other) {
        if (isEmpty() || other.isEmpty()) {
            return NONE;
        }
        return switch (operator) {
            case PLUS -> new Range(known(least + other.least, ALL.least), known(most + other.most, ALL.most));
            case MINUS -> new Range(known(least - other.most, ALL.least), known(most - other.least, ALL.most));
            case TIMES -> ends(least * other.least, least * other.most, most * other.least, most * other.most);
            case DIVIDED_BY -> dividedBy(other);
            case MIN -> new Range(Math.min(least, other.least), Math.min(most, other.most));
            case MAX -> new Range(Math.max(least, other.least), Math.max(most, other.most));
        };
    }

    private Range dividedBy(Range other) {
        if (other.least > 0 || other.most < 0) {
            return ends(least / other.least, least / other.most, most / other.least, most / other.most);
        }
        return least >= 0 && other.least >= 0 ? FROM_ZERO : ALL;
    }

    /** What is 0 · ∞ at the ends of ranges, is 0. */
    private static Range ends(double... ends) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double end : ends) {
            least = Math.min(least, known(end, 0));
            most = Math.max(most, known(end, 0));
        }
        return new Range(least, most);
    }

    private static double known(double value, double otherwise) {
        return Double.isNaN(value) ? otherwise : value;
    }

    /** In words: {@code "from 0 to 1"}, {@code "2"}, {@code "5 or more"}. */
    String described() {
        if (isEmpty()) {
            return "nowhere";
        }
        if (least == most) {
            return "at " + written(least);
        }
        if (most == Double.POSITIVE_INFINITY) {
            return least == Double.NEGATIVE_INFINITY ? "anywhere" : "at " + written(least) + " or more";
        }
        return least == Double.NEGATIVE_INFINITY
                ? "at " + written(most) + " or less"
                : "from " + written(least) + " to " + written(most);
    }

    /** The doubles next to a number are that number to people. */
    private static String written(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "-∞";
        }
        return Math.abs(value) < Double.MIN_NORMAL
                ? "0"
                : new BigDecimal(value).round(FIGURES).stripTrailingZeros().toPlainString();
    }
}
