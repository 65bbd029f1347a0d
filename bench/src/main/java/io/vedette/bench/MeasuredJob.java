package io.vedette.bench;

import com.sun.management.OperatingSystemMXBean;
import io.vedette.cli.Logging;
import io.vedette.jobs.connect.KafkaJobs;
import io.vedette.jobs.derive.DeriveSettings;
import io.vedette.jobs.detect.DetectSettings;
import io.vedette.jobs.rules.RuleSet;
import io.vedette.jobs.run.JobOptions;
import io.vedette.jobs.run.LocalFlink;
import io.vedette.kafka.KafkaSettings;
import io.vedette.kafka.Topic;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * One job on Flink, alone in its process, from the first record of its topic to the last: {@code MeasuredJob decode|derive|detect BOOTSTRAP FOLDER
 * CHECKPOINT_SECONDS}. Prints records, CPU seconds of the whole process since the job was submitted, seconds, and MiB of heap at the end.
 */
final class MeasuredJob {
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** What one is: its topic, what it counts for each record, and its graph. */
    private record Kind(Topic topic, List<String> counters, Consumer<StreamExecutionEnvironment> graph) {}

    private MeasuredJob() {}

    /** Runs it. */
    public static void main(String[] arguments) throws IOException, ExecutionException, InterruptedException {
        Logging.start(false);
        KafkaSettings kafka = KafkaSettings.of(arguments[1]);
        Kind kind = kind(arguments[0], kafka);
        Path folder = Files.createDirectories(Path.of(arguments[2]));
        Duration checkpoints = Duration.ofSeconds(Integer.parseInt(arguments[3]));
        long records = records(kafka, kafka.topics().name(kind.topic));
        try (LocalFlink flink = LocalFlink.start(folder, 1)) {
            StreamExecutionEnvironment environment = JobOptions.durableJob(1, folder, Optional.empty(), checkpoints);
            kind.graph.accept(environment);
            long cpuNanos = PROCESS.getProcessCpuTime();
            long nanos = System.nanoTime();
            var unused = flink.submit(environment, arguments[0]);
            while (counted(flink, arguments[0], kind.counters) < records) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            cpuNanos = PROCESS.getProcessCpuTime() - cpuNanos;
            nanos = System.nanoTime() - nanos;
            System.gc();
            long heap =
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
            System.out.printf(Locale.ROOT, "%d %.3f %.3f %d%n", records, cpuNanos / 1e9, nanos / 1e9, heap >> 20);
        }
        // Flink leaves threads behind that are not daemons.
        System.exit(0);
    }

    private static Kind kind(String name, KafkaSettings kafka) {
        DeriveSettings derive = DeriveSettings.defaults();
        return switch (name) {
            case "decode" ->
                new Kind(
                        Topic.SAMPLES, List.of(DecodeJob.DECODED), environment -> DecodeJob.define(environment, kafka));
            case "derive" ->
                new Kind(
                        Topic.SAMPLES,
                        List.of("scrapes"),
                        environment -> KafkaJobs.derive(environment, kafka, derive, 0));
            case "detect" ->
                new Kind(
                        Topic.FRAMES,
                        List.of("frames_evaluated", "frames_ignored"),
                        environment -> KafkaJobs.detect(environment, kafka, detect(derive), 0));
            default -> throw new IllegalArgumentException("no job is called " + name);
        };
    }

    private static DetectSettings detect(DeriveSettings derive) {
        RuleSet rules = RuleSet.load(List.of(RuleSet.builtIn()), derive.windows(), Map.of());
        return new DetectSettings(rules, 0, DetectSettings.RUNBOOK);
    }

    private static long counted(LocalFlink flink, String job, List<String> counters) {
        return counters.stream()
                .mapToLong(counter -> flink.metrics().count(job, counter))
                .sum();
    }

    private static long records(KafkaSettings kafka, String topic) throws ExecutionException, InterruptedException {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (Admin admin = Admin.create(kafka.admin("bench"))) {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
        }
    }
}
