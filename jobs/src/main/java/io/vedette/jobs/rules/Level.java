package io.vedette.jobs.rules;

import io.vedette.model.alert.Severity;
import java.io.Serializable;
import java.util.List;

/**
 * One severity of a rule. Immutable.
 *
 * @param forMillis how long the condition must hold before it fires
 * @param condition unknown where the rule's or the level's gate is shut
 * @param value what is measured; a constant NaN where the rule gives none
 * @param threshold what it is held against; a constant NaN where the rule gives none
 * @param measure what value and threshold measure
 * @param reads what value and condition read, for evidence
 * @param parts what the condition and its gates are made of
 */
public record Level(
        Severity severity,
        long forMillis,
        TruthExpr condition,
        NumberExpr value,
        NumberExpr threshold,
        Measure measure,
        Template summary,
        Template action,
        List<NumberExpr.Read> reads,
        List<Part> parts)
        implements Serializable {
    public Level {
        reads = List.copyOf(reads);
        parts = List.copyOf(parts);
    }
}
