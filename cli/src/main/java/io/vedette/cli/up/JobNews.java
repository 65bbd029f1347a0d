package io.vedette.cli.up;

import io.vedette.jobs.connect.KafkaJobs;
import io.vedette.jobs.run.JobListener;

/** Tells how the jobs fare, in a line each. */
record JobNews(ServiceListener listener) implements JobListener {
    private static final int FAILED = 1;

    @Override
    public void restarts(String job, String cause) {
        listener.notice("job " + job + " has failed and is restarted until it runs; meanwhile its " + results(job)
                + " stand still: " + cause);
    }

    @Override
    public void runsAgain(String job) {
        listener.notice("job " + job + " runs again and catches up");
    }

    @Override
    public void ended(String job, String cause) {
        listener.onFatal(
                FAILED,
                "job " + job + " has ended and cannot be restarted: " + cause
                        + "; start vedette again, it carries on from the data folder");
    }

    private static String results(String job) {
        return job.equals(KafkaJobs.DERIVE) ? "series and all alerts" : "alerts";
    }
}
