package io.vedette.alerts.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Tells a channel what fires, over and over, for receivers that forget. The first time is as soon as the channel has been told all that happened
 * while nobody was here, lest what is long over fires once more; the latest, one interval after the start. Used by one thread at a time.
 */
final class Resender {
    private final Transport transport;
    private final Duration interval;
    private final Ledger ledger;
    private final InstantSource clock;
    private final Instant start;
    private @Nullable Instant last;

    Resender(Transport transport, Duration interval, Ledger ledger, InstantSource clock) {
        this.transport = transport;
        this.interval = interval;
        this.ledger = ledger;
        this.clock = clock;
        this.start = clock.instant();
    }

    /**
     * Tells what fires if it is time to.
     *
     * @param upToDate whether the channel has been told all that there is
     */
    void resendIfDue(boolean upToDate) throws InterruptedException {
        Instant now = clock.instant();
        Instant before = last;
        if (before == null ? upToDate || isPast(start, now) : isPast(before, now)) {
            last = now;
            transport.resend(ledger.open());
        }
    }

    /** Also when the clock has been set back, or nothing would be told until it is where it was. */
    private boolean isPast(Instant since, Instant now) {
        return now.isBefore(since) || !now.isBefore(since.plus(interval));
    }
}
