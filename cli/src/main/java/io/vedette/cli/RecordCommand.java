package io.vedette.cli;

import io.vedette.cli.config.ConfigurationReader;
import io.vedette.cli.config.Flags;
import io.vedette.cli.record.RecordRun;
import io.vedette.ingest.AgentSettings;
import io.vedette.ingest.scrape.ScrapeTiming;
import io.vedette.model.yaml.PrometheusDuration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vedette record}. */
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        description = {
            "Records what vLLM's metrics say, as captures that replay reads: a folder a target, a file a scrape. Without"
                    + " file and --target it records http://127.0.0.1:8000/metrics.",
            "Ctrl-C ends it early. The same command once more goes on with the same captures."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:recorded", "1:it could not write any more", "2:wrong usage or configuration"})
final class RecordCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "vedette.yaml, for its targets, their labels and credentials")
    @Nullable
    Path file;

    @Option(
            names = "--target",
            paramLabel = "URL",
            description = "a vLLM to record, besides those of the file; may be repeated")
    List<String> targets = List.of();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "where each target gets a folder")
    @SuppressWarnings("NullAway.Init") // required
    Path out;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            description = "how often each target is scraped, at least 1s; 5s unless the file says otherwise")
    @Nullable
    String interval;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "10m",
            description = "how long to record; ${DEFAULT-VALUE} if not given")
    @SuppressWarnings("NullAway.Init") // has a default
    String length;

    @Option(names = "--verbose", description = "log what happens inside to stderr")
    boolean verbose;

    @Override
    public Integer call() throws InterruptedException {
        Logging.start(verbose);
        Duration recorded = duration("--for", length);
        if (recorded.isZero()) {
            throw new UserMistake("--for must be longer than 0");
        }
        AgentSettings configured = ConfigurationReader.readAgent(
                new Flags(Optional.ofNullable(file), targets, List.of(), Optional.empty()));
        AgentSettings settings = interval == null ? configured : every(configured, duration("--interval", interval));
        boolean asAsked = RecordRun.run(
                settings,
                out,
                recorded,
                spec.commandLine().getOut(),
                spec.commandLine().getErr());
        return asAsked ? Main.OK : Main.FOUND_SOMETHING;
    }

    private static Duration duration(String flag, String text) {
        try {
            return PrometheusDuration.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UserMistake(flag + ": " + e.getMessage(), e);
        }
    }

    private static AgentSettings every(AgentSettings settings, Duration interval) {
        Duration timeout = settings.timing().timeout();
        try {
            return settings.withTiming(
                    new ScrapeTiming(interval, timeout.compareTo(interval) < 0 ? timeout : interval));
        } catch (IllegalArgumentException e) {
            throw new UserMistake("--interval: " + e.getMessage(), e);
        }
    }
}
