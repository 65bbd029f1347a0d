package io.vedette.model.exposition;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a body held. Immutable.
 *
 * @param families in the order of their first sample; a family without samples isn't there
 * @param sampleCount sample lines that were read and kept by the grammar, each bucket counted
 * @param problems the first of them, in the order of the lines; see {@link ExpositionParser#MAX_PROBLEMS}
 * @param problemCounts all problems by reason, those beyond {@code problems} included
 */
public record Scrape(
        List<MetricFamily> families,
        int sampleCount,
        List<Problem> problems,
        Map<ProblemReason, Integer> problemCounts) {

    public Scrape {
        families = List.copyOf(families);
        problems = List.copyOf(problems);
        EnumMap<ProblemReason, Integer> counts = new EnumMap<>(ProblemReason.class);
        counts.putAll(problemCounts);
        problemCounts = Collections.unmodifiableMap(counts);
    }
}
