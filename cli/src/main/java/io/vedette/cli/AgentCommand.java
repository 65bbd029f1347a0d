package io.vedette.cli;

import io.vedette.cli.config.PartConfiguration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vedette agent}. */
@Command(
        name = "agent",
        description =
                "Scrapes targets into Kafka, for the other parts to read. One runs on each node, or one for several.")
final class AgentCommand extends PartCommand {
    @Option(
            names = "--target",
            paramLabel = "URL",
            split = ",",
            description = "a vLLM to watch, besides those of the file; several with commas between, or repeat it")
    List<String> targets = List.of();

    @Override
    PartConfiguration configuration() {
        return PartConfiguration.Agent.read(flags(targets, List.of(), null));
    }
}
