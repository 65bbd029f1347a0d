package io.vedette.cli;

import io.vedette.cli.config.PartConfiguration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vedette gateway}. */
@Command(name = "gateway", description = "Tells channels of alerts, and shows series and alerts to Prometheus.")
final class GatewayCommand extends PartCommand {
    @Option(
            names = "--webhook",
            paramLabel = "URL",
            description = "where alerts are posted, in Alertmanager's format; may be repeated")
    List<String> webhooks = List.of();

    @Override
    PartConfiguration configuration() {
        return PartConfiguration.Gateway.read(flags(List.of(), webhooks, null), Build.version());
    }
}
