package io.vedette.cli.up;

import io.vedette.alerts.exposition.DerivedSettings;
import io.vedette.cli.config.Configuration;
import io.vedette.ingest.AgentSettings;
import io.vedette.ingest.scrape.TargetSettings;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is said once everything runs: what is watched, and where the series are. */
final class Welcome {
    private Welcome() {}

    /** @param cards what is said of the node's cards */
    static List<String> lines(Configuration configuration, InetSocketAddress metrics, Optional<String> cards) {
        List<TargetSettings> targets = configuration.agent().targets();
        List<String> lines = new ArrayList<>();
        lines.add(watching(configuration.agent()));
        cards.ifPresent(lines::add);
        lines.add(series(metrics));
        DerivedSettings derived = configuration.gateway().derived();
        long most = derived.mostSeries(targets.size());
        if (most > derived.maxSeries()) {
            lines.add(targets.size() + " targets could have " + most + " series, more than derived.max_series ("
                    + derived.maxSeries()
                    + "): replicas show a lean set, of windows 1m and 5m and quantiles 0.5 and 0.95;"
                    + " raise derived.max_series to see all");
        }
        return lines;
    }

    static String watching(AgentSettings agent) {
        return "watching "
                + agent.targets().stream()
                        .map(TargetSettings::url)
                        .map(String::valueOf)
                        .collect(Collectors.joining(", "));
    }

    static String series(InetSocketAddress metrics) {
        return "series for Prometheus: http://" + Ports.text(metrics) + "/metrics";
    }
}
