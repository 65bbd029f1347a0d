package io.vedette.cli.cluster;

import io.vedette.cli.UserMistake;
import io.vedette.cli.config.Flags;
import io.vedette.cli.config.PartConfiguration;
import io.vedette.cli.up.SharedKafka;
import io.vedette.jobs.connect.KafkaJobs;
import io.vedette.jobs.detect.DetectSettings;
import io.vedette.jobs.run.JobOptions;
import io.vedette.jobs.run.ResumedCheckpoints;
import io.vedette.kafka.KafkaSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/**
 * Main class of the job jar: submits the jobs that are named to the Flink that runs it, be it a session cluster ({@code flink run}) or one of their own
 * ({@code standalone-job}). It reads {@code vedette.yaml} where it runs, and sees to the topics.
 */
public final class JobMain {
    private static final Logger logger = LoggerFactory.getLogger(JobMain.class);

    private final InstantSource clock = InstantSource.system();

    @Parameters(paramLabel = "JOB", arity = "1..*", description = "derive, detect, or both")
    private List<Job> jobs = List.of();

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            required = true,
            description = "vedette.yaml")
    private Path file = Path.of("");

    @Option(
            names = "--checkpoints",
            paramLabel = "DIR",
            description =
                    "where checkpoints go and the newest is carried on from: a folder that job manager and task managers share")
    private @Nullable Path checkpoints;

    private JobMain() {}

    /** What can be submitted, by the names on the command line. */
    enum Job {
        derive,
        detect
    }

    /**
     * Submits the jobs; on return Flink has them.
     *
     * @throws UserMistake in one line, when the arguments are wrong or Kafka refuses us
     * @throws Exception of the configuration, or of Flink
     */
    public static void main(String[] arguments) throws Exception {
        JobMain main = new JobMain();
        try {
            new CommandLine(main).parseArgs(arguments);
        } catch (ParameterException e) {
            throw new UserMistake(e.getMessage() + "; usage: (derive | detect)... -c FILE [--checkpoints DIR]", e);
        }
        for (Job job : main.jobs) {
            main.submit(job);
        }
    }

    private void submit(Job job) throws Exception {
        Flags flags = new Flags(Optional.of(file), List.of(), List.of(), Optional.empty());
        switch (job) {
            case derive -> submit(PartConfiguration.Derive.read(flags));
            case detect -> submit(PartConfiguration.Detect.read(flags));
        }
    }

    private void submit(PartConfiguration.Derive part) throws Exception {
        KafkaSettings kafka = part.kafka();
        submit(KafkaJobs.DERIVE, part, environment -> {
            KafkaJobs.derive(environment, kafka, part.settings(), KafkaJobs.begin(clock.millis()));
            KafkaJobs.beats(environment, kafka);
        });
    }

    private void submit(PartConfiguration.Detect part) throws Exception {
        long now = clock.millis();
        DetectSettings settings = new DetectSettings(part.rules(), now, part.runbook());
        submit(
                KafkaJobs.DETECT,
                part,
                environment -> KafkaJobs.detect(environment, part.kafka(), settings, KafkaJobs.begin(now)));
    }

    private void submit(String name, PartConfiguration part, Consumer<StreamExecutionEnvironment> define)
            throws Exception {
        SharedKafka.prepare(part.kafka(), part.topics(), logger::warn);
        Optional<ResumedCheckpoints> kept = Optional.ofNullable(checkpoints)
                .map(folder -> ResumedCheckpoints.in(folder.toAbsolutePath().resolve(name)));
        StreamExecutionEnvironment environment = JobOptions.clusterJob(
                kept.map(ResumedCheckpoints::generation), kept.flatMap(ResumedCheckpoints::newest));
        define.accept(environment);
        environment.executeAsync(name);
        logger.info(
                "Job {} is submitted; it begins {}",
                name,
                kept.flatMap(ResumedCheckpoints::newest)
                        .map(checkpoint -> "with " + checkpoint)
                        .orElse("without state of ours"));
    }
}
