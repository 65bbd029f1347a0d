package io.vedette.jobs.rules;

import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Latest;
import io.vedette.model.signal.Gauges;

/**
 * An entity at a tick: what its frame says and what is known of its state.
 *
 * @param stateAgeSeconds how long it has been in the state
 * @param downAgeSeconds how long its scrapes have failed; 0 while they do not
 */
public record Situation(Frame frame, EntityState state, double stateAgeSeconds, double downAgeSeconds) {
    /**
     * The gauges that rules judge: those of the scrape that released the tick, one interval sooner than the series have them; those of the tick
     * where that scrape is far from it or there is none, as for a model.
     */
    public static Gauges judgedGauges(Frame frame) {
        Latest latest = frame.latest();
        long near = Math.max(10_000, frame.intervalMillis() * 5 / 2);
        return latest != null
                        && frame.release() == Frame.Release.SCRAPE
                        && latest.timeMillis() - frame.tickMillis() < near
                ? latest.gauges()
                : frame.gauges();
    }
}
