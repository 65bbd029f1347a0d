package io.vedette.jobs.track;

import io.vedette.jobs.panes.PaneHistory;
import io.vedette.jobs.panes.SharedLayouts;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Frame.Release;
import io.vedette.model.frame.Latest;
import io.vedette.model.sample.EngineScrape;
import io.vedette.model.sample.Target;
import io.vedette.model.sample.TargetScrape;
import io.vedette.model.signal.Gauges;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From the scrapes of a target to the frames of its replicas. A tick is released by the target's first scrape at or after it, or by time where the
 * target is silent; what it shows depends on the records alone, never on when they were read. Pure: state in, state out; not thread-safe.
 */
public final class TargetTracker {
    /** An entity that stays silent for so long is forgotten. */
    public static final long FORGET_MILLIS = 15 * 60_000;

    private static final long RESTARTS_HORIZON_MILLIS = 30 * 60_000;
    /** A clock offset up to this is noise. */
    private static final long OFFSET_TOLERANCE_MILLIS = 2_000;
    /** Without a word from the agent, until two scrapes have shown it. */
    private static final long DEFAULT_INTERVAL_MILLIS = 15_000;

    private static final long START_TOLERANCE_MILLIS = 1_000;

    private final int[] windowPanes;
    private final ReplicaFrames frames;
    private final SharedLayouts layouts = new SharedLayouts();

    public TargetTracker(int[] windowPanes, PromptLimits promptLimits) {
        this.windowPanes = windowPanes.clone();
        this.frames = new ReplicaFrames(windowPanes, promptLimits);
    }

    /**
     * Takes a scrape and releases the ticks up to it.
     *
     * @param known the target's state; null when the target is new
     * @param appendMillis the broker's time of the record
     * @param intervalMillis as the record says; 0 where it doesn't
     * @param clockOffsetMillis from the agent's clock to the broker's
     * @param jump the newest jump of append time
     */
    public TargetState onScrape(
            @Nullable TargetState known,
            TargetScrape scrape,
            long appendMillis,
            long intervalMillis,
            long clockOffsetMillis,
            Jump jump,
            TrackOutput out) {
        long time = timeOf(scrape, appendMillis, clockOffsetMillis, out);
        if (known != null && time <= known.lastScrapeMillis) {
            out.count(TrackEvent.LATE_SCRAPE);
            return known;
        }
        // Ticks for which this scrape comes too late are final: they were, or will have been, released by time.
        TargetState heard = known == null ? null : passSilence(known, time, appendMillis - 1, jump, out);
        TargetState state = heard == null ? begin(scrape.target(), time) : heard;
        learnTarget(state, scrape.target(), intervalMillis, time, out, appendMillis);

        List<ScrapeStep> steps = steps(state, scrape, time, out);
        learnLife(state, scrape, time);
        Latest newest = new Latest(
                time,
                scrape.isGood(),
                scrape.failure() == null ? "" : scrape.failure().word(),
                Gauges.none());
        for (long tick = nextTick(state); tick < time; tick += Frame.TICK_MILLIS) {
            if (time <= tick + patienceMillis(state)) {
                for (ScrapeStep step : steps) {
                    step.advance(tick);
                    frames.emit(state, step.replica(), tick, appendMillis, Release.SCRAPE, step.latest(newest), out);
                }
            }
            state.lastTickMillis = tick;
        }
        for (ScrapeStep step : steps) {
            step.finish();
        }
        learnScrape(state, scrape, time);
        if (nextTick(state) == time) {
            for (ScrapeStep step : steps) {
                step.advance(time);
                frames.emit(state, step.replica(), time, appendMillis, Release.SCRAPE, step.latest(newest), out);
            }
            state.lastTickMillis = time;
        }
        if (scrape.isGood()) {
            forgetVanishedEngines(state, time, appendMillis, out);
        }
        return state;
    }

    private static long timeOf(TargetScrape scrape, long appendMillis, long clockOffsetMillis, TrackOutput out) {
        long time = scrape.timeMillis();
        if (Math.abs(clockOffsetMillis) > OFFSET_TOLERANCE_MILLIS) {
            time += clockOffsetMillis;
            out.count(TrackEvent.CLOCK_SHIFTED);
        }
        if (time > appendMillis) {
            if (time > appendMillis + OFFSET_TOLERANCE_MILLIS) {
                out.count(TrackEvent.FROM_THE_FUTURE);
            }
            time = appendMillis;
        }
        return time;
    }

