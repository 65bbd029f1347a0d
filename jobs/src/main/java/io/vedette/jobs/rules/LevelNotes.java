package io.vedette.jobs.rules;

import java.io.Serializable;
import java.util.List;

/**
 * What the life of a level's alerts must know of it, besides its condition. Immutable.
 *
 * @param onsets what stands in {@code at_onset} anywhere in the level, each once
 * @param needs what an engine must show so that the condition can be told
 * @param misfit whether an entity that it has never fitted is told of instead of alerted of
 * @param revision changes with what is judged and by which limits; never 0
 */
public record LevelNotes(List<NumberExpr.AtOnset> onsets, Needs needs, boolean misfit, long revision)
        implements Serializable {
    public LevelNotes {
        onsets = List.copyOf(onsets);
        if (revision == 0) {
            throw new IllegalArgumentException("revision must not be 0: that stands for one that is not known");
        }
    }
}
