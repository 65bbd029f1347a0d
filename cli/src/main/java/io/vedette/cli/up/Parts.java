package io.vedette.cli.up;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that runs in a process. It is stopped stage by stage, since what is in one works with the next to its last moment: a channel notes in Kafka what
 * it has just told. Thread-safe.
 */
final class Parts implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(Parts.class);

    /** Clients end within 2 s or little more each, Flink and Kafka in less unless something is broken. */
    private static final Duration STAGE_LIMIT = Duration.ofMillis(2_500);

    private final Duration limit;
    private final Executor threads;
    private final Map<Stage, Queue<AutoCloseable>> parts = new EnumMap<>(Stage.class);

    /** Nothing yet, of a service of ours: it ends within a few seconds. */
    static Parts ofService() {
        return new Parts(STAGE_LIMIT, task -> {
            Thread thread = new Thread(task, "vedette-parts");
            thread.setDaemon(true);
            thread.start();
        });
    }

    /** When something is stopped, the first first. */
    enum Stage {
        /** Agent, gateway and whatever watches the jobs. */
        CLIENTS,
        FLINK,
        KAFKA
    }

    /**
     * Nothing yet.
     *
     * @param limit how long the next stage waits for one at most
     * @param threads where parts are stopped
     */
    Parts(Duration limit, Executor threads) {
        this.limit = limit;
        this.threads = threads;
        for (Stage stage : Stage.values()) {
            parts.put(stage, new ConcurrentLinkedQueue<>());
        }
    }

    <T extends AutoCloseable> T add(Stage stage, T part) {
        of(stage).add(part);
        return part;
    }

    private Queue<AutoCloseable> of(Stage stage) {
        return Objects.requireNonNull(parts.get(stage));
    }

    /** Stops everything, the parts of a stage at the same time. Repeated calls do nothing. */
    @Override
    public void close() {
        for (Stage stage : Stage.values()) {
            List<CompletableFuture<?>> ends = new ArrayList<>();
            for (AutoCloseable part = of(stage).poll();
                    part != null;
                    part = of(stage).poll()) {
                AutoCloseable closing = part;
                ends.add(CompletableFuture.runAsync(() -> close(closing), threads));
            }
            await(stage, CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new)));
        }
    }

    private void await(Stage stage, CompletableFuture<?> end) {
        try {
            var unused = end.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            logger.warn("{} did not stop within {} ms", stage, limit.toMillis());
        } catch (ExecutionException e) {
            logger.warn("{} did not stop cleanly", stage, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(AutoCloseable part) {
        String name = part.getClass().getSimpleName();
        long begun = System.nanoTime();
        try {
            part.close();
        } catch (Exception e) {
            logger.warn("{} did not stop cleanly", name, e);
        }
        logger.info("{} stopped within {} ms", name, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
    }
}
