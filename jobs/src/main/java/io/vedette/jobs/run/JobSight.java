package io.vedette.jobs.run;

import java.util.Optional;
import org.apache.flink.api.common.JobStatus;

/**
 * How a job stood at one moment.
 *
 * @param status Flink's word for it
 * @param runs whether all of its tasks do, or have come to their end
 * @param restarts how often its tasks were deployed anew, summed up: it grows with each restart, however short
 * @param failure the newest failure of the job or one of its tasks
 */
record JobSight(JobStatus status, boolean runs, long restarts, Optional<Throwable> failure) {
    /** The newest failure in one line. */
    String cause() {
        return failure.map(LocalJob::rootMessage).orElse("Flink gives no reason");
    }
}
