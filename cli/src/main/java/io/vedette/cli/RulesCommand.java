package io.vedette.cli;

import picocli.CommandLine.Command;

/** {@code vedette rules}: what is there to write, test and show rules with. */
@Command(
        name = "rules",
        mixinStandardHelpOptions = true,
        description = "Checks, tests and lists rules.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {RulesCheckCommand.class, RulesListCommand.class, RulesTestCommand.class})
final class RulesCommand {}
