package io.vedette.cli;

import io.vedette.alerts.Rehearsal;
import io.vedette.alerts.channel.ChannelSettings;
import io.vedette.alerts.delivery.Answer;
import io.vedette.cli.config.ConfigurationReader;
import io.vedette.model.yaml.NearestName;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vedette channel test}. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = {
            "Tells one channel of an alert that says of itself that it is a test, then that it is over, and shows what the",
            "service answers. Nobody else is told, and the channel's matchers are left alone."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the channel took both", "1:it did not", "2:wrong usage or configuration"})
final class ChannelTestCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "the channel's name in the configuration")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    String name;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "vedette.yaml (default: ${DEFAULT-VALUE})",
            defaultValue = "vedette.yaml")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    Path file;

    @Override
    public Integer call() throws InterruptedException {
        Logging.start(false);
        ConfigurationReader.Channels configured = ConfigurationReader.readChannels(file);
        ChannelSettings channel = channel(configured.channels());
        Rehearsal.Result result = Rehearsal.run(channel, configured.runbook(), InstantSource.system());
        PrintWriter out = spec.commandLine().getOut();
        print(out, "firing", result.firing());
        result.resolved().ifPresent(answer -> print(out, "resolved", answer));
        if (result.isDelivered()) {
            out.println(channel.destination().word() + " took both. See whether they are there, and read well.");
        }
        out.flush();
        return result.isDelivered() ? Main.OK : Main.FOUND_SOMETHING;
    }

    private ChannelSettings channel(List<ChannelSettings> channels) {
        List<String> names = channels.stream().map(ChannelSettings::name).toList();
        if (names.isEmpty()) {
            throw new UserMistake(file + ": no channel is configured; add one under alerts: channels:");
        }
        Optional<ChannelSettings> found =
                channels.stream().filter(one -> one.name().equals(name)).findFirst();
        return found.orElseThrow(
                () -> new UserMistake(file + ": there is no channel '" + name + "'" + NearestName.hint(name, names)));
    }

    private static void print(PrintWriter out, String what, Answer answer) {
        String told =
                switch (answer.outcome()) {
                    case DELIVERED -> "delivered";
                    case RETRY ->
                        "not taken now: " + answer.reason() + ". An alert would be told again until it is taken.";
                    case REFUSED -> "refused: " + answer.reason();
                };
        out.println(Printable.of(what + ": " + told));
    }
}
