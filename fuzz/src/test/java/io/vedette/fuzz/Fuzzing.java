package io.vedette.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds an oracle against inputs that are made of good ones. Each input is made from the seed and its number alone, so that it can be made again without
 * those before it. Findings are told apart by where they were thrown; of each kind the first is kept, and made small.
 */
public final class Fuzzing {
    /** What one input may cost: a hundred times what real ones do and more. */
    private static final long MOST_CPU_NANOS = 5_000_000_000L;

    private static final long MOST_ALLOCATED = 512L << 20;
    private static final int MOST_FINDINGS = 10;
    private static final int SHRINKING_TRIES = 3_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final PrintStream OUT = System.out;

    private final Class<?> test;
    private final List<byte[]> seeds;
    private final Mutation mutation;
    private final Oracle oracle;
    private final Watchdog watchdog = new Watchdog(Thread.currentThread(), OUT);
    private final Map<String, String> findings = new LinkedHashMap<>();
    /** Whether the newest input was. */
    private boolean taken;

    /**
     * For the thread that makes it.
     *
     * @param test whose name findings bear
     */
    public Fuzzing(Class<?> test, Stream<byte[]> seeds, Mutation mutation, Oracle oracle) {
        this.test = test;
        this.seeds = seeds.toList();
        this.mutation = mutation;
        this.oracle = oracle;
    }

    /**
     * Tries the good inputs themselves, which must be taken, since of what is refused at once nothing is tried; then others made of them.
     *
     * @param usualInputs how many others in the ordinary build
     * @throws AssertionError when a good input is refused, and when there are findings
     */
    public void run(long usualInputs) {
        Settings settings = Settings.read(usualInputs);
        OUT.printf("%s: seed %d%n", test.getSimpleName(), settings.seed());
        watchdog.start();
        List<String> refused = new ArrayList<>();
        for (int i = 0; i < seeds.size(); i++) {
            if (!tryOne(seeds.get(i), "good input " + i)) {
                refused.add(i + ":\n" + new String(seeds.get(i), StandardCharsets.UTF_8));
            }
        }
        if (!refused.isEmpty()) {
            throw new AssertionError(refused.size() + " of " + seeds.size() + " good inputs are refused:\n"
                    + String.join("\n", refused));
        }
        long takenInputs = 0;
        long begin = System.nanoTime();
        long number = settings.from();
        while (number - settings.from() < settings.inputs()
                && System.nanoTime() - begin < settings.seconds() * 1_000_000_000.0
                && findings.size() < MOST_FINDINGS) {
            String name = "-Dvedette.fuzz.seed=" + settings.seed() + " -Dvedette.fuzz.input=" + number;
            takenInputs += tryOne(input(settings.seed(), number), name) ? 1 : 0;
            number++;
        }
        watchdog.interrupt();
        double seconds = (System.nanoTime() - begin) / 1e9;
        OUT.printf(
                "%s: seed %d, %d inputs (%.0f %% taken) in %.0f s (%.0f a second), %d findings%n",
                test.getSimpleName(),
                settings.seed(),
                number - settings.from(),
                100.0 * takenInputs / (number - settings.from()),
                seconds,
                (number - settings.from()) / seconds,
                findings.size());
        if (!findings.isEmpty()) {
            throw new AssertionError(findings.size() + " findings:\n" + String.join("\n", findings.values()));
        }
    }

    private byte[] input(long seed, long number) {
        // Neighbouring seeds of Random give alike first numbers; multiplied they lie apart.
        return mutation.mutate(seeds, new Random((seed << 20) + number * 0x9E37_79B9_7F4A_7C15L));
    }

    /** Whether the input was taken. */
    private boolean tryOne(byte[] input, String name) {
        watchdog.watches(test.getSimpleName() + ' ' + name);
        Finding finding = found(input);
        if (finding != null && !findings.containsKey(finding.kind())) {
            byte[] small = shrunk(input, finding.kind());
            Path file = kept(small);
            String told = "- " + finding.told() + "\n  again by -Dtest=" + test.getSimpleName() + ' ' + name + "\n  "
                    + small.length
                    + " bytes in " + file + ":\n"
                    + new String(small, 0, Math.min(2_000, small.length), StandardCharsets.UTF_8);
            findings.put(finding.kind(), told);
            OUT.println(told);
        }
        return finding == null && taken;
    }

    /** What is wrong with an input; null when nothing is. */
    private @Nullable Finding found(byte[] input) {
        watchdog.begins();
        long cpu = THREADS.getCurrentThreadCpuTime();
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        try {
            taken = oracle.check(input);
        } catch (VirtualMachineError | Exception | AssertionError e) {
            return Finding.of(e);
        }
        if (THREADS.getCurrentThreadCpuTime() - cpu > MOST_CPU_NANOS) {
            return new Finding("slow", "it takes " + (THREADS.getCurrentThreadCpuTime() - cpu) / 1_000_000 + " ms");
        }
        if (THREADS.getCurrentThreadAllocatedBytes() - allocated > MOST_ALLOCATED) {
            return new Finding(
                    "big", "it takes " + ((THREADS.getCurrentThreadAllocatedBytes() - allocated) >> 20) + " MiB");
        }
        return null;
    }

    /** Leaves out as much as can be left out: halves, quarters, and so on down to bytes. */
    private byte[] shrunk(byte[] input, String kind) {
        byte[] small = input;
        int tries = kind.equals("slow") ? 20 : SHRINKING_TRIES;
        for (int piece = Math.max(1, small.length / 2); piece > 0; piece /= 2) {
            for (int from = 0; from < small.length && tries > 0; tries--) {
                byte[] less = ByteMutation.replaced(small, from, Math.min(small.length, from + piece), new byte[0]);
                Finding finding = found(less);
                if (finding != null && finding.kind().equals(kind)) {
                    small = less;
                } else {
                    from += piece;
                }
            }
        }
        return small;
    }

    private Path kept(byte[] input) {
        try {
            Path folder = Files.createDirectories(Path.of("target", "fuzz"));
            return Files.write(folder.resolve(test.getSimpleName() + '-' + findings.size()), input);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
