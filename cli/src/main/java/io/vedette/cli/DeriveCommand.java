package io.vedette.cli;

import io.vedette.cli.config.PartConfiguration;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code vedette derive}. */
@Command(
        name = "derive",
        description = {
            "Derives windows of each replica and model from samples: a Flink job in this process.",
            "It can be submitted to a Flink cluster instead; see docs/parts.md."
        })
final class DeriveCommand extends JobCommand {
    @Override
    PartConfiguration configuration() {
        return PartConfiguration.Derive.read(flags(List.of(), List.of(), data));
    }
}
