package io.vedette.jobs.track;

import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Frame.Release;
import io.vedette.model.frame.Latest;
import io.vedette.model.sample.Target;
import io.vedette.model.sample.TargetScrape;
import io.vedette.model.signal.Gauges;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From the scrapes of a target to the frames of its replicas, and to what its node is told of its cards. A tick is released by the target's first scrape at or after it, or by time where the
 * target is silent; what it shows depends on the records alone, never on when they were read. Pure: state in, state out; not thread-safe.
 */
public final class TargetTracker {
    /** An entity that stays silent for so long is forgotten. */
    public static final long FORGET_MILLIS = 15 * 60_000;

    /** How far the watermark stays behind append time: what was appended up to so much after a moment is read when the watermark passes it. */
    public static final long BEHIND_MILLIS = 2_000;

    /** Not an agent. */
    private static final String NOBODY = "";

    private static final long RESTARTS_HORIZON_MILLIS = 30 * 60_000;

    private final int[] windowPanes;
    private final ReplicaFrames frames;
    private final Engines engines;
    private final CardFrames cardFrames;
    private final Cards cards;

    public TargetTracker(int[] windowPanes, PromptLimits promptLimits) {
        this.windowPanes = windowPanes.clone();
        this.frames = new ReplicaFrames(windowPanes, promptLimits);
        this.engines = new Engines(windowPanes, frames);
        this.cardFrames = new CardFrames(windowPanes);
        this.cards = new Cards(windowPanes, cardFrames);
    }

    /**
     * Takes a scrape and releases the ticks up to it. Ticks for which it comes too late are final: they were, or would have been, released by time.
     *
     * @param known the target's state; null when the target is new
     * @param appendMillis the broker's time of the record
     * @param intervalMillis as the record says; 0 where it doesn't
     * @param clockOffsetMillis from the agent's clock to the broker's
     * @param jump the newest jump of append time
     * @return the state; null when the scrape is too old to begin with
     */
    public @Nullable TargetState onScrape(
            @Nullable TargetState known,
            TargetScrape scrape,
            long appendMillis,
            long intervalMillis,
            long clockOffsetMillis,
            Jump jump,
            TrackOutput out) {
        long time = ScrapeTimes.timeOf(scrape, appendMillis, clockOffsetMillis, out);
        TargetState before = known == null ? null : releaseSilently(known, appendMillis - 1, jump, out);
        before = before == null ? null : letGo(before, appendMillis - BEHIND_MILLIS, appendMillis, out);
        if (before == null || !before.hasBegun()) {
            TargetState state = begin(scrape, time, appendMillis, intervalMillis, out);
            if (state != null && before != null) {
                onRemoved(state, scrape.target().instance(), before.target.agent(), before.removedMillis);
            }
            return state;
        }
        if (time <= before.lastScrapeMillis) {
            out.count(TrackEvent.LATE_SCRAPE);
        } else if (isContested(before, scrape.target(), time)) {
            out.count(TrackEvent.CONTESTED_SCRAPE);
            before.contenderMillis = time;
        } else {
            take(before, scrape, time, appendMillis, intervalMillis, out);
        }
        return before;
    }

    private @Nullable TargetState begin(
            TargetScrape scrape, long time, long appendMillis, long intervalMillis, TrackOutput out) {
        if (time <= appendMillis - FORGET_MILLIS) {
            out.count(TrackEvent.LATE_SCRAPE);
            return null;
        }
        TargetState state = new TargetState(scrape.target());
        state.intervalMillis = ScrapeTimes.intervalMillis(state, intervalMillis, time);
        state.firstSeenMillis = time;
        state.lastTickMillis =
                Frame.tickAtOrAfter(Math.max(time, appendMillis - patienceMillis(state))) - Frame.TICK_MILLIS;
        state.replicas.add(engines.newReplica(state, "0"));
        take(state, scrape, time, appendMillis, intervalMillis, out);
        return state;
    }

    /** One agent scrapes a target. Another's scrapes are set aside while it does: they may be of another engine of the same name. */
    private static boolean isContested(TargetState state, Target target, long time) {
        String owner = state.target.agent();
        return !owner.equals(NOBODY)
                && !owner.equals(target.agent())
                && time <= state.lastScrapeMillis + patienceMillis(state);
    }

