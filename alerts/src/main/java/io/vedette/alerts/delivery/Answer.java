package io.vedette.alerts.delivery;

import java.time.Duration;
import java.util.Optional;

/**
 * An attempt's outcome.
 *
 * @param reason in a few words that hold no secret; empty when delivered
 * @param retryAfter how long the receiver asks to be left alone
 * @param receipt what the receiver knows the message by, where later ones refer to it; empty keeps the one that there was
 */
public record Answer(Outcome outcome, String reason, Optional<Duration> retryAfter, Optional<String> receipt) {
    public static final Answer DELIVERED = new Answer(Outcome.DELIVERED, "", Optional.empty());

    public Answer(Outcome outcome, String reason, Optional<Duration> retryAfter) {
        this(outcome, reason, retryAfter, Optional.empty());
    }

    /** Delivered, and known by this from now on. */
    public static Answer delivered(String receipt) {
        return new Answer(Outcome.DELIVERED, "", Optional.empty(), Optional.of(receipt));
    }

    public static Answer retry(String reason) {
        return new Answer(Outcome.RETRY, reason, Optional.empty());
    }

    public static Answer refused(String reason) {
        return new Answer(Outcome.REFUSED, reason, Optional.empty());
    }
}
