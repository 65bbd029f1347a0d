package io.vedette.alerts.delivery;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What is counted of deliveries. Thread-safe. */
public final class DeliveryMetrics {
    private final Counter deliveries;
    private final Counter parked;
    private final Histogram age;

    /** Registers the metrics; once a registry. */
    public DeliveryMetrics(PrometheusRegistry registry) {
        deliveries = Counter.builder()
                .name("vedette_gateway_deliveries_total")
                .help("Attempts to tell a channel of alerts, by outcome: delivered, retry (the same again later) or"
                        + " refused.")
                .labelNames("channel", "outcome")
                .register(registry);
        parked = Counter.builder()
                .name("vedette_gateway_parked_alerts_total")
                .help("Alerts that a channel refused for good; they stand in the topic vedette.rejected.")
                .labelNames("channel")
                .register(registry);
        age = Histogram.builder()
                .name("vedette_gateway_alert_age_seconds")
                .help("Age of the tick that an alert's event is of at the moment when the channel has taken it.")
                .labelNames("channel")
                .classicOnly()
                .classicUpperBounds(1, 2.5, 5, 10, 20, 30, 60, 120, 300, 900, 3600)
                .register(registry);
    }

    /** A channel's counters exist from its start, so that a first increase shows in a rate. */
    void open(String channel) {
        for (Outcome outcome : Outcome.values()) {
            deliveries.initLabelValues(channel, outcome.word());
        }
        parked.initLabelValues(channel);
        age.initLabelValues(channel);
    }

    void attempted(String channel, Outcome outcome) {
        deliveries.labelValues(channel, outcome.word()).inc();
    }

    void parked(String channel) {
        parked.labelValues(channel).inc();
    }

    void delivered(String channel, double ageSeconds) {
        age.labelValues(channel).observe(Math.max(0, ageSeconds));
    }
}
