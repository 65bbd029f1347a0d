package io.vedette.alerts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves when it is told to, ahead of another one. Thread-safe. */
public final class AdvancingClock implements InstantSource {
    private final InstantSource base;
    private volatile Duration ahead = Duration.ZERO;

    /** A clock that stands still. */
    public AdvancingClock(Instant start) {
        this(InstantSource.fixed(start));
    }

    public AdvancingClock(InstantSource base) {
        this.base = base;
    }

    public synchronized void advance(Duration by) {
        ahead = ahead.plus(by);
    }

    @Override
    public Instant instant() {
        return base.instant().plus(ahead);
    }
}