    private TargetState begin(Target target, long time) {
        TargetState state = new TargetState(target);
        state.firstSeenMillis = time;
        state.lastTickMillis = Frame.tickAtOrAfter(time) - Frame.TICK_MILLIS;
        state.replicas.add(newReplica(state, "0"));
        return state;
    }

    private ReplicaState newReplica(TargetState state, String engine) {
        ReplicaState replica = new ReplicaState(
                new PaneHistory(windowPanes, Windows.GAUGES.length, nextTick(state) / Frame.TICK_MILLIS));
        replica.engine = engine;
        return replica;
    }

    private void learnTarget(
            TargetState state, Target target, long intervalMillis, long time, TrackOutput out, long appendMillis) {
        if (!state.target.equals(target)) {
            state.target = target;
        }
        if (intervalMillis > 0) {
            state.intervalMillis = intervalMillis;
        } else {
            state.intervalMillis = state.lastScrapeMillis > 0 ? time - state.lastScrapeMillis : DEFAULT_INTERVAL_MILLIS;
        }
        for (ReplicaState replica : state.replicas) {
            if (!replica.history.hasWindows(windowPanes)) {
                replica.history = replica.history.reshaped(windowPanes);
            }
            frames.settleRoot(state, replica, appendMillis, out);
        }
    }

    private List<ScrapeStep> steps(TargetState state, TargetScrape scrape, long time, TrackOutput out) {
        if (!scrape.isGood()) {
            boolean nothingServed = "refused"
                    .equals(scrape.failure() == null ? "" : scrape.failure().word());
            return state.replicas.stream()
                    .map(replica -> ScrapeStep.failed(replica, time, scrape.durationSeconds(), nothingServed))
                    .toList();
        }
        boolean placeholder = state.replicas.size() == 1 && state.replicas.get(0).lastGoodMillis == 0;
        boolean named = scrape.engines().stream().anyMatch(e -> e.engine().equals("0"));
        if (placeholder && !scrape.engines().isEmpty() && !named) {
            frames.last(state, state.replicas.get(0), nextTick(state), time, Release.GONE, out);
            state.replicas.clear();
        }
        long processStart = scrape.processStartMillis();
        boolean moved =
                state.processStartMillis > 0 && processStart > state.processStartMillis + START_TOLERANCE_MILLIS;
        boolean anew = false;
        for (EngineScrape engine : scrape.engines()) {
            find(state, engine.engine());
        }
        List<ScrapeStep> steps = new ArrayList<>(state.replicas.size());
        for (ReplicaState replica : state.replicas) {
            EngineScrape engine = find(scrape, replica.engine);
            steps.add(
                    engine == null
                            ? ScrapeStep.failed(replica, time, scrape.durationSeconds(), false)
                            : ScrapeStep.good(
                                    replica, engine, time, processStart, scrape.durationSeconds(), layouts, out));
        }
        for (ScrapeStep step : steps) {
            anew |= step.restarted();
        }
        if (moved || (processStart == 0 && anew)) {
            state.restartMillis = Arrays.copyOf(state.restartMillis, state.restartMillis.length + 1);
            state.restartMillis[state.restartMillis.length - 1] = time;
            out.count(TrackEvent.RESTART);
        }
        return steps;
    }

    private static @Nullable EngineScrape find(TargetScrape scrape, String name) {
        for (EngineScrape engine : scrape.engines()) {
            if (engine.engine().equals(name)) {
                return engine;
            }
        }
        return null;
    }

    private ReplicaState find(TargetState state, String engine) {
        for (ReplicaState replica : state.replicas) {
            if (replica.engine.equals(engine)) {
                return replica;
            }
        }
        ReplicaState replica = newReplica(state, engine);
        state.replicas.add(replica);
        state.replicas.sort((a, b) -> a.engine.compareTo(b.engine));
        return replica;
    }

