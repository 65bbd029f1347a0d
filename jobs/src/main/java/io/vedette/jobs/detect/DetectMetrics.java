package io.vedette.jobs.detect;

import io.vedette.jobs.life.DetectStep;
import io.vedette.model.alert.AlertEvent;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What the operator counts. */
final class DetectMetrics {
    private final Counter evaluated;
    private final Counter ignored;
    private final Counter failed;
    private final Counter firing;
    private final Counter resolved;

    DetectMetrics(MetricGroup group) {
        this.evaluated = group.counter("frames_evaluated");
        this.ignored = group.counter("frames_ignored");
        this.failed = group.counter("evaluation_errors");
        this.firing = group.counter("alerts_firing");
        this.resolved = group.counter("alerts_resolved");
    }

    void evaluated(DetectStep step) {
        evaluated.inc();
        for (AlertEvent event : step.events()) {
            (event.state() == AlertEvent.State.FIRING ? firing : resolved).inc();
        }
    }

    /** A frame that is not newer than the entity's last. */
    void ignored() {
        ignored.inc();
    }

    /** A frame that could not be judged; gives how many there were. */
    long failed() {
        failed.inc();
        return failed.getCount();
    }
}
