package io.vedette.jobs.run;

import java.time.Duration;
import org.apache.flink.api.common.JobStatus;

/** Makes news of sights of one job: a job that fails again and again is told of once, until it has been running for a while. Not thread-safe. */
final class JobWatch {
    private final String job;
    private final long steadyNanos;
    private final JobListener listener;

    private long restarts;
    private boolean failing;
    private boolean steadying;
    private long runningSinceNanos;
    private boolean ended;

    /** @param steady how long a restarted job must run until it is said to */
    JobWatch(String job, Duration steady, JobListener listener) {
        this.job = job;
        this.steadyNanos = steady.toNanos();
        this.listener = listener;
    }

    /**
     * Takes the next sight.
     *
     * @param nanos when it was taken, by {@link System#nanoTime}
     */
    void observe(JobSight sight, long nanos) {
        if (ended) {
            return;
        }
        if (sight.status().isTerminalState()) {
            ended = true;
            listener.ended(job, sight.cause());
        } else if (sight.status() == JobStatus.RESTARTING || sight.restarts() > restarts) {
            restarts = sight.restarts();
            steadying = false;
            if (!failing) {
                failing = true;
                listener.restarts(job, sight.cause());
            }
        } else if (failing) {
            observeFailing(sight.runs(), nanos);
        }
    }

    private void observeFailing(boolean runs, long nanos) {
        if (!runs) {
            steadying = false;
        } else if (!steadying) {
            steadying = true;
            runningSinceNanos = nanos;
        } else if (nanos - runningSinceNanos >= steadyNanos) {
            failing = false;
            listener.runsAgain(job);
        }
    }
}