    private static void learnScrape(TargetState state, TargetScrape scrape, long time) {
        state.lastScrapeMillis = time;
        state.lastUp = scrape.isGood();
        state.lastFailure = scrape.failure() == null ? "" : scrape.failure().word();
        state.lastDurationSeconds = scrape.durationSeconds();
    }

    /** A replica's life is told as of the newest scrape, so that rules need not wait for the next tick. */
    private static void learnLife(TargetState state, TargetScrape scrape, long time) {
        if (scrape.isGood()) {
            state.downSinceMillis = 0;
            state.firstUpMillis = state.firstUpMillis == 0 ? time : state.firstUpMillis;
            state.processStartMillis = scrape.processStartMillis();
            state.contextLength = scrape.contextLength();
        } else if (state.downSinceMillis == 0) {
            state.downSinceMillis = time;
        }
        state.restartMillis = Arrays.stream(state.restartMillis)
                .filter(at -> at > time - RESTARTS_HORIZON_MILLIS)
                .toArray();
    }

    /** An engine that its target no longer shows, though the target is up, is gone. */
    private void forgetVanishedEngines(TargetState state, long time, long appendMillis, TrackOutput out) {
        long horizon = time - Math.max(60_000, patienceMillis(state));
        for (ReplicaState replica : List.copyOf(state.replicas)) {
            if (replica.lastGoodMillis > 0 && replica.lastGoodMillis < horizon && state.replicas.size() > 1) {
                frames.last(state, replica, nextTick(state), appendMillis, Release.GONE, out);
                state.replicas.remove(replica);
            }
        }
    }

    /**
     * Releases what is silent by now.
     *
     * @return the state; null when the target is forgotten
     */
    public @Nullable TargetState onTime(TargetState state, long watermarkMillis, Jump jump, TrackOutput out) {
        return passSilence(state, Long.MAX_VALUE, watermarkMillis, jump, out);
    }

    /** Releases ticks up to one, those that have waited for too long; null when the target has been silent for so long that it is forgotten. */
    private @Nullable TargetState passSilence(
            TargetState state, long lastTick, long nowMillis, Jump jump, TrackOutput out) {
        long patience = patienceMillis(state);
        long tick = nextTick(state);
        while (tick <= lastTick && nowMillis >= tick + patience) {
            if (jump.swallows(tick, patience, state.intervalMillis)) {
                tick = Frame.tickAtOrAfter(jump.toMillis() + 1);
                continue;
            }
            boolean gone = tick - Math.max(state.lastScrapeMillis, observedSince(state, jump)) >= FORGET_MILLIS;
            emitSilent(state, tick, tick + patience, gone ? Release.GONE : Release.SILENCE, out);
            if (gone) {
                return null;
            }
            tick += Frame.TICK_MILLIS;
        }
        return state;
    }

    private static long observedSince(TargetState state, Jump jump) {
        return jump.toMillis() > state.lastScrapeMillis ? jump.toMillis() : 0;
    }

    /** Lets the target go, since its agent no longer has it. */
    public void onRemoved(TargetState state, long appendMillis, TrackOutput out) {
        for (ReplicaState replica : state.replicas) {
            frames.last(state, replica, nextTick(state), appendMillis, Release.REMOVED, out);
        }
    }

    private void emitSilent(TargetState state, long tick, long atMillis, Release release, TrackOutput out) {
        for (ReplicaState replica : state.replicas) {
            replica.history.advance(tick / Frame.TICK_MILLIS);
            if (release == Release.SILENCE) {
                frames.emit(state, replica, tick, atMillis, release, frames.latestOf(state, replica), out);
            } else {
                frames.last(state, replica, tick, atMillis, release, out);
            }
        }
        state.lastTickMillis = tick;
    }

    /** When the next tick will be released by time. */
    public long deadlineMillis(TargetState state) {
        return nextTick(state) + patienceMillis(state);
    }

    private static long nextTick(TargetState state) {
        return state.lastTickMillis + Frame.TICK_MILLIS;
    }

    /** How long a target may be silent: 10 s, and 2.5 of its intervals. */
    static long patienceMillis(TargetState state) {
        return patienceMillis(state.intervalMillis);
    }

    static long patienceMillis(long intervalMillis) {
        return Math.max(10_000, intervalMillis * 5 / 2);
    }
}
