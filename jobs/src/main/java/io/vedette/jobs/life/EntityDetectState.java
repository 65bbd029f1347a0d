package io.vedette.jobs.life;

import io.vedette.model.entity.Entity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that detection remembers of an entity. Immutable.
 *
 * @param entity as of the last frame
 * @param tickMillis the last frame's tick
 * @param families in which something is pending or firing
 */
public record EntityDetectState(Entity entity, long tickMillis, TrackedState tracked, List<FamilyState> families) {
    public EntityDetectState {
        families = List.copyOf(families);
    }

    @Nullable
    FamilyState family(String name) {
        for (FamilyState family : families) {
            if (family.family().equals(name)) {
                return family;
            }
        }
        return null;
    }
}
