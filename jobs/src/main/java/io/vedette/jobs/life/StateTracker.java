package io.vedette.jobs.life;

import io.vedette.jobs.rules.EntityState;
import io.vedette.jobs.rules.Situation;
import io.vedette.jobs.xid.XidHistory;
import io.vedette.model.entity.EntityKind;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.GaugeStats;
import io.vedette.model.frame.Life;
import io.vedette.model.frame.Window;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import org.jspecify.annotations.Nullable;

/** Tells from an entity's frames what it is about. A function of the frames alone. */
public final class StateTracker {
    /** How long scrapes fail before an entity is down. */
    static final long DOWN_MILLIS = 60_000;

    /** How long nothing is heard before an entity is unknown. */
    static final long SILENT_MILLIS = 60_000;

    /** A process that has run for so long is warm. */
    static final long WARM_UP_MILLIS = 300_000;

    /** A process that has finished so many requests is warm. */
    static final double WARM_UP_REQUESTS = 50;

    private static final long IDLE_MILLIS = 60_000;

    private StateTracker() {}

    /** The state at a frame; {@code previous} is null at an entity's first. */
    public static TrackedState next(@Nullable TrackedState previous, Frame frame) {
        boolean target = isOfTarget(frame);
        boolean up = target ? frame.life().downSinceMillis() == 0 : isCards(frame) || frame.membersUp() > 0;
        boolean everUp = (previous != null && previous.everUp())
                || (target ? frame.life().firstUpMillis() > 0 : up);
        long downSince = up ? 0 : downSince(previous, frame);
        long heard = heard(previous, frame);
        EntityState state = state(previous, frame, everUp, downSince, heard);
        long since = previous != null && previous.state() == state
                ? previous.sinceMillis()
                : Math.min(frame.tickMillis(), beginning(state, frame, downSince));
        return new TrackedState(state, since, heard, everUp, downSince);
    }

    /** What rules read: the frame, how long things have been so at its tick, and the XIDs before it. */
    public static Situation situation(TrackedState tracked, XidHistory xids, Frame frame) {
        return new Situation(
                frame,
                tracked.state(),
                seconds(frame.tickMillis() - tracked.sinceMillis()),
                tracked.downSinceMillis() == 0 ? 0 : seconds(frame.tickMillis() - tracked.downSinceMillis()),
                xids);
    }

    private static double seconds(long millis) {
        return Math.max(0, millis) / 1000.0;
    }

    private static long downSince(@Nullable TrackedState previous, Frame frame) {
        if (isOfTarget(frame)) {
            return frame.life().downSinceMillis();
        }
        return previous != null && previous.downSinceMillis() > 0 ? previous.downSinceMillis() : frame.tickMillis();
    }

    private static long heard(@Nullable TrackedState previous, Frame frame) {
        long before = previous == null ? 0 : previous.heardMillis();
        if (frame.release() == Frame.Release.SCRAPE) {
            return Math.max(before, frame.tickMillis());
        }
        return frame.latest() == null ? before : Math.max(before, frame.latest().timeMillis());
    }

    private static EntityState state(
            @Nullable TrackedState previous, Frame frame, boolean everUp, long downSince, long heard) {
        if (frame.release() == Frame.Release.REMOVED) {
            return EntityState.REMOVED;
        }
        if (frame.release() != Frame.Release.SCRAPE) {
            boolean silent = frame.isLast() || frame.tickMillis() - heard >= SILENT_MILLIS;
            return silent ? EntityState.UNKNOWN : unchanged(previous);
        }
        if (!everUp) {
            return EntityState.STARTING;
        }
        if (isCards(frame)) {
            return ofCards(previous, frame, downSince);
        }
        if (downSince > 0) {
            return frame.tickMillis() - downSince >= DOWN_MILLIS ? EntityState.DOWN : unchanged(previous);
        }
        Gauges gauges = Situation.judgedGauges(frame);
        if (gauges.get(Signal.AWAKE) == 0) {
            return EntityState.SLEEPING;
        }
        if (isWarming(frame)) {
            return EntityState.WARMING;
        }
        return isIdle(gauges, frame) ? EntityState.IDLE : EntityState.SERVING;
    }

    /** Replicas and cards are told of by a target that can be down. */
    private static boolean isOfTarget(Frame frame) {
        EntityKind kind = frame.entity().kind();
        return kind == EntityKind.REPLICA || kind == EntityKind.GPU;
    }

    private static boolean isCards(Frame frame) {
        EntityKind kind = frame.entity().kind();
        return kind == EntityKind.GPU || kind == EntityKind.NODE || kind == EntityKind.REPLICA_GPUS;
    }

    /** Cards are at work as their replica is. Where their own target's readings fail, nothing is known of them. */
    private static EntityState ofCards(@Nullable TrackedState previous, Frame frame, long downSince) {
        if (downSince > 0) {
            return frame.tickMillis() - downSince >= DOWN_MILLIS ? EntityState.UNKNOWN : unchanged(previous);
        }
        return switch (frame.gpus().owner()) {
            case NONE, SERVING -> EntityState.SERVING;
            case STARTING -> EntityState.STARTING;
            case IDLE -> EntityState.IDLE;
            case SLEEPING -> EntityState.SLEEPING;
            case DOWN -> EntityState.DOWN;
        };
    }

    private static EntityState unchanged(@Nullable TrackedState previous) {
        return previous != null && previous.state().canBeJudged() ? previous.state() : EntityState.SERVING;
    }

    /** Where the process does not say when it started, it did when it came up before our eyes; else long before us. */
    private static boolean isWarming(Frame frame) {
        Life life = frame.life();
        boolean cameUp = life.firstUpMillis() > life.firstSeenMillis();
        long start = life.processStartMillis() > 0 ? life.processStartMillis() : cameUp ? life.firstUpMillis() : 0;
        return start > 0
                && frame.tickMillis() - start < WARM_UP_MILLIS
                && !(life.finishedSinceStart() >= WARM_UP_REQUESTS);
    }

    private static boolean isIdle(Gauges gauges, Frame frame) {
        Window window = lastMinute(frame);
        return window != null
                && gauges.get(Signal.REQUESTS_RUNNING) == 0
                && gauges.get(Signal.REQUESTS_WAITING) == 0
                && wasZero(window, Signal.REQUESTS_RUNNING)
                && wasZero(window, Signal.REQUESTS_WAITING)
                && !(window.growthOf(Signal.FINISHED_REQUESTS) > 0);
    }

    private static boolean wasZero(Window window, Signal gauge) {
        GaugeStats stats = window.gauges().get(gauge);
        return stats != null && stats.max() == 0;
    }

    /** The shortest window that is no shorter than a minute, or else the longest. */
    private static @Nullable Window lastMinute(Frame frame) {
        Window found = null;
        for (Window window : frame.windows()) {
            found = window;
            if (window.durationMillis() >= IDLE_MILLIS) {
                break;
            }
        }
        return found;
    }

    private static long beginning(EntityState state, Frame frame, long downSince) {
        Life life = frame.life();
        return switch (state) {
            case STARTING ->
                !isCards(frame) && life.firstSeenMillis() > 0 ? life.firstSeenMillis() : frame.tickMillis();
            case WARMING -> life.processStartMillis() > 0 ? life.processStartMillis() : life.firstUpMillis();
            case DOWN -> downSince > 0 ? downSince : frame.tickMillis();
            case SERVING, IDLE, SLEEPING, UNKNOWN, REMOVED -> frame.tickMillis();
        };
    }
}
