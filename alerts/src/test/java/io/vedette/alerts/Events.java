package io.vedette.alerts;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vedette.alerts.delivery.AlertRecord;
import io.vedette.alerts.delivery.News;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.AlertEvent.ResolvedReason;
import io.vedette.model.alert.AlertEvent.State;
import io.vedette.model.alert.Severity;
import io.vedette.model.entity.Entity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Alerts for tests. Times are seconds after {@link #START}. */
public final class Events {
    public static final Instant START = Instant.parse("2026-02-07T09:47:40Z");

    private Events() {}

    public static Entity replica(String instance) {
        return Entity.replica(instance, "0", "glm-4.7-flash", "both", "gpu-7", Map.of("cluster", "bj1"));
    }

    /** An alert of the family {@code queue} begins. */
    public static AlertEvent firing(String instance, long second) {
        return event(instance, "queue", "queue-slow", Severity.WARNING, second, 1, second);
    }

    /** An alert of any family begins. */
    public static AlertEvent firing(String instance, String family, Severity severity, long second) {
        return event(instance, family, family + "-high", severity, second, 1, second);
    }

    /** The alert that began at {@code startSecond} becomes a worse one. */
    public static AlertEvent worse(String instance, long startSecond, long second) {
        return event(instance, "queue", "queue-blocked", Severity.CRITICAL, startSecond, 2, second);
    }

    /** An alert goes on with another severity. */
    public static AlertEvent changed(AlertEvent before, Severity severity, long second) {
        return event(
                before.entity().instance(),
                before.family(),
                before.alertname(),
                severity,
                before.startsAt().getEpochSecond() - START.getEpochSecond(),
                before.sequence() + 1,
                second);
    }

    /** An alert ends. */
    public static AlertEvent resolved(AlertEvent before, long second) {
        return new AlertEvent(
                before.sequence() + 1,
                before.alertname(),
                before.family(),
                before.severity(),
                State.RESOLVED,
                before.entity(),
                before.pendingSince(),
                before.startsAt(),
                START.plusSeconds(second),
                START.plusSeconds(second),
                0.25,
                before.threshold(),
                before.unit(),
                before.window(),
                "no request waits longer than 0.25 s",
                "",
                before.runbookUrl(),
                false,
                ResolvedReason.RECOVERED,
                List.of());
    }

    /** The same, told long after it happened. */
    public static AlertEvent late(AlertEvent event) {
        return new AlertEvent(
                event.sequence(),
                event.alertname(),
                event.family(),
                event.severity(),
                event.state(),
                event.entity(),
                event.pendingSince(),
                event.startsAt(),
                event.endsAt(),
                event.updatedAt(),
                event.value(),
                event.threshold(),
                event.unit(),
                event.window(),
                event.summary(),
                event.action(),
                event.runbookUrl(),
                true,
                event.resolvedReason(),
                event.evidence());
    }

    /** The record that an event was read from; its value stands for the JSON. */
    public static AlertRecord record(AlertEvent event) {
        byte[] json = ("{\"id\":\"" + event.id() + "\"}").getBytes(UTF_8);
        return new AlertRecord(event, new ConsumerRecord<>("vedette.alerts", 0, 0, new byte[0], json));
    }

    /** The event as news to a channel that hasn't its alert open. */
    public static News news(AlertEvent event) {
        return new News(record(event), Optional.empty(), Optional.empty());
    }

    /** The event as news to a channel that was told another one last. */
    public static News news(AlertEvent event, AlertEvent open) {
        return new News(record(event), Optional.of(open), Optional.empty());
    }

    /** The event as news to a channel that was told another one last, in a message that it knows by a receipt. */
    public static News news(AlertEvent event, AlertEvent open, String receipt) {
        return new News(record(event), Optional.of(open), Optional.of(receipt));
    }

    private static AlertEvent event(
            String instance,
            String family,
            String alertname,
            Severity severity,
            long startSecond,
            long sequence,
            long second) {
        return new AlertEvent(
                sequence,
                alertname,
                family,
                severity,
                State.FIRING,
                replica(instance),
                START.plusSeconds(startSecond - 120),
                START.plusSeconds(startSecond),
                null,
                START.plusSeconds(second),
                2.31,
                2.0,
                "s",
                "1m",
                "half of the requests wait 2.31 s or longer",
                "rate-limit or scale out now",
                "https://example.org/runbooks/" + family,
                false,
                null,
                List.of());
    }
}
