package io.vedette.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What the jobs cost for a record on Flink, with a real topic: {@code JobBench [TARGETS [MINUTES [ROUNDS [CHECKPOINT_SECONDS [CAPTURE]]]]]}. Cost is CPU
 * time of the job's whole process: garbage collection, compilation and client threads are in it; the broker and what fills the topic are not. Each
 * measurement is a process of its own. The derive job is set beside the same job cut off after decoding.
 */
public final class JobBench {
    private static final List<String> HEAP_OF_BROKER = List.of("-Xmx1g");

    private final Path folder;
    private final String bootstrap;
    private final String checkpointSeconds;

    private JobBench(Path folder, String bootstrap, String checkpointSeconds) {
        this.folder = folder;
        this.bootstrap = bootstrap;
        this.checkpointSeconds = checkpointSeconds;
    }

    /** What a measured process printed. */
    private record Cost(long records, double cpuSeconds, double seconds, long heapMebibytes) {
        static Cost of(String line) {
            String[] parts = line.split(" ", -1);
            return new Cost(
                    Long.parseLong(parts[0]),
                    Double.parseDouble(parts[1]),
                    Double.parseDouble(parts[2]),
                    Long.parseLong(parts[3]));
        }

        double micros() {
            return cpuSeconds * 1e6 / records;
        }

        String row(String name) {
            return String.format(
                    Locale.ROOT,
                    "%-8s %9d records %8.1f µs of CPU each %8.0f records/s %6d MiB heap",
                    name,
                    records,
                    micros(),
                    records / seconds,
                    heapMebibytes);
        }
    }

    /** Prints a row for each measurement, and the ratio of the medians. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        String targets = argument(arguments, 0, "10000");
        String minutes = argument(arguments, 1, "10");
        int rounds = Integer.parseInt(argument(arguments, 2, "1"));
        Path folder = Files.createTempDirectory("vedette-bench");
        try {
            ProcessBuilder builder = java(
                    HEAP_OF_BROKER,
                    BenchTopics.class,
                    folder.resolve("kafka").toString(),
                    targets,
                    minutes,
                    argument(arguments, 4, "captures/overload"));
            Process broker = builder.start();
            try (BufferedReader said = broker.inputReader(StandardCharsets.UTF_8)) {
                String bootstrap = said.readLine();
                if (bootstrap == null) {
                    throw new IOException("the broker did not start");
                }
                System.out.printf("%s targets, %s minutes: the topics are filled%n", targets, minutes);
                new JobBench(folder, bootstrap, argument(arguments, 3, "60")).measure(rounds);
            } finally {
                broker.getOutputStream().close();
                if (!broker.waitFor(20, TimeUnit.SECONDS)) {
                    broker.destroyForcibly();
                }
            }
        } finally {
            delete(folder);
        }
    }

    private static String argument(String[] arguments, int index, String otherwise) {
        return arguments.length > index ? arguments[index] : otherwise;
    }

    private void measure(int rounds) throws IOException, InterruptedException {
        List<Double> decode = new ArrayList<>();
        List<Double> derive = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            decode.add(run("decode", round).micros());
            derive.add(run("derive", round).micros());
        }
        run("detect", 0);
        System.out.printf(
                Locale.ROOT,
                "derive has %.0f %% of the throughput of decoding alone (goal 50 %%)%n",
                100 * median(decode) / median(derive));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private Cost run(String job, int round) throws IOException, InterruptedException {
        String checkpoints = folder.resolve(job + "-" + round).toString();
        List<String> flags = new ArrayList<>(List.of("-Xms2g", "-Xmx2g", "-XX:+UseSerialGC"));
        for (String opened : List.of("lang", "util", "time", "net", "util.concurrent")) {
            flags.add("--add-opens=java.base/java." + opened + "=ALL-UNNAMED");
        }
        String more = System.getProperty("bench.flags", "");
        if (!more.isEmpty()) {
            flags.addAll(List.of(more.replace("%j", job).split(" ", -1)));
        }
        Process process = java(flags, MeasuredJob.class, job, bootstrap, checkpoints, checkpointSeconds)
                .start();
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            String line = said.lines()
                    .filter(l -> l.matches("\\d+ [\\d.]+ [\\d.]+ \\d+"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("job " + job + " did not end"));
            Cost cost = Cost.of(line);
            System.out.println(cost.row(job));
            return cost;
        } finally {
            process.waitFor();
        }
    }

    private static ProcessBuilder java(List<String> flags, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
