package io.vedette.alerts.delivery;

import static java.util.stream.Collectors.toMap;

import io.vedette.kafka.KafkaAccessException;
import io.vedette.model.alert.AlertEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one channel of alerts, each change once and a fingerprint's changes in order. What can't be told now is tried again until it can, while newer
 * changes wait behind it on the topic; what the channel refuses is parked, and not tried again. Used by one thread at a time.
 *
 * <p>Told is what is new to the channel: an alert that begins or changes where the matchers hold; every later change of an alert that the channel has
 * open, whether they still hold or not, so that nothing stays open there for ever; no end of an alert that it never had, and nothing of one that was over long before the start. An alert that began long
 * ago while Vedette was away ({@code late}) is not told, the late end of one that is open is; when it still fires once detect has caught up, its event
 * comes again and is not late.
 */
final class Courier {
    private static final Logger logger = LoggerFactory.getLogger(Courier.class);

    /** Waits; a test's returns at once. */
    @FunctionalInterface
    interface Pause {
        void of(Duration wait) throws InterruptedException;
    }

    /** Takes what a channel refused. */
    @FunctionalInterface
    interface Parking {
        /**
         * When this returns, a crash doesn't lose it.
         *
         * @throws KafkaAccessException when it can't be kept now
         */
        void park(AlertRecord alert, String reason) throws InterruptedException;
    }

    private final String channel;
    private final Predicate<Map<String, String>> matchers;
    private final Predicate<AlertRecord> oldNews;
    private final Transport transport;
    private final Ledger ledger;
    private final Parking parking;
    private final Backoff backoff;
    private final Pause pause;
    private final InstantSource clock;
    private final DeliveryMetrics metrics;

    Courier(
            String channel,
            Predicate<Map<String, String>> matchers,
            Predicate<AlertRecord> oldNews,
            Transport transport,
            Ledger ledger,
            Parking parking,
            Backoff backoff,
            Pause pause,
            InstantSource clock,
            DeliveryMetrics metrics) {
        this.channel = channel;
        this.matchers = matchers;
        this.oldNews = oldNews;
        this.transport = transport;
        this.ledger = ledger;
        this.parking = parking;
        this.backoff = backoff;
        this.pause = pause;
        this.clock = clock;
        this.metrics = metrics;
        metrics.open(channel);
    }

    /**
     * Tells of some events. When it returns, each has been told, parked or found to be no news.
     *
     * @param batch in the order of the topic
     * @throws InterruptedException when the channel is being closed; what had been told is remembered
     */
    void deliver(List<AlertRecord> batch) throws InterruptedException {
        for (List<AlertRecord> group : Grouping.of(batch, transport.mostTogether())) {
            // Only now, since an earlier group decides what is open at the channel.
            List<News> news =
                    group.stream().filter(this::isNews).map(this::news).toList();
            if (!news.isEmpty()) {
                tell(news);
            }
        }
    }

    private boolean isNews(AlertRecord alert) {
        AlertEvent event = alert.event();
        Told last = ledger.last(event.fingerprint()).orElse(null);
        if (last != null && last.covers(event)) {
            return false;
        }
        boolean open = last != null && last.firing();
        return switch (event.state()) {
            case RESOLVED -> open;
            case FIRING -> !event.late() && (open || (!oldNews.test(alert) && matchers.test(AlertLabels.of(event))));
        };
    }

    private News news(AlertRecord alert) {
        Optional<Told> last = ledger.last(alert.event().fingerprint());
        return new News(alert, last.flatMap(Told::open), last.flatMap(Told::receipt));
    }

    private void tell(List<News> news) throws InterruptedException {
        Answer answer = insist(news);
        if (answer.outcome() == Outcome.DELIVERED) {
            ledger.remember(news.stream()
                    .collect(toMap(
                            one -> one.event().fingerprint(),
                            one -> Told.of(one.event(), answer.receipt().or(one::receipt)))));
            news.forEach(one -> metrics.delivered(channel, ageSeconds(one.event())));
        } else if (news.size() > 1) {
            // One bad alert must not take its neighbours along.
            for (News one : news) {
                tell(List.of(one));
            }
        } else {
            park(news.get(0).alert(), answer.reason());
        }
    }

    private void park(AlertRecord alert, String reason) throws InterruptedException {
        AlertEvent event = alert.event();
        insistOnParking(alert, reason);
        ledger.remember(Map.of(event.fingerprint(), Told.refused(event, ledger.last(event.fingerprint()))));
        metrics.parked(channel);
        logger.warn(
                "channel {} refused {} of {} ({}); it is kept in the topic of rejected records",
                channel,
                event.alertname(),
                event.entity().key(),
                reason);
    }

    /** Tries until the alert is kept, since the channel's position moves on afterwards. */
    private void insistOnParking(AlertRecord alert, String reason) throws InterruptedException {
        for (int attempt = 0; ; attempt++) {
            try {
                parking.park(alert, "channel " + channel + ": " + reason);
                return;
            } catch (KafkaAccessException e) {
                Duration wait = backoff.after(attempt, Optional.empty());
                logger.warn(
                        "channel {}: a refused alert can't be kept now ({}); next attempt in {} ms",
                        channel,
                        e.getMessage(),
                        wait.toMillis());
                pause.of(wait);
            }
        }
    }

    /** Tries until the answer is final: delivered or refused. */
    private Answer insist(List<News> news) throws InterruptedException {
        for (int attempt = 0; ; attempt++) {
            Duration pace = transport.pause(clock.instant());
            if (!pace.isZero()) {
                pause.of(pace);
            }
            Answer answer = transport.send(news);
            metrics.attempted(channel, answer.outcome());
            if (answer.outcome() != Outcome.RETRY) {
                if (attempt > 0) {
                    logger.info("channel {} answers again, after {} attempts", channel, attempt + 1);
                }
                return answer;
            }
            Duration wait = backoff.after(attempt, answer.retryAfter());
            if (attempt == 0) {
                logger.warn(
                        "channel {} can't be told now ({}); next attempt in {} ms, then until it can",
                        channel,
                        answer.reason(),
                        wait.toMillis());
            } else {
                logger.debug("channel {}: {}; next attempt in {} ms", channel, answer.reason(), wait.toMillis());
            }
            pause.of(wait);
        }
    }

    private double ageSeconds(AlertEvent event) {
        return Duration.between(event.updatedAt(), clock.instant()).toMillis() / 1000.0;
    }
}
