package io.vedette.alerts.alertmanager;

import static java.util.stream.Collectors.toMap;

import io.vedette.alerts.channel.ChannelSettings;
import io.vedette.alerts.channel.Destination;
import io.vedette.alerts.delivery.AlertLabels;
import io.vedette.alerts.delivery.Answer;
import io.vedette.alerts.delivery.News;
import io.vedette.alerts.delivery.Outcome;
import io.vedette.alerts.delivery.Transport;
import io.vedette.alerts.http.JsonPost;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.AlertEvent.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells Alertmanagers of alerts, as a Prometheus would: each server is told everything, what fires again each minute with an end four minutes ahead, so
 * that a server that was away has it a minute after it is back, and an alert of which nobody tells any more resolves by itself.
 *
 * <p>Alertmanager knows an alert by its labels, Vedette by family and entity. Where labels change under an open fingerprint, the alert of the old labels
 * is ended, then that of the new ones told, in the same request.
 */
public final class Alertmanager implements Transport {
    static final Duration RESEND_INTERVAL = Duration.ofMinutes(1);

    /** As in Prometheus: three rounds may go amiss before what fires is taken for resolved. */
    static final Duration AHEAD = RESEND_INTERVAL.multipliedBy(4);

    private static final int MOST_IN_A_REQUEST = 100;

    private final List<AlertmanagerServer> servers;
    private final String generatorUrl;
    private final InstantSource clock;

    /** What ended lately, by labels: told again as long as a server that missed the end would go on. */
    private final Map<Map<String, String>, Ended> ended = new LinkedHashMap<>();

    private record Ended(PostableAlert alert, Instant until) {}

    /**
     * @param destination that of the settings
     * @param generatorUrl where people find Vedette
     */
    public Alertmanager(
            ChannelSettings settings,
            Destination.Alertmanager destination,
            String generatorUrl,
            InstantSource clock,
            AlertmanagerMetrics metrics) {
        this.generatorUrl = generatorUrl;
        this.clock = clock;
        JsonPost http = new JsonPost(settings, clock);
        this.servers = destination.servers().stream()
                .map(server -> new AlertmanagerServer(settings.name(), server, RESEND_INTERVAL, http, clock, metrics))
                .toList();
    }

    /** Delivered as soon as one server has the alerts; the others are told at their own pace, and again with each round. */
    @Override
    public Answer send(List<News> news) throws InterruptedException {
        List<PostableAlert> over = new ArrayList<>();
        List<PostableAlert> firing = new ArrayList<>();
        Instant until = clock.instant().plus(AHEAD);
        for (News one : news) {
            AlertEvent event = one.event();
            AlertEvent open = one.open().orElse(event);
            if (event.state() == State.RESOLVED) {
                Instant endsAt = event.endsAt();
                over.add(PostableAlert.over(open, event, endsAt == null ? event.updatedAt() : endsAt, generatorUrl));
                continue;
            }
            if (!AlertLabels.of(open).equals(AlertLabels.of(event))) {
                over.add(PostableAlert.over(open, open, event.updatedAt(), generatorUrl));
            }
            firing.add(PostableAlert.firing(event, until, generatorUrl));
        }
        List<PostableAlert> alerts = new ArrayList<>(over);
        alerts.addAll(firing);
        Answer answer = post(alerts);
        if (answer.outcome() == Outcome.DELIVERED) {
            over.forEach(alert -> ended.put(alert.labels(), new Ended(alert, until)));
            firing.forEach(alert -> ended.remove(alert.labels()));
        }
        return answer;
    }

    @Override
    public Optional<Duration> resendInterval() {
        return Optional.of(RESEND_INTERVAL);
    }

    @Override
    public void resend(List<AlertEvent> open) throws InterruptedException {
        Instant now = clock.instant();
        ended.values().removeIf(end -> !end.until().isAfter(now));
        List<PostableAlert> alerts =
                new ArrayList<>(ended.values().stream().map(Ended::alert).toList());
        open.forEach(event -> alerts.add(PostableAlert.firing(event, now.plus(AHEAD), generatorUrl)));
        for (int from = 0; from < alerts.size(); from += MOST_IN_A_REQUEST) {
            Answer answer = post(alerts.subList(from, Math.min(alerts.size(), from + MOST_IN_A_REQUEST)));
            if (answer.outcome() == Outcome.RETRY) {
                // Nobody is there. To wait for each request's timeout would keep news waiting.
                return;
            }
        }
    }

    private Answer post(List<PostableAlert> alerts) throws InterruptedException {
        byte[] body = PostableAlert.json(alerts);
        return Answers.firstDelivered(servers.stream()
                .collect(
                        toMap(AlertmanagerServer::name, server -> server.post(body), (a, b) -> b, LinkedHashMap::new)));
    }
}
