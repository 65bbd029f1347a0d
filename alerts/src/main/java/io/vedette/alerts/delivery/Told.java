package io.vedette.alerts.delivery;

import io.vedette.model.alert.AlertEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * The last that a channel was told of a fingerprint, or refused to be told.
 *
 * @param id of the event
 * @param firing whether the alert is open at the channel
 * @param updatedAt when the event happened
 * @param startsAt of its alert
 * @param sequence within its alert
 * @param open the last event that the channel took, while the alert is open; empty too where an earlier version didn't keep it
 * @param receipt what the receiver knows the message by that told of the open alert; empty where it doesn't matter, or nobody knows
 */
record Told(
        String id,
        boolean firing,
        Instant updatedAt,
        Instant startsAt,
        long sequence,
        Optional<AlertEvent> open,
        Optional<String> receipt) {
    private static final Comparator<Told> BY_TIME =
            Comparator.comparing(Told::updatedAt).thenComparing(Told::startsAt).thenComparingLong(Told::sequence);

    static Told of(AlertEvent event) {
        return of(event, Optional.empty());
    }

    /** @param receipt what the receiver knows the message by from now on */
    static Told of(AlertEvent event, Optional<String> receipt) {
        boolean firing = event.state() == AlertEvent.State.FIRING;
        return new Told(
                event.id(),
                firing,
                event.updatedAt(),
                event.startsAt(),
                event.sequence(),
                firing ? Optional.of(event) : Optional.empty(),
                firing ? receipt : Optional.empty());
    }

    /** What there is to remember when the channel refused an event: an alert that it had open stays open there, unless this was its end. */
    static Told refused(AlertEvent event, Optional<Told> before) {
        boolean open = event.state() == AlertEvent.State.FIRING
                && before.filter(Told::firing).isPresent();
        return new Told(
                event.id(),
                open,
                event.updatedAt(),
                event.startsAt(),
                event.sequence(),
                open ? before.flatMap(Told::open) : Optional.empty(),
                open ? before.flatMap(Told::receipt) : Optional.empty());
    }

    /** Whether an event is the last one told or came before it: after a crash, the topic repeats what it had. */
    boolean covers(AlertEvent event) {
        return id.equals(event.id()) || BY_TIME.compare(of(event), this) <= 0;
    }
}
