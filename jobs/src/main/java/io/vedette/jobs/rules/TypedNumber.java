package io.vedette.jobs.rules;

/**
 * A number's expression and what it measures.
 *
 * @param natural whether it lies in the range of its measure, as what is measured does, and a difference does not
 */
record TypedNumber(NumberExpr expr, Measure measure, boolean natural) {
    static TypedNumber constant(double value) {
        return new TypedNumber(new NumberExpr.Constant(value), Measure.ANY, false);
    }

    static TypedNumber parameter(String name, double value) {
        return new TypedNumber(new NumberExpr.Constant(value, name), Measure.ANY, false);
    }

    boolean isConstant() {
        return expr instanceof NumberExpr.Constant;
    }

    /** The value of a constant; NaN of anything else. */
    double constantValue() {
        return expr instanceof NumberExpr.Constant constant ? constant.value() : Double.NaN;
    }
}
