package io.vedette.alerts;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vedette.alerts.alertmanager.AlertmanagerMetrics;
import io.vedette.alerts.delivery.Deliveries;
import io.vedette.alerts.exposition.AlertStates;
import io.vedette.alerts.exposition.DerivedExposition;
import io.vedette.alerts.exposition.Exposition;
import io.vedette.alerts.exposition.ExpositionMetrics;
import io.vedette.alerts.exposition.FrameReader;
import io.vedette.alerts.exposition.MetricsServer;
import io.vedette.alerts.exposition.NewestFrames;
import io.vedette.alerts.exposition.RegistryExposition;
import io.vedette.kafka.CompactedReader;
import io.vedette.kafka.KafkaSettings;
import io.vedette.kafka.RejectedRecords;
import io.vedette.model.alert.AlertEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way out of Vedette: tells channels of alerts, and shows derived series and alerts to Prometheus. The topics must exist. Thread-safe.
 */
public final class Gateway implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(Gateway.class);

    private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(30);

    private final KafkaSettings kafka;
    private final InstantSource clock;
    private final RejectedRecords rejected;
    private final PrometheusRegistry own = new PrometheusRegistry();
    private final List<AutoCloseable> parts = new ArrayList<>();
    private final MetricsServer server;

    private Gateway(
            GatewaySettings settings,
            KafkaSettings kafka,
            InstantSource clock,
            Consumer<AlertEvent> listener,
            List<PrometheusRegistry> others)
            throws IOException {
        this.kafka = kafka;
        this.clock = clock;
        this.rejected = new RejectedRecords(kafka, "gateway");
        try {
            this.server = serve(settings, others);
            deliver(settings, listener);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts everything. It returns once it knows where every topic is at, so that nothing is missed that is written afterwards.
     *
     * @param listener is told of each change of an alert once, like a channel, in a thread of the gateway's; must not block for long
     * @param others other parts' registries that are shown at {@code /metrics} too; a metric's name must be in one of them only
     * @throws IOException when the port is taken
     * @throws io.vedette.kafka.KafkaAccessException when Kafka refuses or doesn't answer
     */
    public static Gateway start(
            GatewaySettings settings,
            KafkaSettings kafka,
            InstantSource clock,
            Consumer<AlertEvent> listener,
            List<PrometheusRegistry> others)
            throws IOException {
        return new Gateway(settings, kafka, clock, listener, others);
    }

    private MetricsServer serve(GatewaySettings settings, List<PrometheusRegistry> others) throws IOException {
        NewestFrames frames = new NewestFrames();
        DerivedExposition derived = new DerivedExposition(frames, settings.derived(), clock);
        FrameReader reader = closing(FrameReader.open(kafka, frames, rejected, KAFKA_TIMEOUT));
        AlertStates states = new AlertStates(rejected);
        CompactedReader stateReader =
                closing(CompactedReader.open(kafka, kafka.topics().states(), KAFKA_TIMEOUT, states));

        Info.builder()
                .name("vedette_build_info")
                .help("Always 1; the label is Vedette's version.")
                .labelNames("version")
                .register(own)
                .setLabelValues(settings.version());
        showRejected();
        ExpositionMetrics.register(own, reader, frames, derived, stateReader, clock);
        List<Exposition> expositions = new ArrayList<>(List.of(derived, states, new RegistryExposition(own)));
        others.forEach(registry -> expositions.add(new RegistryExposition(registry)));
        return closing(MetricsServer.start(settings.listen(), expositions));
    }

    private void deliver(GatewaySettings settings, Consumer<AlertEvent> listener) {
        String url =
                "http://" + settings.listen().getHostString() + ':' + address().getPort();
        closing(Deliveries.start(
                kafka,
                settings.channels(),
                new Transports(url, clock, new AlertmanagerMetrics(own))::of,
                listener,
                rejected,
                own,
                clock,
                new Random()));
    }

    private <T extends AutoCloseable> T closing(T part) {
        parts.add(part);
        return part;
    }

    private void showRejected() {
        CounterWithCallback.builder()
                .name("vedette_gateway_rejected_records_total")
                .help("Records that were set aside in the topic vedette.rejected, by reason.")
                .labelNames("reason")
                .callback(counter ->
                        rejected.countsByReason().forEach((reason, count) -> counter.call((double) count, reason)))
                .register(own);
        CounterWithCallback.builder()
                .name("vedette_gateway_rejected_records_lost_total")
                .help("Rejected records that could not be written to the topic vedette.rejected.")
                .callback(counter -> counter.call((double) rejected.lost()))
                .register(own);
    }

    /** Where {@code /metrics} is served. */
    public InetSocketAddress address() {
        return server.address();
    }

    /** Stops everything at the same time, within 2 s or little more. What channels haven't been told yet, they are told after the next start. */
    @Override
    public void close() {
        CompletableFuture.allOf(parts.stream()
                        .map(part -> CompletableFuture.runAsync(() -> close(part), task -> new Thread(task).start()))
                        .toArray(CompletableFuture[]::new))
                .join();
        // Last, since the others park what they can't use to the end.
        rejected.close();
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            logger.warn("a part of the gateway could not be closed", e);
        }
    }
}
