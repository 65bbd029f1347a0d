package io.vedette.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/**
 * The command line. Commands are thin: Kafka and Flink are loaded only once one of them runs, so that {@code --help} is there at once.
 *
 * <p>Exit codes: 0 fine; 1 it ran and found something wrong; 2 wrong usage or configuration.
 */
@Command(
        name = "vedette",
        description = {
            "Watches vLLM: true QPS, percentiles, queue and failure series for Prometheus, and an alert with what to do"
                    + " when trouble builds up.",
            ""
        },
        subcommands = {
            UpCommand.class,
            RecordCommand.class,
            ReplayCommand.class,
            RulesCommand.class,
            ChannelCommand.class,
            DoctorCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        footer = {
            "",
            "Start with:  ./vedette up     (watches http://127.0.0.1:8000/metrics)",
            "Each command has its own --help."
        })
public final class Main {
    static final int OK = 0;
    static final int FOUND_SOMETHING = 1;
    static final int WRONG_USAGE = 2;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main())
                .setParameterExceptionHandler(new Mistakes())
                .setExecutionExceptionHandler(new Mistakes())
                .setUsageHelpAutoWidth(true);
        return line;
    }

    /** Reads the version that the build has written. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"vedette " + Build.version()};
        }
    }
}
