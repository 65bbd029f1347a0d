package io.vedette.alerts.delivery;

import io.vedette.model.alert.AlertEvent;
import java.util.Optional;

/**
 * A change that a channel is to be told.
 *
 * @param open what the channel has been told last of the fingerprint, while that is open there; empty when the alert is new to it, and where nobody
 *     knows any more
 * @param receipt what the receiver knows the message by in which it was told that
 */
public record News(AlertRecord alert, Optional<AlertEvent> open, Optional<String> receipt) {
    /** The event that is the news. */
    public AlertEvent event() {
        return alert.event();
    }
}
