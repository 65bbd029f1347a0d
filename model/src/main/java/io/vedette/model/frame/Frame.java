package io.vedette.model.frame;

import io.vedette.model.entity.Entity;
import io.vedette.model.signal.Gauges;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One entity at one tick, with its windows: all that rules and series need. Frames of an entity come in the order of their ticks, and one that has
 * been written is final.
 *
 * @param tickMillis the tick, Unix milliseconds, a multiple of {@link #TICK_MILLIS}
 * @param intervalMillis the entity's scrape interval; the longest of its members'
 * @param release what let the tick go
 * @param members number of live members, for a parent; 0 for a replica or a card
 * @param membersUp how many of them were up at the tick; of cards, how many are not lost
 * @param up 1 or 0 as of the newest scrape at or before the tick; NaN where unknown, and for a model
 * @param gauges as of the tick
 * @param latest the newest scrape; null when there is none, and for a model
 * @param life of a replica; {@link Life#NONE} for a model
 * @param promptLimit prompts longer than this many tokens are overlong; NaN where there is no limit
 * @param gpus the cards that it is about; {@link Gpus#NONE} for replicas and models
 * @param windows by ascending duration
 */
public record Frame(
        Entity entity,
        long tickMillis,
        long intervalMillis,
        Release release,
        int members,
        int membersUp,
        double up,
        Gauges gauges,
        @Nullable Latest latest,
        Life life,
        double promptLimit,
        Gpus gpus,
        List<Window> windows) {
    /** Ticks are multiples of 5 s of Unix time. */
    public static final long TICK_MILLIS = 5_000;

    /** What let a tick go. */
    public enum Release {
        /** A scrape of the entity's own, good or failed; or all of its live members. */
        SCRAPE,
        /** Time: the entity was silent for too long. Nothing is covered after its last scrape. */
        SILENCE,
        /** The last frame of an entity: silent for 15 minutes. */
        GONE,
        /** The last frame of an entity: its agent no longer has it as a target. */
        REMOVED
    }

    public Frame {
        if (tickMillis % TICK_MILLIS != 0) {
            throw new IllegalArgumentException("not a tick: " + tickMillis);
        }
        windows = List.copyOf(windows);
    }

    /** A frame that is about no card. */
    public Frame(
            Entity entity,
            long tickMillis,
            long intervalMillis,
            Release release,
            int members,
            int membersUp,
            double up,
            Gauges gauges,
            @Nullable Latest latest,
            Life life,
            double promptLimit,
            List<Window> windows) {
        this(
                entity,
                tickMillis,
                intervalMillis,
                release,
                members,
                membersUp,
                up,
                gauges,
                latest,
                life,
                promptLimit,
                Gpus.NONE,
                windows);
    }

    /** Whether this is the entity's last frame. */
    public boolean isLast() {
        return release == Release.GONE || release == Release.REMOVED;
    }

    /** The window of a length; empty when the frame has none of it. */
    public Optional<Window> window(long durationMillis) {
        return windows.stream()
                .filter(w -> w.durationMillis() == durationMillis)
                .findFirst();
    }

    /** The first tick at or after a moment. */
    public static long tickAtOrAfter(long millis) {
        return Math.floorDiv(millis + TICK_MILLIS - 1, TICK_MILLIS) * TICK_MILLIS;
    }

    /** The last tick at or before a moment. */
    public static long tickAtOrBefore(long millis) {
        return Math.floorDiv(millis, TICK_MILLIS) * TICK_MILLIS;
    }
}
