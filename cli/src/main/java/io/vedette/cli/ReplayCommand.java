package io.vedette.cli;

import io.vedette.cli.config.ConfigurationReader;
import io.vedette.cli.config.ReplayConfiguration;
import io.vedette.cli.replay.ReplayRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vedette replay}. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the same computation and rules over recorded scrapes, in their own time, as fast as it goes.",
            "Prints a summary. Equal captures give equal files."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:fine", "1:an alert fired and --fail-on-firing was given", "2:wrong usage"})
final class ReplayCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "CAPTURE",
            description =
                    "a folder with scrapes.tar.xz (.tar.gz, .tar) or files UNIX_MILLIS.prom and .down; such an archive;"
                            + " or a folder of such folders. A target is called like its folder")
    List<Path> captures = List.of();

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description = "these rules instead of those that Vedette comes with, and of those of -c; may be repeated."
                    + " rules/default.yaml names the shipped ones")
    List<String> rules = List.of();

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description =
                    "vedette.yaml: its rules, models, engines and derived.windows hold; the rest is not looked at")
    @Nullable
    Path configuration;

    @Option(names = "--derived", paramLabel = "OUT.csv", description = "write all derived series there")
    @Nullable
    Path derived;

    @Option(names = "--alerts", paramLabel = "OUT.jsonl", description = "write all alert events there, one a line")
    @Nullable
    Path alerts;

    @Option(names = "--fail-on-firing", description = "exit with 1 when an alert fired")
    boolean failOnFiring;

    @Option(names = "--verbose", description = "log what happens inside to stderr")
    boolean verbose;

    @Override
    public Integer call() throws Exception {
        Logging.start(verbose);
        Optional<ReplayConfiguration> own = rules.isEmpty() && configuration == null
                ? Optional.empty()
                : Optional.of(ConfigurationReader.readReplay(Optional.ofNullable(configuration), rules));
        boolean fired = ReplayRun.run(
                captures,
                own,
                Optional.ofNullable(derived),
                Optional.ofNullable(alerts),
                () -> spec.usageMessage().width(),
                spec.commandLine().getOut());
        return fired && failOnFiring ? Main.FOUND_SOMETHING : Main.OK;
    }
}
