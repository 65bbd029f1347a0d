package io.vedette.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One line of the table: CPU time and allocation of this thread by unit of work, over many batches. CPU time of the thread and the median of the
 * batches keep what else the machine does out of the figure; collecting the garbage is not in it. Not thread-safe.
 */
final class Stage {
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final String name;
    private final double budgetMicros;
    private final List<Double> micros = new ArrayList<>();
    private final List<Double> bytes = new ArrayList<>();
    private long cpuNanos;
    private long allocatedBytes;

    /**
     * A stage.
     *
     * @param budgetMicros NaN where the budget has no line for it
     */
    Stage(String name, double budgetMicros) {
        this.name = name;
        this.budgetMicros = budgetMicros;
    }

    void begin() {
        allocatedBytes = THREAD.getCurrentThreadAllocatedBytes();
        cpuNanos = THREAD.getCurrentThreadCpuTime();
    }

    /** Ends a batch of so many units. */
    void end(int units) {
        cpuNanos = THREAD.getCurrentThreadCpuTime() - cpuNanos;
        allocatedBytes = THREAD.getCurrentThreadAllocatedBytes() - allocatedBytes;
        if (units > 0) {
            micros.add(cpuNanos / 1e3 / units);
            bytes.add((double) allocatedBytes / units);
        }
    }

    /** Forgets what was measured while the code was still being compiled. */
    void forget() {
        micros.clear();
        bytes.clear();
    }

    static String header() {
        return String.format(Locale.ROOT, "%-52s %9s %9s %9s", "stage", "µs", "budget", "allocated");
    }

    String row() {
        return String.format(
                Locale.ROOT,
                "%-52s %9.1f %9s %6.1f KB",
                name,
                median(micros),
                Double.isNaN(budgetMicros) ? "" : String.format(Locale.ROOT, "%.0f", budgetMicros),
                median(bytes) / 1024);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
    }
}
