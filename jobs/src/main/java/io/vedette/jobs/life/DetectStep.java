package io.vedette.jobs.life;

import io.vedette.model.alert.AlertEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a frame makes of an entity.
 *
 * @param after null when the entity can be forgotten
 */
public record DetectStep(@Nullable EntityDetectState after, List<AlertEvent> events, List<AlertStateChange> changes) {
    public DetectStep {
        events = List.copyOf(events);
        changes = List.copyOf(changes);
    }
}
