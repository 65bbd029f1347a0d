package io.vedette.alerts.delivery;

import io.vedette.model.alert.AlertEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The way on which a channel tells of alerts. Called by one thread at a time. */
@FunctionalInterface
public interface Transport {
    /**
     * Tries once to tell of some alerts together.
     *
     * @param news of one family and one state, each fingerprint once; at least one
     * @throws InterruptedException when the channel is being closed; whether the alerts were told is not known then
     */
    Answer send(List<News> news) throws InterruptedException;

    /** How many alerts are told together at most; at least 1. */
    default int mostTogether() {
        return 50;
    }

    /** How long the next attempt has to wait, so that the receiver's limit is kept; zero for at once. */
    default Duration pause(Instant now) {
        return Duration.ZERO;
    }

    /** How often the receiver wants to hear what fires; empty when it remembers what it was told. */
    default Optional<Duration> resendInterval() {
        return Optional.empty();
    }

    /**
     * Tells what fires once more. What becomes of it matters little: the next time is soon.
     *
     * @param open all that fires at the channel; may be none
     * @throws InterruptedException when the channel is being closed
     */
    default void resend(List<AlertEvent> open) throws InterruptedException {}
}
