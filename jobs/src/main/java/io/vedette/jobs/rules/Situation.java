package io.vedette.jobs.rules;

import io.vedette.jobs.xid.XidHistory;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Latest;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;

/**
 * An entity at a tick: what its frame says and what is known of its state.
 *
 * @param stateAgeSeconds how long it has been in the state
 * @param downAgeSeconds how long its scrapes have failed; 0 while they do not
 * @param xids of a card, those of the last day; none of anything else
 */
public record Situation(
        Frame frame, EntityState state, double stateAgeSeconds, double downAgeSeconds, XidHistory xids) {
    /** An entity that no XIDs are known of. */
    public Situation(Frame frame, EntityState state, double stateAgeSeconds, double downAgeSeconds) {
        this(frame, state, stateAgeSeconds, downAgeSeconds, XidHistory.NONE);
    }

    /**
     * The gauges that rules judge: those of the scrape that released the tick, one interval sooner than the series have them; those of the tick
     * where that scrape is far from it or there is none, as for a model. Ages are counted to the tick, so that none is reached before its time.
     */
    public static Gauges judgedGauges(Frame frame) {
        Latest latest = frame.latest();
        long near = Math.max(10_000, frame.intervalMillis() * 5 / 2);
        if (latest == null
                || frame.release() != Frame.Release.SCRAPE
                || latest.timeMillis() - frame.tickMillis() >= near) {
            return frame.gauges();
        }
        double age = latest.gauges().get(Signal.PROGRESS_AGE);
        double aheadSeconds = (latest.timeMillis() - frame.tickMillis()) / 1000.0;
        return age > 0 ? latest.gauges().with(Signal.PROGRESS_AGE, Math.max(0, age - aheadSeconds)) : latest.gauges();
    }
}
