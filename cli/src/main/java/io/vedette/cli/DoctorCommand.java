package io.vedette.cli;

import io.vedette.cli.config.ConfigurationReader;
import io.vedette.cli.config.Flags;
import io.vedette.cli.doctor.Doctor;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vedette doctor}. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Says what works on this machine and what doesn't, and how to mend it: targets, channels, Java, ports, disk.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all is well", "1:something is to be mended", "2:wrong usage or configuration"})
final class DoctorCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "vedette.yaml")
    @Nullable
    Path file;

    @Option(names = "--target", paramLabel = "URL", description = "a vLLM to look at; may be repeated")
    List<String> targets = List.of();

    @Option(names = "--data", paramLabel = "DIR", description = "the data folder that up will use")
    @Nullable
    Path data;

    @Option(names = "--json", description = "print JSON")
    boolean json;

    @Override
    public Integer call() {
        Logging.start(false);
        var flags = new Flags(Optional.ofNullable(file), targets, List.of(), Optional.ofNullable(data));
        var configuration = ConfigurationReader.read(flags, Build.version());
        return Doctor.run(configuration, json, spec.commandLine().getOut()) ? Main.OK : Main.FOUND_SOMETHING;
    }
}
