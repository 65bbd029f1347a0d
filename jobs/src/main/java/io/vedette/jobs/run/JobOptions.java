package io.vedette.jobs.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** How our jobs run, wherever they run. */
public final class JobOptions {
    /** A number for life: state cannot be brought to another. */
    private static final int MAX_PARALLELISM = 128;

    private static final int ANY_NUMBER = Integer.MAX_VALUE;
    private static final Duration CLUSTER_CHECKPOINT_INTERVAL = Duration.ofSeconds(60);

    private JobOptions() {}

    /** An environment for a job that keeps nothing and that ends at its first failure, such as a replay. */
    public static StreamExecutionEnvironment transientJob(int parallelism) {
        Configuration options = common();
        options.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
        return environment(options, parallelism);
    }

    /**
     * An environment for a job that is to go on for ever, and that carries on from its checkpoints.
     *
     * @param generation where its checkpoints go
     * @param resume the checkpoint to begin with
     */
    public static StreamExecutionEnvironment durableJob(
            int parallelism, Path generation, Optional<Path> resume, Duration checkpointInterval) {
        Configuration options = lasting();
        options.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpointInterval);
        keepIn(options, generation);
        resume.ifPresent(checkpoint -> resume(options, checkpoint));
        return environment(options, parallelism);
    }

    /**
     * An environment for a job on a cluster, whose own settings decide on its parallelism and, unless it is said here, on its checkpoints: where they go,
     * how often (each 60 s if the cluster does not say), and with which of them the job begins.
     *
     * @param generation where its checkpoints go
     * @param resume the checkpoint to begin with
     */
    public static StreamExecutionEnvironment clusterJob(Optional<Path> generation, Optional<Path> resume) {
        Configuration options = lasting();
        boolean intervalIsSet = StreamExecutionEnvironment.getExecutionEnvironment()
                .getConfiguration()
                .getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL)
                .isPresent();
        if (!intervalIsSet) {
            options.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CLUSTER_CHECKPOINT_INTERVAL);
        }
        generation.ifPresent(folder -> keepIn(options, folder));
        resume.ifPresent(checkpoint -> resume(options, checkpoint));
        return StreamExecutionEnvironment.getExecutionEnvironment(options);
    }

    private static Configuration lasting() {
        Configuration options = common();
        options.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofMinutes(1));
        options.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, ANY_NUMBER);
        options.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        options.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        options.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, Duration.ofSeconds(1));
        options.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, Duration.ofSeconds(30));
        return options;
    }

    private static void keepIn(Configuration options, Path generation) {
        options.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, generation.toUri().toString());
        options.set(CheckpointingOptions.CREATE_CHECKPOINT_SUB_DIR, false);
    }

    private static void resume(Configuration options, Path checkpoint) {
        options.set(StateRecoveryOptions.SAVEPOINT_PATH, checkpoint.toUri().toString());
        options.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.NO_CLAIM);
    }

    private static Configuration common() {
        Configuration options = new Configuration();
        options.set(StateBackendOptions.STATE_BACKEND, "hashmap");
        options.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
        options.set(PipelineOptions.OBJECT_REUSE, true);
        options.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        options.set(PipelineOptions.GENERIC_TYPES, false);
        return options;
    }

    private static StreamExecutionEnvironment environment(Configuration options, int parallelism) {
        return StreamExecutionEnvironment.getExecutionEnvironment(options).setParallelism(parallelism);
    }
}
