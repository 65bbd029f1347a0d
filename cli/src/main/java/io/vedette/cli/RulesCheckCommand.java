package io.vedette.cli;

import io.vedette.cli.rules.RuleChecks;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vedette rules check}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Tells everything that is wrong with rule files, a line each: what stops a start, and, as a warning, what lets a rule",
            "run, though hardly as it was meant. Several files are checked as they would run together."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing is wrong", "1:something is", "2:wrong usage, or a file that cannot be read"})
final class RulesCheckCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "rule files; those of the configuration where none is given")
    List<Path> files = List.of();

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description =
                    "vedette.yaml: its windows are those that rules may read, and its models' parameters are checked too")
    @Nullable
    Path configuration;

    @Override
    public Integer call() {
        Logging.start(false);
        if (files.isEmpty() && configuration == null) {
            throw new ParameterException(spec.commandLine(), "Missing required parameter: 'FILE', or -c vedette.yaml");
        }
        return RuleChecks.run(
                        files,
                        Optional.ofNullable(configuration),
                        spec.commandLine().getOut())
                ? Main.OK
                : Main.FOUND_SOMETHING;
    }
}
