package io.vedette.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the commands that run a Flink job have in common: it keeps its state on disk. */
abstract class JobCommand extends PartCommand {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "what survives a restart lies there, in ${COMMAND-NAME}/; ./data if not given")
    @Nullable
    Path data;

    @Option(names = "--fresh", description = "begin anew: forget what is in the data folder")
    boolean fresh;

    @Override
    final boolean fresh() {
        return fresh;
    }
}
