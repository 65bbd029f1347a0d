package io.vedette.cli;

import io.vedette.cli.config.ConfigurationReader;
import io.vedette.cli.rules.RuleListing;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vedette rules list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the rules that run: scope, states and profiles, levels with their parameters, and where each comes from.",
            "Without a configuration, the rules that Vedette comes with."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:fine", "2:wrong usage or configuration"})
final class RulesListCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "vedette.yaml")
    @Nullable
    Path configuration;

    @Option(names = "--json", description = "print JSON")
    boolean json;

    @Override
    public Integer call() {
        Logging.start(false);
        RuleListing listing = RuleListing.of(ConfigurationReader.readRules(Optional.ofNullable(configuration)));
        if (json) {
            spec.commandLine().getOut().println(listing.json());
        } else {
            listing.print(spec.commandLine().getOut());
        }
        spec.commandLine().getOut().flush();
        return Main.OK;
    }
}
