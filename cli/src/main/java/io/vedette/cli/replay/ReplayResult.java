package io.vedette.cli.replay;

import io.vedette.model.alert.AlertEvent;
import java.util.List;

/**
 * What came of a replay.
 *
 * @param targets their names
 * @param problems what was wrong with the captures and records, in sentences
 * @param events in the order of their times
 */
public record ReplayResult(
        List<String> targets,
        long scrapes,
        long failedScrapes,
        long firstMillis,
        long lastMillis,
        List<String> problems,
        List<AlertEvent> events) {
    public ReplayResult {
        targets = List.copyOf(targets);
        problems = List.copyOf(problems);
        events = List.copyOf(events);
    }

    /** Whether any alert fired. */
    public boolean fired() {
        return events.stream().anyMatch(event -> event.state() == AlertEvent.State.FIRING);
    }
}
