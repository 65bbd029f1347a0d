package io.vedette.jobs.rules;

import java.io.Serializable;

/**
 * A comparison that a condition is made of, for showing how it stands. Immutable.
 *
 * @param text as in the rule
 * @param right a constant NaN where nothing is compared, as in {@code known(…)}
 * @param measure of both sides
 */
public record Part(String text, TruthExpr truth, NumberExpr left, NumberExpr right, Measure measure)
        implements Serializable {}
