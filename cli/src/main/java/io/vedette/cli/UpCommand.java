package io.vedette.cli;

import io.vedette.cli.config.ConfigurationReader;
import io.vedette.cli.config.Flags;
import io.vedette.cli.up.ServiceRun;
import io.vedette.cli.up.UpPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vedette up}. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = {
            "Watches vLLM: scraping, Kafka, Flink, series and alerts, all in this one process. Without file and flags it"
                    + " watches http://127.0.0.1:8000/metrics.",
            "Ctrl-C ends it; the next start carries on from the data folder."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:ended by Ctrl-C", "1:it had to give up", "2:wrong usage or configuration"})
final class UpCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "vedette.yaml")
    @Nullable
    Path file;

    @Option(
            names = "--target",
            paramLabel = "URL",
            description = "a vLLM to watch, besides those of the file; may be repeated")
    List<String> targets = List.of();

    @Option(
            names = "--webhook",
            paramLabel = "URL",
            description = "where alerts are posted, in Alertmanager's format; may be repeated")
    List<String> webhooks = List.of();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "what survives a restart lies there; ./data if not given")
    @Nullable
    Path data;

    @Option(names = "--fresh", description = "begin anew: forget what is in the data folder")
    boolean fresh;

    @Option(names = "--verbose", description = "log what happens inside to stderr")
    boolean verbose;

    @Override
    public Integer call() throws InterruptedException {
        Logging.start(verbose);
        var configuration = ConfigurationReader.read(
                new Flags(Optional.ofNullable(file), targets, webhooks, Optional.ofNullable(data)), Build.version());
        boolean asAsked = ServiceRun.run(
                new UpPlan(configuration),
                fresh,
                verbose,
                spec.commandLine().getOut(),
                spec.commandLine().getErr());
        return asAsked ? Main.OK : Main.FOUND_SOMETHING;
    }
}
