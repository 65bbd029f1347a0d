package io.vedette.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.cli.replay.RuleComparison.Change;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.Severity;
import io.vedette.model.entity.Entity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RuleComparisonTest {
    private static final Instant START = Instant.parse("2026-11-24T09:00:00Z");

    /** An alert's events: it fires with a severity after some seconds and ends after some more; 0 for never. */
    private static List<AlertEvent> alert(String family, String instance, Severity severity, int from, int to) {
        Instant start = START.plusSeconds(from);
        AlertEvent firing = event(family, instance, severity, 1, start, start, null);
        Instant end = START.plusSeconds(to);
        return to == 0 ? List.of(firing) : List.of(firing, event(family, instance, severity, 2, start, end, end));
    }

    private static AlertEvent event(
            String family,
            String instance,
            Severity severity,
            long sequence,
            Instant start,
            Instant at,
            @Nullable Instant end) {
        return new AlertEvent(
                sequence,
                family + "-" + severity.word(),
                family,
                severity,
                end == null ? AlertEvent.State.FIRING : AlertEvent.State.RESOLVED,
                Entity.replica(instance, "0", "tiny", Entity.ROLE_BOTH, "", Map.of()),
                start,
                start,
                end,
                at,
                1,
                1,
                "",
                "",
                "",
                "",
                "",
                false,
                end == null ? null : AlertEvent.ResolvedReason.RECOVERED,
                List.of());
    }

    private static List<AlertEvent> events(List<List<AlertEvent>> alerts) {
        return alerts.stream().flatMap(List::stream).toList();
    }

    private static List<String> told(RuleComparison comparison) {
        return comparison.changes().stream().map(RuleComparisonTest::told).toList();
    }

    private static String told(Change change) {
        return change.kind() + " " + change.first().family() + " on "
                + change.first().entity().instance();
    }

    @Test
    void alertsAreMoreFewerEarlierLaterOrOtherByFamilyAndEntity() {
        List<AlertEvent> shipped = events(List.of(
                alert("queue", "a", Severity.WARNING, 60, 120),
                alert("queue", "b", Severity.WARNING, 60, 120),
                alert("latency", "a", Severity.WARNING, 60, 120),
                alert("latency", "b", Severity.WARNING, 70, 120),
                alert("down", "a", Severity.CRITICAL, 80, 0),
                alert("stalled", "a", Severity.CRITICAL, 90, 0)));
        List<AlertEvent> own = events(List.of(
                alert("queue", "a", Severity.WARNING, 30, 120),
                alert("queue", "b", Severity.WARNING, 90, 120),
                alert("latency", "a", Severity.WARNING, 60, 150),
                alert("latency", "b", Severity.CRITICAL, 70, 120),
                alert("mine", "a", Severity.INFO, 75, 0),
                alert("stalled", "b", Severity.CRITICAL, 90, 0)));

        RuleComparison comparison = RuleComparison.of(shipped, own, true);

        assertThat(told(comparison))
                .containsExactlyInAnyOrder(
                        "EARLIER queue on a",
                        "LATER queue on b",
                        "OTHER latency on b",
                        "MORE mine on a",
                        "FEWER down on a",
                        "FEWER stalled on a",
                        "MORE stalled on b");
        assertThat(comparison.unchanged()).isEqualTo(1);
        assertThat(comparison.changes())
                .extracting(change -> change.first().start())
                .isSorted();
    }

    @Test
    void livesThatNeverMeetAreNotTheSameAlert() {
        List<AlertEvent> shipped = alert("queue", "a", Severity.WARNING, 60, 120);
        List<AlertEvent> own = alert("queue", "a", Severity.WARNING, 300, 360);

        assertThat(told(RuleComparison.of(shipped, own, true))).containsExactly("FEWER queue on a", "MORE queue on a");
    }

    @Test
    void aLifeIsOfTheWorstSeverityThatItHad() {
        Instant start = START.plusSeconds(60);
        List<AlertEvent> events = List.of(
                event("queue", "a", Severity.WARNING, 1, start, start, null),
                event("queue", "a", Severity.CRITICAL, 2, start, start.plusSeconds(60), null),
                event("queue", "a", Severity.WARNING, 3, start, start.plusSeconds(120), null),
                event("queue", "a", Severity.WARNING, 4, start, start.plusSeconds(180), start.plusSeconds(180)));

        assertThat(AlertSpan.of(events)).singleElement().satisfies(span -> {
            assertThat(span.alertname()).isEqualTo("queue-critical");
            assertThat(span.severity()).isEqualTo(Severity.CRITICAL);
            assertThat(span.start()).isEqualTo(start);
            assertThat(span.end()).isEqualTo(start.plusSeconds(180));
        });
    }
}
