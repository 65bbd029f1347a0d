package io.vedette.alerts.alertmanager;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vedette.alerts.delivery.Outcome;

/** What is counted of requests to Alertmanagers. Thread-safe. */
public final class AlertmanagerMetrics {
    private final Counter requests;

    /** Registers the metrics; once a registry. */
    public AlertmanagerMetrics(PrometheusRegistry registry) {
        requests = Counter.builder()
                .name("vedette_gateway_alertmanager_requests_total")
                .help("Requests to each Alertmanager of a channel, those that tell again what fires included, by"
                        + " outcome: delivered, retry or refused.")
                .labelNames("channel", "server", "outcome")
                .register(registry);
    }

    /** A server's counters exist from its start, so that a first increase shows in a rate. */
    void open(String channel, String server) {
        for (Outcome outcome : Outcome.values()) {
            requests.initLabelValues(channel, server, outcome.word());
        }
    }

    void answered(String channel, String server, Outcome outcome) {
        requests.labelValues(channel, server, outcome.word()).inc();
    }
}
