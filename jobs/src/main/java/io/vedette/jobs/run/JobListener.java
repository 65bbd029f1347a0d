package io.vedette.jobs.run;

/** Hears how a job fares, from its start on. One call at a time, in a thread of the job's own; must not block for long. */
public interface JobListener {
    /**
     * The job has failed, and is restarted with growing pauses until it runs. However often that takes, it is told once.
     *
     * @param cause what it failed of, in one line
     */
    void restarts(String job, String cause);

    /** A job that was restarted has been running for a while. */
    void runsAgain(String job);

    /**
     * The job has ended, and nobody restarts it.
     *
     * @param cause what it ended of, in one line
     */
    void ended(String job, String cause);
}
