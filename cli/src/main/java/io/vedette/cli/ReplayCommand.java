package io.vedette.cli;

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
            description = "these rules instead of those that Vedette comes with")
    @Nullable
    Path rules;

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
        boolean fired = io.vedette.cli.replay.ReplayRun.run(
                captures,
                Optional.ofNullable(rules),
                Optional.ofNullable(derived),
                Optional.ofNullable(alerts),
                () -> spec.usageMessage().width(),
                spec.commandLine().getOut());
        return fired && failOnFiring ? Main.FOUND_SOMETHING : Main.OK;
    }
}
