package io.vedette.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;

/** Ends the process when an input is never done with: nothing in Java can stop what loops. Counts the thread's own time, so that a busy machine does no harm. */
final class Watchdog extends Thread {
    private static final long MOST_CPU_NANOS = 60_000_000_000L;
    private static final long LOOK_MILLIS = 5_000;
    private static final int STACK_LINES = 60;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Thread watched;
    private final PrintStream out;
    private volatile String input = "";
    private volatile long begin;

    Watchdog(Thread watched, PrintStream out) {
        super("watchdog");
        this.watched = watched;
        this.out = out;
        setDaemon(true);
    }

    /** An input by its name, tried once or, made smaller, several times. */
    void watches(String name) {
        input = name;
    }

    /** To be called by the thread that is watched, at each try. */
    void begins() {
        begin = THREADS.getCurrentThreadCpuTime();
    }

    @Override
    public void run() {
        try {
            while (true) {
                sleep(LOOK_MILLIS);
                if (THREADS.getThreadCpuTime(watched.getId()) - begin > MOST_CPU_NANOS) {
                    out.println("- it takes forever\n  again by -Dtest=" + input);
                    StackTraceElement[] stack = watched.getStackTrace();
                    for (int i = 0; i < Math.min(STACK_LINES, stack.length); i++) {
                        out.println("  at " + stack[i]);
                    }
                    out.flush();
                    Runtime.getRuntime().halt(1);
                }
            }
        } catch (InterruptedException e) {
            interrupt();
        }
    }
}
