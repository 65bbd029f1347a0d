package io.vedette.model.otlp;

import io.vedette.model.sample.TargetScrape;
import java.util.List;

/**
 * What a record of {@code vedette.samples} holds. A beat holds nothing.
 *
 * @param scrapes in the record's order
 * @param targetLists agents' lists of their targets
 * @param unusableResources others, which name no target or have no time
 */
public record SampleRecord(List<TargetScrape> scrapes, List<AgentTargets> targetLists, int unusableResources) {
    /** What a beat holds. */
    public static final SampleRecord BEAT = new SampleRecord(List.of(), List.of(), 0);

    public SampleRecord {
        scrapes = List.copyOf(scrapes);
        targetLists = List.copyOf(targetLists);
    }
}
