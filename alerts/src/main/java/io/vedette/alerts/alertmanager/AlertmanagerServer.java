package io.vedette.alerts.alertmanager;

import io.vedette.alerts.channel.Address;
import io.vedette.alerts.channel.Destination;
import io.vedette.alerts.delivery.Answer;
import io.vedette.alerts.delivery.Outcome;
import io.vedette.alerts.http.JsonPost;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of a channel's Alertmanagers. It gets what is posted one after another, in order, whatever its neighbours do. What has waited too long for its turn
 * is let go: by then everything that matters has been posted again. Used by one thread at a time.
 */
final class AlertmanagerServer {
    private static final Logger logger = LoggerFactory.getLogger(AlertmanagerServer.class);

    private final String channel;
    private final Address address;
    private final String name;
    private final Duration patience;
    private final JsonPost http;
    private final InstantSource clock;
    private final AlertmanagerMetrics metrics;
    private volatile boolean failing;

    /** What was posted last; done when that has got its answer. */
    private CompletableFuture<Answer> newest = CompletableFuture.completedFuture(Answer.DELIVERED);

    /** @param patience how long a post may wait for its turn */
    AlertmanagerServer(
            String channel,
            Address address,
            Duration patience,
            JsonPost http,
            InstantSource clock,
            AlertmanagerMetrics metrics) {
        this.channel = channel;
        this.address = address;
        this.name = name(address);
        this.patience = patience;
        this.http = http;
        this.clock = clock;
        this.metrics = metrics;
        metrics.open(channel, name);
    }

    private static String name(Address address) {
        try {
            return address.uri().getRawAuthority();
        } catch (IOException e) {
            return address.toString();
        }
    }

    /** Host and port, as in the configuration. */
    String name() {
        return name;
    }

    /** Posts alerts when it is their turn. The future never fails. */
    CompletableFuture<Answer> post(byte[] alerts) {
        Instant latest = clock.instant().plus(patience);
        newest = newest.thenCompose(answered -> attempt(alerts, latest))
                .exceptionally(failure -> Answer.retry(failure.getClass().getSimpleName()))
                .thenApply(this::note);
        return newest;
    }

    private CompletableFuture<Answer> attempt(byte[] alerts, Instant latest) {
        if (clock.instant().isAfter(latest)) {
            return CompletableFuture.completedFuture(Answer.retry("too slow"));
        }
        try {
            URI uri = Destination.Alertmanager.alerts(address);
            return http.sendAsync(http.request(uri, alerts).build());
        } catch (IOException e) {
            // A secret's file is being exchanged, or the URL in it is none: both are mended from outside.
            return CompletableFuture.completedFuture(Answer.retry(String.valueOf(e.getMessage())));
        }
    }

    private Answer note(Answer answer) {
        metrics.answered(channel, name, answer.outcome());
        boolean delivered = answer.outcome() == Outcome.DELIVERED;
        if (!delivered && !failing) {
            logger.warn(
                    "channel {}: Alertmanager {} takes no alerts ({}); it is told again each minute what fires",
                    channel,
                    name,
                    answer.reason());
        } else if (delivered && failing) {
            logger.info("channel {}: Alertmanager {} takes alerts again", channel, name);
        }
        failing = !delivered;
        return answer;
    }
}
