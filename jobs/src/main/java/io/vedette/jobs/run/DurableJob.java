package io.vedette.jobs.run;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job that carries on where its last life ended: from the newest checkpoint, or, where that one cannot be read, from the one before. Closing it
 * stops only the watch over its folder; the job ends with its {@link LocalFlink}.
 */
public final class DurableJob implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(DurableJob.class);
    private static final int PARALLELISM = 1;
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(10);
    private static final Duration START_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration WATCH_INTERVAL = Duration.ofSeconds(1);
    /** Longer than most of what fails at once runs for. */
    private static final Duration STEADY = Duration.ofSeconds(5);

    private final Optional<Path> resumedFrom;
    private final Path generation;
    private final ScheduledExecutorService watch;
    private volatile boolean closing;
    private volatile boolean runs = true;
    /** Whether older generations are gone; known to the watch's thread alone. */
    private boolean forgotten;

    private DurableJob(Optional<Path> resumedFrom, Path generation, CheckpointFolder folder, Running running) {
        this.resumedFrom = resumedFrom;
        this.generation = generation;
        this.watch = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "vedette-job-watch");
            thread.setDaemon(true);
            return thread;
        });
        repeat(CHECKPOINT_INTERVAL, () -> forgetOlder(folder));
        repeat(WATCH_INTERVAL, () -> look(running));
    }

    /** A job that runs, and what makes news of it. */
    private record Running(LocalJob job, JobWatch watch) {}

    private void repeat(Duration interval, Runnable task) {
        var unused = watch.scheduleWithFixedDelay(task, 1_000, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Starts a job and waits until it runs; what fails for a while only is restarted meanwhile, for a minute at most.
     *
     * @param define builds the graph in the environment that it is given
     * @throws JobStartException when it doesn't start; where that is due to its state, the message names {@code --fresh}
     */
    public static DurableJob start(
            LocalFlink flink,
            String name,
            CheckpointFolder folder,
            Consumer<StreamExecutionEnvironment> define,
            JobListener listener) {
        List<Path> checkpoints = folder.newestFirst();
        Path generation = folder.newGeneration();
        Start start = new Start(flink, name, generation, define, listener);
        JobStartException unreadable = null;
        for (Path checkpoint : checkpoints) {
            try {
                Running running = start.from(Optional.of(checkpoint));
                logger.info("Job {} carries on from {}", name, checkpoint);
                return new DurableJob(Optional.of(checkpoint), generation, folder, running);
            } catch (JobStartException e) {
                switch (StateFault.of(e)) {
                    case NONE -> throw e;
                    case MISFIT -> throw mismatch(name, checkpoint, e);
                    case UNREADABLE -> {
                        logger.warn("Job {} cannot read {}; the one before is tried", name, checkpoint, e);
                        unreadable = e;
                    }
                }
            }
        }
        if (unreadable != null) {
            throw mismatch(name, folder.path(), unreadable);
        }
        return new DurableJob(Optional.empty(), generation, folder, start.from(Optional.empty()));
    }

    /** What all attempts to start a job have in common. */
    private record Start(
            LocalFlink flink,
            String name,
            Path generation,
            Consumer<StreamExecutionEnvironment> define,
            JobListener listener) {
        Running from(Optional<Path> checkpoint) {
            StreamExecutionEnvironment environment =
                    JobOptions.durableJob(PARALLELISM, generation, checkpoint, CHECKPOINT_INTERVAL);
            define.accept(environment);
            Running running = new Running(flink.submit(environment, name), new JobWatch(name, STEADY, listener));
            try {
                running.job().awaitRunning(START_TIMEOUT, running.watch());
                return running;
            } catch (JobStartException e) {
                flink.cancel(running.job());
                throw e;
            }
        }
    }

    private static JobStartException mismatch(String name, Path state, JobStartException cause) {
        return new JobStartException(
                "the state of job " + name + " in " + state + " cannot be used: " + LocalJob.rootMessage(cause)
                        + "; --fresh begins anew, with empty windows and no alerts",
                cause);
    }

    /** Whether all of its tasks ran when it was looked at last, a second ago or less. */
    public boolean runs() {
        return runs;
    }

    /** The checkpoint that it began with. */
    public Optional<Path> resumedFrom() {
        return resumedFrom;
    }

    /** When its newest checkpoint was completed, Unix milliseconds; empty before the first one. */
    public Optional<Long> checkpointMillis() {
        return CheckpointFolder.completedMillis(generation);
    }

    private void forgetOlder(CheckpointFolder folder) {
        try {
            if (!forgotten && CheckpointFolder.hasCheckpoint(generation)) {
                folder.keepOnly(generation);
                forgotten = true;
            }
        } catch (UncheckedIOException e) {
            logger.warn("Old checkpoints in {} could not be deleted", folder.path(), e);
        }
    }

    private void look(Running running) {
        try {
            Optional<JobSight> sight = running.job().sight();
            sight.ifPresent(seen -> runs = seen.runs());
            // What is seen of a job while it is stopped on purpose is no news.
            if (!closing) {
                sight.ifPresent(seen -> running.watch().observe(seen, System.nanoTime()));
            }
        } catch (RuntimeException e) {
            // An exception that left this method would end the schedule.
            logger.warn("The job could not be looked at", e);
        }
    }

    /** From here on the listener hears nothing. */
    @Override
    public void close() {
        closing = true;
        var unused = watch.shutdownNow();
    }
}
