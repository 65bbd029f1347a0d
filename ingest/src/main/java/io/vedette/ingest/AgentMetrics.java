package io.vedette.ingest;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vedette.model.exposition.ProblemReason;
import io.vedette.model.sample.ScrapeFailure;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** What the agent says about itself, as {@code vedette_agent_*}. Thread-safe. */
final class AgentMetrics {
    private static final String GOOD = "good";

    private final PrometheusRegistry registry;
    private final Counter scrapes;
    private final Counter skipped;
    private final Counter problems;
    private final Counter sent;
    private final Counter letGo;
    private final Counter refused;
    private final Histogram duration;

    AgentMetrics(PrometheusRegistry registry) {
        this.registry = registry;
        scrapes = Counter.builder()
                .name("vedette_agent_scrapes_total")
                .help("Scrapes by outcome: good, refused, timeout, broken, http, body")
                .labelNames("outcome")
                .register(registry);
        scrapes.initLabelValues(GOOD);
        for (ScrapeFailure failure : ScrapeFailure.values()) {
            scrapes.initLabelValues(failure.word());
        }
        skipped = counter("scrapes_skipped_total", "Scrapes left out, since the one before still ran");
        problems = Counter.builder()
                .name("vedette_agent_parse_problems_total")
                .help("Lines and series of bodies that were set aside or doubtful, by reason")
                .labelNames("reason")
                .register(registry);
        sent = counter("records_sent_total", "Records that Kafka has acknowledged");
        letGo = counter("records_let_go_total", "Records given up for newer ones while Kafka was away, or at the end");
        refused = counter("records_refused_total", "Records that Kafka will never take");
        duration = Histogram.builder()
                .name("vedette_agent_scrape_duration_seconds")
                .help("How long scrapes took")
                .classicOnly()
                .classicUpperBounds(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
                .register(registry);
    }

    private Counter counter(String name, String help) {
        return Counter.builder().name("vedette_agent_" + name).help(help).register(registry);
    }

    /** A value that is asked for when it is shown; NaN is not shown. */
    void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name("vedette_agent_" + name)
                .help(help)
                .callback(callback -> {
                    double now = value.getAsDouble();
                    if (!Double.isNaN(now)) {
                        callback.call(now);
                    }
                })
                .register(registry);
    }

    /** @param failure null for a good one */
    void scraped(@Nullable ScrapeFailure failure, double seconds) {
        scrapes.labelValues(failure == null ? GOOD : failure.word()).inc();
        duration.observe(seconds);
    }

    void skipped(long count) {
        skipped.inc(count);
    }

    void problems(Map<ProblemReason, Integer> counts) {
        counts.forEach((reason, count) ->
                problems.labelValues(reason.name().toLowerCase(Locale.ROOT)).inc(count));
    }

    void sent() {
        sent.inc();
    }

    void letGo(int records) {
        letGo.inc(records);
    }

    void refused() {
        refused.inc();
    }
}
