package io.vedette.cli;

import io.vedette.cli.config.Flags;
import io.vedette.cli.config.PartConfiguration;
import io.vedette.cli.up.PartPlan;
import io.vedette.cli.up.ServiceRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands that run one part have in common. */
@Command(
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:ended by Ctrl-C", "1:it had to give up", "2:wrong usage or configuration"})
abstract class PartCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            required = true,
            description = "vedette.yaml, which names the Kafka; all parts can share one")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    Path file;

    @Option(names = "--verbose", description = "log what happens inside to stderr")
    boolean verbose;

    /** Reads what the part is told. */
    abstract PartConfiguration configuration();

    /** Whether to forget what is in the data folder. */
    boolean fresh() {
        return false;
    }

    final Flags flags(List<String> targets, List<String> webhooks, @Nullable Path data) {
        return new Flags(Optional.of(file), given(targets), given(webhooks), Optional.ofNullable(data));
    }

    /** Scripts and compose files pass a variable that may be empty. */
    private static List<String> given(List<String> values) {
        return values.stream()
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    @Override
    public final Integer call() throws InterruptedException {
        Logging.start(verbose);
        boolean asAsked = ServiceRun.run(
                new PartPlan(configuration()),
                fresh(),
                verbose,
                spec.commandLine().getOut(),
                spec.commandLine().getErr());
        return asAsked ? Main.OK : Main.FOUND_SOMETHING;
    }
}
