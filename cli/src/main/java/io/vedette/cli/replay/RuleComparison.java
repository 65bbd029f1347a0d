package io.vedette.cli.replay;

import io.vedette.model.alert.AlertEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What other rules change in the same recording: alerts are the same when they are of one family and entity and fired at one time. Immutable.
 *
 * @param changes in the order of time
 * @param unchanged how many alerts began at the same time with the same name and severity
 * @param besideShipped whether the rules in question are beside the shipped ones, not in their place
 */
record RuleComparison(List<Change> changes, int unchanged, boolean besideShipped) {
    /** How an alert differs. */
    enum Kind {
        /** Only the rules in question raise it. */
        MORE,
        /** Only the shipped rules raise it. */
        FEWER,
        EARLIER,
        LATER,
        /** It begins at the same time, by another rule or with another severity. */
        OTHER
    }

    /**
     * An alert that differs.
     *
     * @param shipped null where the shipped rules do not raise it
     * @param own null where the rules in question do not
     */
    record Change(
            Kind kind,
            @Nullable AlertSpan shipped,
            @Nullable AlertSpan own) {
        /** Of the two that there may be, the first to begin. */
        AlertSpan first() {
            if (shipped == null || own == null) {
                return Objects.requireNonNull(shipped == null ? own : shipped);
            }
            return own.start().isBefore(shipped.start()) ? own : shipped;
        }
    }

    RuleComparison {
        changes = List.copyOf(changes);
    }

    /** Compares what two sets of rules told of the same frames. */
    static RuleComparison of(List<AlertEvent> shipped, List<AlertEvent> own, boolean besideShipped) {
        List<AlertSpan> left = new ArrayList<>(AlertSpan.of(shipped));
        List<Change> changes = new ArrayList<>();
        int unchanged = 0;
        for (AlertSpan span : AlertSpan.of(own)) {
            AlertSpan other = left.stream()
                    .filter(candidate -> candidate.key().equals(span.key()) && candidate.meets(span))
                    .findFirst()
                    .orElse(null);
            left.remove(other);
            Kind kind = kind(other, span);
            if (kind == null) {
                unchanged++;
            } else {
                changes.add(new Change(kind, other, span));
            }
        }
        left.forEach(span -> changes.add(new Change(Kind.FEWER, span, null)));
        changes.sort(Comparator.comparing((Change change) -> change.first().start())
                .thenComparing(change -> change.first().key()));
        return new RuleComparison(changes, unchanged, besideShipped);
    }

    /** Null where nothing differs. */
    private static @Nullable Kind kind(@Nullable AlertSpan shipped, AlertSpan own) {
        if (shipped == null) {
            return Kind.MORE;
        }
        Instant before = shipped.start();
        if (!own.start().equals(before)) {
            return own.start().isBefore(before) ? Kind.EARLIER : Kind.LATER;
        }
        boolean same = own.alertname().equals(shipped.alertname()) && own.severity() == shipped.severity();
        return same ? null : Kind.OTHER;
    }
}
