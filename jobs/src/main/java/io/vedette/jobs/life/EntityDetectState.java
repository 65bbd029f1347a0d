package io.vedette.jobs.life;

import io.vedette.jobs.xid.XidHistory;
import io.vedette.model.entity.Entity;
import java.util.List;

/**
 * All that detection remembers of an entity. Immutable.
 *
 * @param entity as of the last frame
 * @param tickMillis the last frame's tick
 * @param families in which something is pending or firing
 * @param fitness how the entity stands to the levels that are marked {@code misfit}, in the order of the rules
 * @param xids of a card
 */
public record EntityDetectState(
        Entity entity,
        long tickMillis,
        TrackedState tracked,
        List<FamilyState> families,
        List<Fitness> fitness,
        XidHistory xids) {
    public EntityDetectState {
        families = List.copyOf(families);
        fitness = List.copyOf(fitness);
    }
}
