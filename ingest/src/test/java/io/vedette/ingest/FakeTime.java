package io.vedette.ingest;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that goes on only when it is told to, and runs what is due on its way. */
final class FakeTime implements ScrapeSchedule.Timer {
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::nanos).thenComparingLong(Task::number));
    private long nanos;
    private long number;

    private record Task(long nanos, long number, Runnable action) {}

    FakeTime(Duration start) {
        nanos = start.toNanos();
    }

    long nanos() {
        return nanos;
    }

    @Override
    public void after(Duration delay, Runnable task) {
        tasks.add(new Task(nanos + delay.toNanos(), number++, task));
    }

    void advance(Duration by) {
        long end = nanos + by.toNanos();
        while (!tasks.isEmpty() && tasks.peek().nanos() <= end) {
            Task task = tasks.remove();
            nanos = Math.max(nanos, task.nanos());
            task.action().run();
        }
        nanos = end;
    }

    /** Time passes while nothing runs, as in a long pause of the machine; what came due runs at the end. */
    void freeze(Duration by) {
        nanos += by.toNanos();
        advance(Duration.ZERO);
    }
}
