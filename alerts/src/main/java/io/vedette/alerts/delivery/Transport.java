package io.vedette.alerts.delivery;

import java.util.List;

/** The way on which a channel tells of alerts. Called by one thread at a time. */
@FunctionalInterface
public interface Transport {
    /**
     * Tries once to tell of some alerts together.
     *
     * @param alerts of one family and one state, each fingerprint once; at least one
     * @throws InterruptedException when the channel is being closed; whether the alerts were told is not known then
     */
    Answer send(List<AlertRecord> alerts) throws InterruptedException;
}
