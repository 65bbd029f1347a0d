package io.vedette.cli;

import picocli.CommandLine.Command;

/** {@code vedette channel}. */
@Command(
        name = "channel",
        mixinStandardHelpOptions = true,
        description = "Tries out who is told of alerts.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = ChannelTestCommand.class)
final class ChannelCommand {}
