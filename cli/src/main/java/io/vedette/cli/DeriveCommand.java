package io.vedette.cli;

import io.vedette.cli.config.PartConfiguration;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vedette derive}. */
@Command(
        name = "derive",
        description = {
            "Derives windows of each replica and model from samples: a Flink job in this process.",
            "It can be submitted to a Flink cluster instead; see docs/parts.md."
        })
final class DeriveCommand extends PartCommand {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "what survives a restart lies there, in derive/; ./data if not given")
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
        return PartConfiguration.Derive.read(flags(List.of(), List.of(), data));
    }
}
