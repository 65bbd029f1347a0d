package io.vedette.kafka;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Has a {@link BeatWriter} beat once a second, in a thread of its own. Thread-safe. */
public final class Beats implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final BeatWriter writer;
    private final ScheduledExecutorService clock;

    private Beats(BeatWriter writer) {
        this.writer = writer;
        this.clock = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "vedette-beats");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts beating at once. Never waits for Kafka. */
    public static Beats start(KafkaSettings settings) {
        var beats = new Beats(new BeatWriter(
                BeatWriter.properties(settings), settings.topics().samples()));
        // A fixed delay, since a fixed rate would make up for lost beats in a burst.
        var unused =
                beats.clock.scheduleWithFixedDelay(beats.writer::beat, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return beats;
    }

    /** How many beats were written since the start, over all partitions. */
    public long sent() {
        return writer.sent();
    }

    /** How many could not be written. */
    public long failed() {
        return writer.failed();
    }

    /** Stops beating; waits for 1 s at most. */
    @Override
    public void close() {
        var unused = clock.shutdownNow();
        writer.close();
    }
}
