package io.vedette.cli.up;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vedette.kafka.Beats;

/** Shows how many beats were written, and how many could not be. */
final class BeatsExposition {
    private BeatsExposition() {}

    static void register(PrometheusRegistry registry, Beats beats) {
        CounterWithCallback.builder()
                .name("vedette_derive_beats_total")
                .help("Beats, which move the jobs' time while nobody sends, by outcome: written or failed.")
                .labelNames("outcome")
                .callback(counter -> {
                    counter.call((double) beats.sent(), "written");
                    counter.call((double) beats.failed(), "failed");
                })
                .register(registry);
    }
}
