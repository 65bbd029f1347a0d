package io.vedette.cli;

import io.vedette.cli.config.PartConfiguration;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vedette detect}. */
@Command(
        name = "detect",
        description = {
            "Judges what was derived by rules, and says when an alert begins and ends: a Flink job in this process.",
            "It can be submitted to a Flink cluster instead; see docs/parts.md."
        })
final class DetectCommand extends PartCommand {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "what survives a restart lies there, in detect/; ./data if not given")
    @Nullable
    Path data;

    @Option(names = "--fresh", description = "begin anew: forget what is in the data folder")
    boolean fresh;

    @Override
    boolean fresh() {
        return fresh;
    }

    @Override
    PartConfiguration configuration() {
        return PartConfiguration.Detect.read(flags(List.of(), List.of(), data));
    }
}
