package io.vedette.jobs.run;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
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
import org.apache.flink.util.ExceptionUtils;

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
     * Waits until all tasks run; what fails on the way is restarted as it is later.
     *
     * @param watch is shown the job meanwhile
     * @throws JobStartException when the job has ended, when a task fails of its state, which no restart mends, or when the time is over; its cause is
     *     what failed
     */
    void awaitRunning(Duration timeout, JobWatch watch) {
        long deadline = System.nanoTime() + timeout.toNanos();
        Optional<JobSight> sight = sight();
        while (!sight.map(JobSight::runs).orElse(false)) {
            sight.ifPresent(seen -> {
                requireHope(seen);
                watch.observe(seen, System.nanoTime());
            });
            if (System.nanoTime() - deadline > 0) {
                throw tooLate(timeout, sight);
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new JobStartException("interrupted while waiting for job " + name, new InterruptedException());
            }
            LockSupport.parkNanos(POLL_NANOS);
            sight = sight();
        }
    }

    private void requireHope(JobSight sight) {
        boolean fails = sight.failure().map(StateFault::of).orElse(StateFault.NONE) != StateFault.NONE;
        if (fails || sight.status().isTerminalState()) {
            throw new JobStartException("job " + name + " failed at its start: " + sight.cause(), cause(sight));
        }
    }

    private JobStartException tooLate(Duration timeout, Optional<JobSight> sight) {
        String late = "job " + name + " did not start within " + timeout.toSeconds() + " s";
        return sight.map(seen -> new JobStartException(
                        late + (seen.failure().isPresent() ? "; it fails again and again: " + seen.cause() : ""),
                        cause(seen)))
                .orElseGet(() -> new JobStartException(late, new TimeoutException("Flink does not answer")));
    }

    private static Throwable cause(JobSight sight) {
        return sight.failure().orElseGet(() -> new IllegalStateException(String.valueOf(sight.status())));
    }

    /** How the job stands now; empty when Flink is too busy to say, or the thread is interrupted. Where Flink has lost the job, it counts as failed. */
    Optional<JobSight> sight() {
        try {
            return Optional.of(sight(cluster.getExecutionGraph(id).get()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            return ExceptionUtils.findThrowable(e, TimeoutException.class).isPresent()
                    ? Optional.empty()
                    : Optional.of(lost(e));
        } catch (IllegalStateException e) {
            // What Flink throws once it has shut itself down.
            return Optional.of(lost(e));
        }
    }

    private static JobSight lost(Throwable failure) {
        return new JobSight(JobStatus.FAILED, false, 0, Optional.of(failure));
    }

    private static JobSight sight(AccessExecutionGraph graph) {
        return new JobSight(graph.getState(), runs(graph), restarts(graph), failure(graph));
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

    /** What stands at the bottom of a chain of causes, where what really happened does: type and message, in one line. */
    static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String type = root.getClass().getSimpleName();
        return root.getMessage() == null
                ? type
                : type + ": " + root.getMessage().lines().collect(Collectors.joining(" "));
    }

    private static boolean runs(AccessExecutionGraph graph) {
        return graph.getState() == JobStatus.RUNNING
                && vertices(graph)
                        .allMatch(vertex -> vertex.getExecutionState() == ExecutionState.RUNNING
                                || vertex.getExecutionState() == ExecutionState.FINISHED);
    }

    private static long restarts(AccessExecutionGraph graph) {
        return vertices(graph)
                .mapToLong(vertex -> vertex.getCurrentExecutionAttempt().getAttemptNumber())
                .sum();
    }

    private static Optional<Throwable> failure(AccessExecutionGraph graph) {
        return Stream.concat(
                        Stream.ofNullable(graph.getFailureInfo()),
                        vertices(graph).flatMap(LocalJob::failures))
                .max(Comparator.comparingLong(ErrorInfo::getTimestamp))
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
