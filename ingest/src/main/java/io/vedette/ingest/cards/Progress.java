package io.vedette.ingest.cards;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Which outside call a thread is in, and since when, for whoever waits for it. Written by that thread, read by any. */
public final class Progress {
    private final LongSupplier nanoTime;
    private volatile @Nullable Call call;
    private volatile boolean givenUp;

    /**
     * A call that has not come back.
     *
     * @param sinceNanos when it began, as {@link System#nanoTime}
     * @param patience how long it may take
     */
    public record Call(String name, long sinceNanos, Duration patience) {}

    /** Nobody waits any more for the thread that gets this. */
    public static final class GivenUp extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** @param nanoTime as {@link System#nanoTime} */
    public Progress(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** A call begins, which should take no time worth mentioning. */
    public void begin(String name) {
        begin(name, Duration.ZERO);
    }

    /** A call begins, which may take a while. */
    public void begin(String name, Duration patience) {
        requireWanted();
        call = new Call(name, nanoTime.getAsLong(), patience);
    }

    /** It has come back. */
    public void end() {
        call = null;
        requireWanted();
    }

    private void requireWanted() {
        if (givenUp) {
            throw new GivenUp();
        }
    }

    Optional<Call> call() {
        return Optional.ofNullable(call);
    }

    /** From now on the thread gets {@link GivenUp} wherever it begins or ends a call. */
    void giveUp() {
        givenUp = true;
    }
}
