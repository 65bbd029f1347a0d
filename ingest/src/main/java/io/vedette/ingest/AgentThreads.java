package io.vedette.ingest;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that don't keep the process alive. */
final class AgentThreads {
    private static final int MOST_PARSING = 4;

    private AgentThreads() {}

    /** Threads called {@code name-1}, {@code name-2} and so on. */
    static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + '-' + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** As many threads as parsing may cost processors. */
    static ExecutorService parsing(String name) {
        int threads = Math.max(1, Math.min(MOST_PARSING, Runtime.getRuntime().availableProcessors()));
        return Executors.newFixedThreadPool(threads, named(name));
    }
}
