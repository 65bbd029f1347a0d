package io.vedette.cli.replay;

import io.vedette.model.alert.AlertEvent;
import io.vedette.model.sample.ScrapeFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a replay.
 *
 * @param targets their names
 * @param scrapes how many there were, failed ones included
 * @param failures how many of them failed, for each reason that occurred
 * @param frames that were derived
 * @param problems what was wrong with the captures and records, in sentences
 * @param events in the order of their times
 * @param comparison with the shipped rules, where others were replayed
 */
public record ReplayResult(
        List<String> targets,
        long scrapes,
        Map<ScrapeFailure, Long> failures,
        long firstMillis,
        long lastMillis,
        long frames,
        List<String> problems,
        List<AlertEvent> events,
        Optional<RuleComparison> comparison) {
    public ReplayResult {
        targets = List.copyOf(targets);
        failures = Map.copyOf(failures);
        problems = List.copyOf(problems);
        events = List.copyOf(events);
    }

    /** How many scrapes failed. */
    public long failedScrapes() {
        return failures.values().stream().mapToLong(count -> count).sum();
    }

    /** Whether any alert fired. */
    public boolean fired() {
        return events.stream().anyMatch(event -> event.state() == AlertEvent.State.FIRING);
    }
}
