package io.vedette.jobs.track;

import io.vedette.jobs.panes.PaneHistory;
import io.vedette.jobs.panes.SharedLayouts;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Frame.Release;
import io.vedette.model.sample.EngineScrape;
import io.vedette.model.sample.ScrapeFailure;
import io.vedette.model.sample.TargetScrape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The engines behind a target: they come with the scrapes that show them, and go when no scrape shows them any more. */
final class Engines {
    private static final long START_TOLERANCE_MILLIS = 1_000;

    private final int[] windowPanes;
    private final ReplicaFrames frames;
    private final SharedLayouts layouts = new SharedLayouts();

    Engines(int[] windowPanes, ReplicaFrames frames) {
        this.windowPanes = windowPanes;
        this.frames = frames;
    }

    ReplicaState newReplica(TargetState state, String engine) {
        ReplicaState replica = new ReplicaState(
                new PaneHistory(windowPanes, Windows.GAUGES.length, TargetTracker.nextTick(state) / Frame.TICK_MILLIS));
        replica.engine = engine;
        return replica;
    }

    /** What a scrape does to each replica of its target. An engine that is seen for the first time gets a state of its own. */
    List<ScrapeStep> steps(TargetState state, TargetScrape scrape, long time, TrackOutput out) {
        if (!scrape.isGood()) {
            boolean nothingServed = scrape.failure() == ScrapeFailure.REFUSED;
            return state.replicas.stream()
                    .map(replica -> ScrapeStep.failed(replica, time, scrape.durationSeconds(), nothingServed))
                    .toList();
        }
        boolean placeholder = state.replicas.size() == 1 && state.replicas.get(0).lastGoodMillis == 0;
        if (placeholder && scrape.engines().isEmpty() && !scrape.cards().isEmpty()) {
            if (state.hasBegun()) {
                frames.last(state, state.replicas.get(0), TargetTracker.nextTick(state), time, Release.GONE, out);
            }
            state.replicas.clear();
        }
        boolean named = scrape.engines().stream().anyMatch(e -> e.engine().equals("0"));
        if (placeholder && !scrape.engines().isEmpty() && !named && !state.replicas.isEmpty()) {
            frames.last(state, state.replicas.get(0), TargetTracker.nextTick(state), time, Release.GONE, out);
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
                                    replica,
                                    engine,
                                    time,
                                    state.processStartMillis,
                                    processStart,
                                    scrape.durationSeconds(),
                                    layouts,
                                    out));
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

    /** An engine that its target no longer shows, though the target is up, is gone. */
    void forgetVanished(TargetState state, long time, long appendMillis, TrackOutput out) {
        long horizon = time - Math.max(60_000, TargetTracker.patienceMillis(state));
        for (ReplicaState replica : List.copyOf(state.replicas)) {
            if (replica.lastGoodMillis > 0 && replica.lastGoodMillis < horizon && state.replicas.size() > 1) {
                frames.last(state, replica, TargetTracker.nextTick(state), appendMillis, Release.GONE, out);
                state.replicas.remove(replica);
            }
        }
    }
}
