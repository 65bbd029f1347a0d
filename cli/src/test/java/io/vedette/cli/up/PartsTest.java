package io.vedette.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.cli.up.Parts.Stage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class PartsTest {
    private static final Executor THREADS = task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    };

    private final List<String> stopped = new CopyOnWriteArrayList<>();

    @Test
    void stopsEachStageOnlyWhenTheOneBeforeHasStopped() {
        // Both clients must be under way for either to end.
        CyclicBarrier together = new CyclicBarrier(2);
        Parts parts = new Parts(Duration.ofMinutes(1), THREADS);
        parts.add(Stage.KAFKA, () -> stopped.add("broker"));
        parts.add(Stage.CLIENTS, () -> {
            together.await();
            stopped.add("client");
        });
        parts.add(Stage.FLINK, () -> stopped.add("flink"));
        parts.add(Stage.CLIENTS, () -> {
            together.await();
            stopped.add("client");
        });

        parts.close();
        parts.close();

        assertThat(stopped).containsExactly("client", "client", "flink", "broker");
    }

    @Test
    void aPartThatHangsOrFailsDoesNotKeepTheOthers() {
        CountDownLatch never = new CountDownLatch(1);
        Parts parts = new Parts(Duration.ofMillis(10), THREADS);
        parts.add(Stage.CLIENTS, never::await);
        parts.add(Stage.FLINK, () -> {
            throw new IllegalStateException("broken");
        });
        parts.add(Stage.KAFKA, () -> stopped.add("broker"));

        parts.close();

        // The broker has 10 ms too before close goes on without it.
        await().untilAsserted(() -> assertThat(stopped).containsExactly("broker"));
    }
}