    private void take(
            TargetState state,
            TargetScrape scrape,
            long time,
            long appendMillis,
            long intervalMillis,
            TrackOutput out) {
        state.intervalMillis = ScrapeTimes.intervalMillis(state, intervalMillis, time);
        learnTarget(state, scrape.target(), appendMillis, out);
        if (time > state.removedMillis) {
            state.removedMillis = 0;
        }
        List<ScrapeStep> steps = engines.steps(state, scrape, time, out);
        List<Cards.Step> cardSteps = cards.steps(state, scrape, time, out);
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
                emitCards(state, cardSteps, tick, appendMillis, newest, out);
            }
            state.lastTickMillis = tick;
        }
        for (ScrapeStep step : steps) {
            step.finish();
        }
        for (Cards.Step step : cardSteps) {
            step.series().finish();
        }
        learnScrape(state, scrape, time);
        if (nextTick(state) == time) {
            for (ScrapeStep step : steps) {
                step.advance(time);
                frames.emit(state, step.replica(), time, appendMillis, Release.SCRAPE, step.latest(newest), out);
            }
            emitCards(state, cardSteps, time, appendMillis, newest, out);
            state.lastTickMillis = time;
        }
        OwnerWatch.tell(state, time, appendMillis, out);
        if (scrape.isGood()) {
            engines.forgetVanished(state, time, appendMillis, out);
            cards.forgetVanished(state, time, appendMillis, out);
        }
    }

    private void emitCards(
            TargetState state, List<Cards.Step> steps, long tick, long appendMillis, Latest newest, TrackOutput out) {
        if (steps.isEmpty()) {
            return;
        }
        IdentityHashMap<CardState, Latest> latest = new IdentityHashMap<>();
        for (Cards.Step step : steps) {
            step.series().advance(tick);
            latest.put(step.card(), step.series().latest(newest));
        }
        cardFrames.emit(state, state.cards, tick, appendMillis, Release.SCRAPE, latest::get, out);
    }

    private void learnTarget(TargetState state, Target target, long appendMillis, TrackOutput out) {
        if (!state.target.equals(target)) {
            state.target = target;
        }
        for (ReplicaState replica : state.replicas) {
            replica.reshape(windowPanes);
            frames.settleRoot(state, replica, appendMillis, out);
        }
        for (CardState card : state.cards) {
            card.series.reshape(windowPanes);
        }
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
            if (scrape.processStartMillis() > 0) {
                state.processStartMillis = scrape.processStartMillis();
            }
            state.contextLength = scrape.contextLength();
        } else if (state.downSinceMillis == 0) {
            state.downSinceMillis = time;
        }
        state.restartMillis = Arrays.stream(state.restartMillis)
                .filter(at -> at > time - RESTARTS_HORIZON_MILLIS)
                .toArray();
    }

    /**
     * Releases what is silent by now, and lets the target go when its agent no longer has it.
     *
     * @return the state; null when the target is forgotten
     */
    public @Nullable TargetState onTime(TargetState state, long watermarkMillis, Jump jump, TrackOutput out) {
        TargetState left = releaseSilently(state, watermarkMillis, jump, out);
        return left == null ? null : letGo(left, watermarkMillis, watermarkMillis, out);
    }

    /** Releases the ticks whose patience has ended by some time; null when the target is forgotten by that. */
    private @Nullable TargetState releaseSilently(TargetState state, long untilMillis, Jump jump, TrackOutput out) {
        if (!state.hasBegun()) {
            return state;
        }
        long patience = patienceMillis(state);
        long tick = nextTick(state);
        while (tick + patience <= untilMillis) {
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

    /** Null when the target was removed by some time, and no other agent scrapes it. */
    private @Nullable TargetState letGo(
            TargetState state, long watermarkMillis, long releasedAtMillis, TrackOutput out) {
        if (state.removedMillis == 0 || watermarkMillis < state.removedMillis) {
            return state;
        }
        if (state.contenderMillis > state.removedMillis - patienceMillis(state)) {
            Target target = state.target;
            state.target = new Target(
                    target.instance(),
                    target.node(),
                    NOBODY,
                    target.modelName(),
                    target.role(),
                    target.gpus(),
                    target.labels());
            state.removedMillis = 0;
            return state;
        }
        // Where a jump swallowed the ticks before, the one of the removal: models have long gone past the others.
        long tick = nextTick(state) + patienceMillis(state) < state.removedMillis
                ? Frame.tickAtOrAfter(state.removedMillis)
                : nextTick(state);
        for (ReplicaState replica : state.replicas) {
            frames.last(state, replica, tick, releasedAtMillis, Release.REMOVED, out);
        }
        cardFrames.last(state, state.cards, tick, state.removedMillis, Release.REMOVED, out);
        return null;
    }

    private static long observedSince(TargetState state, Jump jump) {
        return jump.toMillis() > state.lastScrapeMillis ? jump.toMillis() : 0;
    }

    /**
     * Takes an agent's word that it no longer has the target. That holds once all records up to then have been read, unless the agent has the target
     * again or another agent scrapes it too. Where the list is read before the scrapes, the state has nothing else in it.
     *
     * @param known the target's state; null when none of its scrapes has been read
     * @param appendMillis the broker's time of the agent's list
     */
    public TargetState onRemoved(@Nullable TargetState known, String instance, String agent, long appendMillis) {
        TargetState state = known == null ? new TargetState(new Target(instance, "", agent, "", "", Map.of())) : known;
        if (agent.equals(state.target.agent()) && state.lastScrapeMillis <= appendMillis) {
            state.removedMillis = appendMillis;
        }
        return state;
    }

    private void emitSilent(TargetState state, long tick, long atMillis, Release release, TrackOutput out) {
        for (ReplicaState replica : state.replicas) {
            replica.reshape(windowPanes);
            replica.history.advance(tick / Frame.TICK_MILLIS);
            if (release == Release.SILENCE) {
                frames.emit(state, replica, tick, atMillis, release, frames.latestOf(state, replica), out);
            } else {
                frames.last(state, replica, tick, atMillis, release, out);
            }
        }
        for (CardState card : state.cards) {
            card.series.reshape(windowPanes);
            card.series.history.advance(tick / Frame.TICK_MILLIS);
        }
        if (release == Release.SILENCE) {
            cardFrames.emit(state, state.cards, tick, atMillis, release, card -> CardFrames.latestOf(state, card), out);
        } else {
            cardFrames.last(state, state.cards, tick, atMillis, release, out);
        }
        state.lastTickMillis = tick;
    }

    /** When {@link #onTime} is next to be called. */
    public long deadlineMillis(TargetState state) {
        if (!state.hasBegun()) {
            return state.removedMillis;
        }
        long silent = nextTick(state) + patienceMillis(state);
        return state.removedMillis > 0 ? Math.min(silent, state.removedMillis) : silent;
    }

    static long nextTick(TargetState state) {
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
