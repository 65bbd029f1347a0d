package io.vedette.alerts;

import static io.vedette.alerts.Events.START;

import io.vedette.alerts.channel.Language;
import io.vedette.alerts.channel.LinkTemplate;
import io.vedette.alerts.channel.Wording;
import io.vedette.alerts.delivery.News;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.AlertEvent.Evidence;
import io.vedette.model.alert.AlertEvent.ResolvedReason;
import io.vedette.model.alert.AlertEvent.State;
import io.vedette.model.alert.Severity;
import io.vedette.model.entity.Entity;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An alert of a shipped rule from its beginning to its end, in the rules' own words, as channels for people are told of it. */
public final class Stories {
    /** Words of the shipped rules, as {@code rules/default.yaml} has them, filled. */
    public static final AlertEvent FIRING = event(
            "10.0.0.7:8000",
            1,
            "queue-slow",
            Severity.WARNING,
            START,
            null,
            0.82,
            0.5,
            "10.0.0.7:8000 (glm-4.7-flash): the wait in the queue is 0.82 s (limit 0.5 s); 14 are waiting now, 32 running.",
            "More arrives than this engine starts. Tune its scheduling (--enable-chunked-prefill, --block-size, --max-num-seqs)"
                    + " or send less to it before the queue blocks.");

    public static final AlertEvent CHANGED = event(
            "10.0.0.7:8000",
            2,
            "queue-blocked",
            Severity.CRITICAL,
            START.plusSeconds(95),
            null,
            2.31,
            2.0,
            "10.0.0.7:8000 (glm-4.7-flash): the wait in the queue is 2.3 s (limit 2 s); 41 are waiting now, and at this rate one"
                    + " that arrives in 5 min will wait 11 s.",
            "Limit the rate at the gateway or add a replica now; the queue does not empty by itself while more arrives than is"
                    + " served.");

    public static final AlertEvent RESOLVED = over("10.0.0.7:8000", ResolvedReason.RECOVERED, 0.25);

    /** Nobody knows whether it is well again. */
    public static final AlertEvent NO_DATA = over("10.0.0.7:8000", ResolvedReason.NO_DATA, Double.NaN);

    private Stories() {}

    /** What a channel is told, one after the other. */
    public static News firing() {
        return Events.news(FIRING);
    }

    public static News changed() {
        return Events.news(CHANGED, FIRING);
    }

    public static News resolved() {
        return Events.news(RESOLVED, CHANGED);
    }

    /** Several replicas have the same trouble, one of them worse than the others. */
    public static List<News> several(int count) {
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> Events.news(
                        i == 1
                                ? event(
                                        "10.0.0.1:8000",
                                        2,
                                        "queue-blocked",
                                        Severity.CRITICAL,
                                        START.plusSeconds(95),
                                        null,
                                        2.31,
                                        2.0,
                                        CHANGED.summary().replace("10.0.0.7", "10.0.0.1"),
                                        CHANGED.action())
                                : event(
                                        "10.0.0." + i + ":8000",
                                        1,
                                        "queue-slow",
                                        Severity.WARNING,
                                        START,
                                        null,
                                        0.82,
                                        0.5,
                                        FIRING.summary().replace("10.0.0.7", "10.0.0." + i),
                                        FIRING.action())))
                .toList();
    }

    /** Texts of an engine, a rule and a label that mean harm, or are just long. */
    public static News hostile(String text) {
        return Events.news(new AlertEvent(
                1,
                "queue-slow",
                "queue",
                Severity.CRITICAL,
                State.FIRING,
                Entity.replica("10.0.0.7:8000", "0", text, "both", text, Map.of("cluster", text)),
                START,
                START,
                null,
                START,
                0.82,
                0.5,
                "s",
                "1m",
                text,
                text,
                "javascript:alert(1)//" + text,
                false,
                null,
                List.of(new Evidence(text, 1, 1, 1))));
    }

    /** As in the tests of all services: times of Shanghai, a link to a dashboard. */
    public static Wording wording(Language language) {
        return new Wording(
                language,
                ZoneId.of("Asia/Shanghai"),
                Optional.of(new LinkTemplate(
                        "https://grafana.example/d/vedette-replica?var-instance={instance}&from={from}&to={to}")));
    }

    private static AlertEvent over(String instance, ResolvedReason reason, double value) {
        Instant end = START.plusSeconds(830);
        return new AlertEvent(
                3,
                CHANGED.alertname(),
                CHANGED.family(),
                CHANGED.severity(),
                State.RESOLVED,
                Events.replica(instance),
                CHANGED.pendingSince(),
                CHANGED.startsAt(),
                end,
                end,
                value,
                CHANGED.threshold(),
                CHANGED.unit(),
                CHANGED.window(),
                CHANGED.summary(),
                CHANGED.action(),
                CHANGED.runbookUrl(),
                false,
                reason,
                List.of());
    }

    private static AlertEvent event(
            String instance,
            long sequence,
            String alertname,
            Severity severity,
            Instant updatedAt,
            @Nullable Instant endsAt,
            double value,
            double threshold,
            String summary,
            String action) {
        return new AlertEvent(
                sequence,
                alertname,
                "queue",
                severity,
                State.FIRING,
                Events.replica(instance),
                START.minusSeconds(120),
                START,
                endsAt,
                updatedAt,
                value,
                threshold,
                "s",
                "1m",
                summary,
                action,
                "https://vedette.example/docs/runbook.md#" + alertname,
                false,
                null,
                List.of(
                        new Evidence(
                                "vedette_replica_request_queue_time_seconds{window=\"1m\",quantile=\"0.5\"}",
                                value,
                                value - 0.31,
                                value + 0.19),
                        new Evidence("vedette_replica_requests_waiting", 41, 41, 41)));
    }
}
