package io.vedette.cli;

import io.vedette.cli.config.PartConfiguration;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code vedette detect}. */
@Command(
        name = "detect",
        description = {
            "Judges what was derived by rules, and says when an alert begins and ends: a Flink job in this process.",
            "It can be submitted to a Flink cluster instead; see docs/parts.md."
        })
final class DetectCommand extends JobCommand {
    @Override
    PartConfiguration configuration() {
        return PartConfiguration.Detect.read(flags(List.of(), List.of(), data));
    }
}
