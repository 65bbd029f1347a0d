package io.vedette.jobs.track;

import io.vedette.jobs.panes.PaneHistory;
import io.vedette.jobs.panes.SharedLayouts;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Latest;
import io.vedette.model.sample.CounterSample;
import io.vedette.model.sample.EngineScrape;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one scrape does to one replica, in the order of time: growth goes into the panes of the ticks that the scrape releases, one tick after the
 * other; only then the scrape's own values become the newest. Used once.
 */
final class ScrapeStep {
    private final ReplicaState replica;
    private final long timeMillis;
    private final @Nullable Growth growth;
    private final @Nullable EngineScrape engine;
    private final Gauges gauges;
    private final boolean restarted;
    private final boolean nothingServed;
    private final Signal[] observed;

    private ScrapeStep(
            Signal[] observed,
            ReplicaState replica,
            long timeMillis,
            @Nullable Growth growth,
            @Nullable EngineScrape engine,
            Gauges gauges,
            boolean restarted,
            boolean nothingServed) {
        this.observed = observed;
        this.replica = replica;
        this.timeMillis = timeMillis;
        this.growth = growth;
        this.engine = engine;
        this.gauges = gauges;
        this.restarted = restarted;
        this.nothingServed = nothingServed;
    }

    /** A good scrape: what grew since the last one, spread over the time between them. */
    static ScrapeStep good(
            ReplicaState replica,
            EngineScrape engine,
            long timeMillis,
            long processStartBefore,
            long processStartMillis,
            double durationSeconds,
            SharedLayouts layouts,
            TrackOutput out) {
        boolean first = replica.lastGoodMillis == 0;
        Growth growth = new Growth(first ? timeMillis - 1 : replica.coveredUntilMillis, timeMillis);
        Differences differences =
                new Differences(replica, processStartBefore, processStartMillis, timeMillis, layouts, out);
        differences.take(engine, growth);
        boolean anew = replica.lastGoodMillis == 0;
        double finished = finished(engine);
        if (first || OwnerWatch.isBusy(engine.gauges()) || Double.compare(finished, replica.finishedSinceStart) != 0) {
            replica.busyMillis = timeMillis;
        }
        replica.finishedSinceStart = finished;
        Gauges gauges = Progress.of(replica, engine, timeMillis, differences.restarted())
                .with(Signal.SCRAPE_DURATION, durationSeconds);
        return new ScrapeStep(
                Windows.GAUGES,
                replica,
                timeMillis,
                anew ? null : growth,
                engine,
                gauges,
                differences.restarted(),
                false);
    }

    /**
     * A scrape that says nothing of the replica.
     *
     * @param nothingServed whether the port refuses connections, so that the time up to now is covered: nothing happened in it
     */
    static ScrapeStep failed(ReplicaState replica, long timeMillis, double durationSeconds, boolean nothingServed) {
        boolean covers = nothingServed && replica.lastGoodMillis > 0;
        Growth none = covers ? new Growth(replica.coveredUntilMillis, timeMillis) : null;
        Gauges gauges = Gauges.none().with(Signal.SCRAPE_DURATION, durationSeconds);
        return new ScrapeStep(Windows.GAUGES, replica, timeMillis, none, null, gauges, false, covers);
    }

    /** A good scrape of a card: what grew since the last one, as {@link #good}. */
    static ScrapeStep ofCard(
            ReplicaState series,
            EngineScrape counted,
            long timeMillis,
            long processStartBefore,
            long processStartMillis,
            SharedLayouts layouts,
            TrackOutput out) {
        boolean first = series.lastGoodMillis == 0;
        Growth growth = new Growth(first ? timeMillis - 1 : series.coveredUntilMillis, timeMillis);
        Differences differences =
                new Differences(series, processStartBefore, processStartMillis, timeMillis, layouts, out);
        differences.take(counted, growth);
        return new ScrapeStep(
                Windows.CARD_GAUGES,
                series,
                timeMillis,
                series.lastGoodMillis == 0 ? null : growth,
                counted,
                counted.gauges(),
                differences.restarted(),
                false);
    }

    /** A scrape without a card that is known. */
    static ScrapeStep unseen(ReplicaState series, long timeMillis, Gauges gauges) {
        return new ScrapeStep(Windows.CARD_GAUGES, series, timeMillis, null, null, gauges, false, false);
    }

    ReplicaState replica() {
        return replica;
    }

    boolean restarted() {
        return restarted;
    }

    Latest latest(Latest ofTarget) {
        return new Latest(ofTarget.timeMillis(), ofTarget.up(), ofTarget.failure(), gauges);
    }

    /** Brings the history up to a tick. */
    void advance(long tickMillis) {
        long pane = tickMillis / Frame.TICK_MILLIS;
        if (growth != null) {
            growth.addThrough(pane, replica);
        }
        replica.history.advance(pane);
    }

    /** Makes the scrape the newest. */
    void finish() {
        if (growth != null) {
            growth.addThrough(PaneHistory.paneOf(timeMillis), replica);
        }
        if (nothingServed) {
            replica.coveredUntilMillis = timeMillis;
        }
        if (engine == null) {
            observeDuration();
            return;
        }
        replica.coveredUntilMillis = timeMillis;
        replica.lastGoodMillis = timeMillis;
        replica.modelName = engine.modelName().isEmpty() ? replica.modelName : engine.modelName();
        replica.gauges = gauges;
        long pane = PaneHistory.paneOf(timeMillis);
        for (int i = 0; i < observed.length; i++) {
            replica.history.observe(pane, i, gauges.get(observed[i]));
        }
    }

    /** A scrape that was waited for in vain took long; a port that refuses says nothing of how fast it would answer. */
    private void observeDuration() {
        if (!nothingServed) {
            int gauge = List.of(Windows.GAUGES).indexOf(Signal.SCRAPE_DURATION);
            replica.history.observe(PaneHistory.paneOf(timeMillis), gauge, gauges.get(Signal.SCRAPE_DURATION));
        }
    }

    private static double finished(EngineScrape engine) {
        double finished = Double.NaN;
        for (CounterSample counter : engine.counters()) {
            if (counter.signal() == Signal.FINISHED_REQUESTS) {
                finished = (Double.isNaN(finished) ? 0 : finished) + counter.value();
            }
        }
        return finished;
    }
}
