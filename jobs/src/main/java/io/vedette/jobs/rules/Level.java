package io.vedette.jobs.rules;

import io.vedette.model.alert.Severity;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
 * @param notes what the life of its alerts must know of it besides
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
        List<Part> parts,
        LevelNotes notes)
        implements Serializable {
    public Level {
        reads = List.copyOf(reads);
        parts = List.copyOf(parts);
    }

    /** What {@code at_onset} stands for from now on: what is frozen in the scope already, and what else there is as it is now. */
    public Map<String, Double> references(Scope scope) {
        if (notes.onsets().isEmpty()) {
            return Map.of();
        }
        Map<String, Double> references = new HashMap<>();
        for (NumberExpr.AtOnset onset : notes.onsets()) {
            references.put(onset.key(), onset.evaluate(scope));
        }
        return references;
    }
}
