package io.vedette.jobs.life;

import io.vedette.model.alert.Severity;

/**
 * An alert that fires: what its last event said, so that it can be resolved even when its rule is gone.
 *
 * @param sequence of its last event
 */
public record OpenAlert(
        String alertname,
        Severity severity,
        long sequence,
        long pendingSinceMillis,
        long startsAtMillis,
        double threshold,
        String unit,
        String window,
        String summary,
        String action) {
    /** Whether both are held against the same limit. */
    boolean hasLimitOf(OpenAlert other) {
        return Double.compare(threshold, other.threshold) == 0;
    }
}
