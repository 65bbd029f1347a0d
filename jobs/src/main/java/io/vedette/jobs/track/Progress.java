package io.vedette.jobs.track;

import io.vedette.model.sample.CounterSample;
import io.vedette.model.sample.EngineScrape;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;

/** Tells since when an engine that has requests makes no progress: neither tokens nor KV usage move. */
final class Progress {
    private Progress() {}

    /** The scrape's gauges with the progress age; remembers what is to be compared with the next scrape. */
    static Gauges of(ReplicaState replica, EngineScrape engine, long timeMillis, boolean restarted) {
        double tokens = Double.NaN;
        for (CounterSample counter : engine.counters()) {
            if (counter.signal() == Signal.PROMPT_TOKENS || counter.signal() == Signal.GENERATION_TOKENS) {
                tokens = (Double.isNaN(tokens) ? 0 : tokens) + counter.value();
            }
        }
        Gauges gauges = engine.gauges();
        double running = gauges.get(Signal.REQUESTS_RUNNING);
        double waiting = gauges.get(Signal.REQUESTS_WAITING);
        double kvUsage = gauges.get(Signal.KV_CACHE_USAGE);
        boolean idle = running == 0 && !(waiting > 0);
        // Compared as NaN equals NaN: what an engine does not have does not move.
        boolean moved = Double.compare(tokens, replica.tokens) != 0 || Double.compare(kvUsage, replica.kvUsage) != 0;
        if (idle || moved || restarted || replica.progressMillis == 0) {
            replica.progressMillis = timeMillis;
        }
        replica.tokens = tokens;
        replica.kvUsage = kvUsage;
        boolean known = !Double.isNaN(running) && !Double.isNaN(tokens);
        return known ? gauges.with(Signal.PROGRESS_AGE, (timeMillis - replica.progressMillis) / 1000.0) : gauges;
    }
}
