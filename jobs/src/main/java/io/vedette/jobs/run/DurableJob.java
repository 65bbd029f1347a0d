package io.vedette.jobs.run;

import java.io.IOException;
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
import org.apache.flink.util.StateMigrationException;
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

    private final Optional<Path> resumedFrom;
    private final Path generation;
    private final ScheduledExecutorService watch;

    private DurableJob(Optional<Path> resumedFrom, Path generation, CheckpointFolder folder) {
        this.resumedFrom = resumedFrom;
        this.generation = generation;
        this.watch = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "vedette-checkpoints");
            thread.setDaemon(true);
            return thread;
        });
        var unused = watch.scheduleWithFixedDelay(
                () -> forgetOlder(folder), 1, CHECKPOINT_INTERVAL.toSeconds(), TimeUnit.SECONDS);
    }

    /**
     * Starts a job and waits until it runs.
     *
     * @param define builds the graph in the environment that it is given
     * @throws JobStartException when it doesn't start; where that is due to its state, the message names {@code --fresh}
     */
    public static DurableJob start(
            LocalFlink flink, String name, CheckpointFolder folder, Consumer<StreamExecutionEnvironment> define) {
        List<Path> checkpoints = folder.newestFirst();
        Path generation = folder.newGeneration();
        JobStartException unreadable = null;
        for (Path checkpoint : checkpoints) {
            try {
                run(flink, name, generation, Optional.of(checkpoint), define);
                logger.info("Job {} carries on from {}", name, checkpoint);
                return new DurableJob(Optional.of(checkpoint), generation, folder);
            } catch (JobStartException e) {
                if (!isUnreadable(e)) {
                    throw mismatch(name, checkpoint, e);
                }
                logger.warn("Job {} cannot read {}; the one before is tried", name, checkpoint, e);
                unreadable = e;
            }
        }
        if (unreadable != null) {
            throw mismatch(name, folder.path(), unreadable);
        }
        run(flink, name, generation, Optional.empty(), define);
        return new DurableJob(Optional.empty(), generation, folder);
    }

    private static void run(
            LocalFlink flink,
            String name,
            Path generation,
            Optional<Path> checkpoint,
            Consumer<StreamExecutionEnvironment> define) {
        StreamExecutionEnvironment environment =
                JobOptions.durableJob(PARALLELISM, generation, checkpoint, CHECKPOINT_INTERVAL);
        define.accept(environment);
        LocalJob job = flink.submit(environment, name);
        try {
            job.awaitRunning(START_TIMEOUT);
        } catch (JobStartException e) {
            flink.cancel(job);
            throw e;
        }
    }

    /** A file is missing or damaged, as after a power cut: an older checkpoint may do. Anything else would fail with an older one as well. */
    private static boolean isUnreadable(Throwable failure) {
        boolean unreadable = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StateMigrationException) {
                return false;
            }
            unreadable |= cause instanceof IOException;
        }
        return unreadable;
    }

    private static JobStartException mismatch(String name, Path state, JobStartException cause) {
        return new JobStartException(
                "the state of job " + name + " in " + state + " cannot be used: " + LocalJob.rootMessage(cause)
                        + "; --fresh begins anew, with empty windows and no alerts",
                cause);
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
            if (CheckpointFolder.hasCheckpoint(generation)) {
                folder.keepOnly(generation);
                watch.shutdown();
            }
        } catch (UncheckedIOException e) {
            logger.warn("Old checkpoints in {} could not be deleted", folder.path(), e);
        }
    }

    @Override
    public void close() {
        var unused = watch.shutdownNow();
    }
}
