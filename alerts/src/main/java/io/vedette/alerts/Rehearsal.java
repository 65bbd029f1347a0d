package io.vedette.alerts;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vedette.alerts.alertmanager.AlertmanagerMetrics;
import io.vedette.alerts.channel.ChannelSettings;
import io.vedette.alerts.delivery.AlertRecord;
import io.vedette.alerts.delivery.Answer;
import io.vedette.alerts.delivery.News;
import io.vedette.alerts.delivery.Outcome;
import io.vedette.alerts.delivery.Transport;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.AlertEvent.ResolvedReason;
import io.vedette.model.alert.AlertEvent.State;
import io.vedette.model.alert.AlertJson;
import io.vedette.model.alert.Severity;
import io.vedette.model.entity.Entity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Tells a channel of an alert that says of itself that it is a test, and that it is over. Nothing is noted of it, and nobody else is told. */
public final class Rehearsal {
    /** The alert's name and family. */
    public static final String ALERTNAME = "vedette-test";

    private static final String URL = "http://127.0.0.1";

    private Rehearsal() {}

    /**
     * What became of it.
     *
     * @param resolved empty when the beginning was not taken, and the end therefore not told
     */
    public record Result(Answer firing, Optional<Answer> resolved) {
        /** Whether both were taken. */
        public boolean isDelivered() {
            return resolved.filter(answer -> answer.outcome() == Outcome.DELIVERED)
                    .isPresent();
        }
    }

    /**
     * Tells the channel; once, whatever comes of it.
     *
     * @param runbook page that alerts point to
     */
    public static Result run(ChannelSettings channel, String runbook, InstantSource clock) throws InterruptedException {
        Transport transport = new Transports(URL, clock, new AlertmanagerMetrics(new PrometheusRegistry())).of(channel);
        Instant start = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        AlertEvent firing = event(channel, runbook, start, null);
        Answer begun = transport.send(List.of(news(firing, Optional.empty(), Optional.empty())));
        if (begun.outcome() != Outcome.DELIVERED) {
            return new Result(begun, Optional.empty());
        }
        Duration pause = transport.pause(clock.instant());
        TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        AlertEvent resolved = event(channel, runbook, start, clock.instant().truncatedTo(ChronoUnit.SECONDS));
        Answer ended = transport.send(List.of(news(resolved, Optional.of(firing), begun.receipt())));
        return new Result(begun, Optional.of(ended));
    }

    private static News news(AlertEvent event, Optional<AlertEvent> open, Optional<String> receipt) {
        byte[] json = AlertJson.write(event);
        return new News(
                new AlertRecord(event, new ConsumerRecord<>(ALERTNAME, 0, 0, new byte[0], json)), open, receipt);
    }

    private static AlertEvent event(ChannelSettings channel, String runbook, Instant start, @Nullable Instant end) {
        return new AlertEvent(
                end == null ? 1 : 2,
                ALERTNAME,
                ALERTNAME,
                Severity.INFO,
                end == null ? State.FIRING : State.RESOLVED,
                Entity.replica(ALERTNAME + ":0", "0", "", Entity.ROLE_BOTH, "", Map.of()),
                start,
                start,
                end,
                end == null ? start : end,
                Double.NaN,
                Double.NaN,
                "",
                "",
                "This is a test of the channel " + channel.name() + ": nothing is wrong.",
                "Nothing is to be done. If you can read this, alerts reach you here.",
                runbook,
                false,
                end == null ? null : ResolvedReason.RECOVERED,
                List.of());
    }
}
