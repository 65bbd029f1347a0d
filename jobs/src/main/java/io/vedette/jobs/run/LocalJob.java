package io.vedette.jobs.run;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.minicluster.MiniCluster;

/** A job that was submitted to a {@link LocalFlink}. Thread-safe. */
public final class LocalJob {
    private static final long POLL_NANOS = Duration.ofMillis(20).toNanos();

    private final MiniCluster cluster;
    private final JobID id;
    private final String name;

    LocalJob(MiniCluster cluster, JobID id, String name) {
        this.cluster = cluster;
        this.id = id;
        this.name = name;
    }

    /**
     * Waits until all tasks run.
     *
     * @throws JobStartException when one of them fails first, or the time is over; its cause is what the task failed of
     */
    public void awaitRunning(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            AccessExecutionGraph graph = graph();
            failure(graph).ifPresent(failure -> {
                throw new JobStartException("job " + name + " failed at its start: " + rootMessage(failure), failure);
            });
            if (runs(graph)) {
                return;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new JobStartException(
                        "job " + name + " did not start within " + timeout.toSeconds() + " s",
                        new IllegalStateException(String.valueOf(graph.getState())));
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Waits for the end of a job whose input ends; false when the time was over first. */
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
        try {
            var unused = cluster.requestJobResult(id).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException ignored) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the result of job " + name + " is lost", e);
        }
    }

    /**
     * Waits for the end of a job whose input ends, and looks how it ended.
     *
     * @throws JobExecutionException when it failed
     */
    public void requireSuccess() throws JobExecutionException, InterruptedException {
        try {
            var unused = cluster.requestJobResult(id).get().toJobExecutionResult(LocalJob.class.getClassLoader());
        } catch (ExecutionException | IOException | ClassNotFoundException e) {
            throw new JobExecutionException(id, "the result of job " + name + " is lost", e);
        }
    }

    /** Cancels the job; done when it has ended, however it has. */
    CompletableFuture<?> cancel() {
        return cluster.cancelJob(id)
                .handle((acknowledged, ended) -> id)
                .thenCompose(cluster::requestJobResult)
                .handle((result, failure) -> id);
    }

    /** The message at the bottom of a chain of causes, where what really happened stands. */
    static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    private AccessExecutionGraph graph() {
        try {
            return cluster.getExecutionGraph(id).get();
        } catch (ExecutionException e) {
            throw new JobStartException("job " + name + " is lost: " + rootMessage(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobStartException("interrupted while waiting for job " + name, e);
        }
    }

    private static boolean runs(AccessExecutionGraph graph) {
        return graph.getState() == JobStatus.RUNNING
                && vertices(graph)
                        .allMatch(vertex -> vertex.getExecutionState() == ExecutionState.RUNNING
                                || vertex.getExecutionState() == ExecutionState.FINISHED);
    }

    private static Optional<Throwable> failure(AccessExecutionGraph graph) {
        return Optional.ofNullable(graph.getFailureInfo())
                .or(() -> vertices(graph).flatMap(LocalJob::failures).findFirst())
                .map(info -> info.getException().deserializeError(LocalJob.class.getClassLoader()));
    }

    private static Stream<ErrorInfo> failures(AccessExecutionVertex vertex) {
        return Stream.concat(
                vertex.getFailureInfo().stream(),
                vertex.getExecutionHistory().getHistoricalExecutions().stream()
                        .flatMap(execution -> execution.getFailureInfo().stream()));
    }

    private static Stream<AccessExecutionVertex> vertices(AccessExecutionGraph graph) {
        return StreamSupport.stream(graph.getAllExecutionVertices().spliterator(), false)
                .map(vertex -> vertex);
    }
}
