package io.vedette.cli.replay;

import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.Severity;
import io.vedette.model.entity.Entity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One life of an alert, from firing to resolved.
 *
 * @param alertname of its worst severity
 * @param severity the worst that it had
 * @param end null where it fired to the end
 */
record AlertSpan(
        String family,
        Entity entity,
        String alertname,
        Severity severity,
        Instant start,
        @Nullable Instant end) {
    /** The lives that events tell of, in the order in which they began. */
    static List<AlertSpan> of(List<AlertEvent> events) {
        Map<String, AlertSpan> open = new LinkedHashMap<>();
        List<AlertSpan> spans = new ArrayList<>();
        for (AlertEvent event : events) {
            AlertSpan known = open.remove(event.fingerprint());
            boolean worse = known == null || event.severity().compareTo(known.severity) > 0;
            AlertSpan now = new AlertSpan(
                    event.family(),
                    event.entity(),
                    known == null || worse ? event.alertname() : known.alertname,
                    known == null || worse ? event.severity() : known.severity,
                    event.startsAt(),
                    event.endsAt());
            if (event.state() == AlertEvent.State.FIRING) {
                open.put(event.fingerprint(), now);
            } else {
                spans.add(now);
            }
        }
        spans.addAll(open.values());
        return spans.stream().sorted((a, b) -> a.start.compareTo(b.start)).toList();
    }

    /** Identity over rule sets: family and entity. */
    String key() {
        return AlertEvent.fingerprint(family, entity.key());
    }

    /** Whether both fired at some time, or one began where the other ended. */
    boolean meets(AlertSpan other) {
        return (end == null || !other.start.isAfter(end)) && (other.end == null || !start.isAfter(other.end));
    }
}
