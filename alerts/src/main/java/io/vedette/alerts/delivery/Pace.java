package io.vedette.alerts.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Keeps to a limit of so many attempts within any stretch of time of one length. Used by one thread at a time. */
public final class Pace {
    private final int most;
    private final Duration stretch;
    /** The latest attempts, oldest first; no more than {@code most}. */
    private final Deque<Instant> attempts = new ArrayDeque<>();

    /**
     * @param most attempts within the stretch, at least 1
     * @param stretch above 0
     */
    public Pace(int most, Duration stretch) {
        if (most < 1 || stretch.isNegative() || stretch.isZero()) {
            throw new IllegalArgumentException("a pace is some attempts within some time: " + most + ", " + stretch);
        }
        this.most = most;
        this.stretch = stretch;
    }

    /** How long to wait before the next attempt; zero for not at all. */
    public Duration pause(Instant now) {
        Instant oldest = attempts.peekFirst();
        if (oldest == null || attempts.size() < most) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(now, oldest.plus(stretch));
        // A clock that was set back must not keep news waiting.
        return left.isNegative() ? Duration.ZERO : left.compareTo(stretch) > 0 ? stretch : left;
    }

    /** Notes an attempt. */
    public void attempted(Instant now) {
        if (attempts.size() == most) {
            attempts.removeFirst();
        }
        attempts.addLast(now);
    }
}
