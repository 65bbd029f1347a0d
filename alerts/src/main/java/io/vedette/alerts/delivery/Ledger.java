package io.vedette.alerts.delivery;

import io.vedette.model.alert.AlertEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Remembers, beyond a restart, what one channel was told last of each fingerprint. Used by one thread at a time. */
interface Ledger {
    /** The last that was told of a fingerprint; empty when nothing was. */
    Optional<Told> last(String fingerprint);

    /** The last event of everything that is open at the channel, by start and fingerprint. */
    List<AlertEvent> open();

    /** Remembers what was just told, or refused, by fingerprint. When this returns, a crash doesn't lose it. */
    void remember(Map<String, Told> told) throws InterruptedException;
}
