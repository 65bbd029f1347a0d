package io.vedette.alerts.exposition;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vedette.kafka.CompactedReader;
import java.time.Duration;
import java.time.InstantSource;

/** What the gateway says about the derived series and the alerts that it shows. */
public final class ExpositionMetrics {
    private ExpositionMetrics() {}

    /** Registers the metrics; once a registry. */
    public static void register(
            PrometheusRegistry registry,
            FrameReader reader,
            NewestFrames frames,
            DerivedExposition derived,
            CompactedReader states,
            InstantSource clock) {
        CounterWithCallback.builder()
                .name("vedette_gateway_frames_read_total")
                .help("Frames read from the topic vedette.frames.")
                .callback(counter -> counter.call((double) reader.framesRead()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("vedette_gateway_newest_frame_age_seconds")
                .help("Age of the newest frame of all entities; absent while there is none.")
                .callback(gauge -> frames.newestTick()
                        .ifPresent(tick -> gauge.call(
                                Duration.between(tick, clock.instant()).toMillis() / 1000.0)))
                .register(registry);
        GaugeWithCallback.builder()
                .name("vedette_gateway_series_lean")
                .help("1 while replicas show the lean set alone, since there are more entities than derived.max_series"
                        + " allows for; else 0.")
                .callback(gauge -> gauge.call(derived.isLean() ? 1 : 0))
                .register(registry);
        GaugeWithCallback.builder()
                .name("vedette_gateway_states_lag_records")
                .help("Records of the topic vedette.states that vedette_alerts doesn't show yet.")
                .callback(gauge -> gauge.call((double) states.lag()))
                .register(registry);
        CounterWithCallback.builder()
                .name("vedette_gateway_states_failures_total")
                .help("How often reading the topic vedette.states failed; a new attempt follows.")
                .callback(counter -> counter.call((double) states.failures()))
                .register(registry);
    }
}
