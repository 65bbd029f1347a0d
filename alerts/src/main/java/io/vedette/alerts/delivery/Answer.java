package io.vedette.alerts.delivery;

import java.time.Duration;
import java.util.Optional;

/**
 * An attempt's outcome.
 *
 * @param reason in a few words that hold no secret; empty when delivered
 * @param retryAfter how long the receiver asks to be left alone
 */
public record Answer(Outcome outcome, String reason, Optional<Duration> retryAfter) {
    public static final Answer DELIVERED = new Answer(Outcome.DELIVERED, "", Optional.empty());

    public static Answer retry(String reason) {
        return new Answer(Outcome.RETRY, reason, Optional.empty());
    }

    public static Answer refused(String reason) {
        return new Answer(Outcome.REFUSED, reason, Optional.empty());
    }
}
