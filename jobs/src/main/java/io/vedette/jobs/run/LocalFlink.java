package io.vedette.jobs.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.metrics.MetricRegistryConfiguration;
import org.apache.flink.runtime.metrics.MetricRegistryImpl;
import org.apache.flink.runtime.metrics.ReporterSetup;
import org.apache.flink.runtime.metrics.filter.ReporterFilter;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small Flink inside this process, for {@code up}, {@code replay} and tests: one task manager, no managed memory, nothing that listens on another
 * address than 127.0.0.1. Thread-safe.
 */
public final class LocalFlink implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(LocalFlink.class);
    private static final String LOOPBACK = "127.0.0.1";
    private static final int RETAINED_CHECKPOINTS = 3;
    private static final MemorySize NETWORK_MEMORY = MemorySize.ofMebiBytes(16);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final Cluster cluster;
    private final JobMetrics metrics;
    private final List<LocalJob> jobs = new CopyOnWriteArrayList<>();

    private LocalFlink(Cluster cluster, JobMetrics metrics) {
        this.cluster = cluster;
        this.metrics = metrics;
    }

    /**
     * Starts it, in a second or two.
     *
     * @param temporary a folder for its temporary files
     * @param slots the sum of the parallelisms of the jobs that will run at once
     */
    public static LocalFlink start(Path temporary, int slots) {
        JobMetrics metrics = new JobMetrics();
        Cluster cluster = new Cluster(
                new MiniClusterConfiguration.Builder()
                        .setConfiguration(configuration(temporary))
                        .setNumTaskManagers(1)
                        .setNumSlotsPerTaskManager(slots)
                        .setRpcServiceSharing(RpcServiceSharing.SHARED)
                        .setCommonBindAddress(LOOPBACK)
                        .build(),
                metrics);
        try {
            cluster.start();
        } catch (Exception e) {
            throw new JobStartException("the embedded Flink did not start: " + e, e);
        }
        return new LocalFlink(cluster, metrics);
    }

    private static Configuration configuration(Path temporary) {
        Configuration configuration = new Configuration();
        configuration.set(CoreOptions.TMP_DIRS, temporary.toAbsolutePath().toString());
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ZERO);
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, NETWORK_MEMORY);
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, NETWORK_MEMORY);
        configuration.set(RestOptions.ADDRESS, LOOPBACK);
        configuration.set(RestOptions.BIND_ADDRESS, LOOPBACK);
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(BlobServerOptions.PORT, "0");
        configuration.set(JobManagerOptions.BIND_HOST, LOOPBACK);
        configuration.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
        // All of it is one process: a heartbeat that fails to come means that the machine was asleep.
        configuration.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofMinutes(1));
        configuration.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofHours(6));
        // Read from the cluster's configuration, whatever the job says.
        configuration.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, RETAINED_CHECKPOINTS);
        configuration.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ZERO);
        return configuration;
    }

    /** What the jobs count. */
    public JobMetrics metrics() {
        return metrics;
    }

    /**
     * Submits a job; it may not run yet when this returns.
     *
     * @throws JobStartException when Flink refuses it
     */
    public LocalJob submit(StreamExecutionEnvironment environment, String name) {
        StreamGraph plan = environment.getStreamGraph();
        plan.setJobName(name);
        JobGraph graph = plan.getJobGraph();
        LocalJob job = new LocalJob(cluster, graph.getJobID(), name);
        try {
            var unused = cluster.submitJob(graph).get();
        } catch (ExecutionException e) {
            throw new JobStartException("job " + name + " was refused: " + LocalJob.rootMessage(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobStartException("interrupted while submitting job " + name, e);
        }
        jobs.add(job);
        return job;
    }

    /** Cancels one job and waits for its end. */
    void cancel(LocalJob job) {
        jobs.remove(job);
        await(job.cancel(), "the job did not end");
    }

    /** Cancels all jobs and stops, within a few seconds. Repeated calls do nothing. */
    @Override
    public void close() {
        List<CompletableFuture<?>> ends = new ArrayList<>();
        for (LocalJob job : jobs) {
            ends.add(job.cancel());
        }
        jobs.clear();
        await(CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new)), "the jobs did not end");
        await(cluster.closeAsync(), "the embedded Flink did not stop");
    }

    private static void await(CompletableFuture<?> end, String complaint) {
        try {
            var unused = end.get(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            logger.warn("On closing, {} in time", complaint, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A cluster whose metrics reach this process without a reporter's factory, which only a static registry could tie to us. */
    @SuppressWarnings("try") // Flink's close() may be interrupted
    private static final class Cluster extends MiniCluster {
        private final JobMetrics metrics;

        Cluster(MiniClusterConfiguration configuration, JobMetrics metrics) {
            super(configuration);
            this.metrics = metrics;
        }

        @Override
        protected MetricRegistryImpl createMetricRegistry(Configuration configuration, long maximumMessageSizeInBytes) {
            ReporterSetup reporter =
                    new ReporterSetup("vedette", new MetricConfig(), metrics, ReporterFilter.getNoOpFilter(), Map.of());
            return new MetricRegistryImpl(
                    MetricRegistryConfiguration.fromConfiguration(configuration, maximumMessageSizeInBytes),
                    List.of(reporter));
        }
    }
}
