package io.vedette.cli.up;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vedette.alerts.Gateway;
import io.vedette.alerts.exposition.MetricsServer;
import io.vedette.alerts.exposition.RegistryExposition;
import io.vedette.cli.UserMistake;
import io.vedette.cli.config.PartConfiguration;
import io.vedette.cli.up.Parts.Stage;
import io.vedette.ingest.Agent;
import io.vedette.jobs.connect.KafkaJobs;
import io.vedette.jobs.run.DurableJob;
import io.vedette.jobs.run.LocalFlink;
import io.vedette.kafka.Beats;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A part that runs by itself. Where its metrics are shown, {@code /-/healthy} and {@code /-/ready} are answered too. */
final class PartService implements ServicePlan.Service {
    private static final int ONE_JOB = 1;

    private final ServiceListener listener;
    private final InstantSource clock;
    private final Parts parts = Parts.ofService();
    private final List<String> welcome = new ArrayList<>();
    private final PrometheusRegistry registry = new PrometheusRegistry();

    private PartService(InstantSource clock, ServiceListener listener) {
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Starts a part; on return it runs.
     *
     * @param data locked by the caller; for a part that keeps something on disk
     * @throws UserMistake when a port is taken, Kafka refuses us, or a topic is set so that results would be wrong
     * @throws RuntimeException of what did not start, with a message for the user
     */
    static PartService start(
            PartConfiguration part, Optional<DataFolder> data, InstantSource clock, ServiceListener listener) {
        PartService service = new PartService(clock, listener);
        try {
            if (part instanceof PartConfiguration.Agent agent) {
                service.agent(agent);
            } else if (part instanceof PartConfiguration.Derive derive) {
                service.derive(derive, data.orElseThrow());
            } else if (part instanceof PartConfiguration.Detect detect) {
                service.detect(detect, data.orElseThrow());
            } else {
                service.gateway((PartConfiguration.Gateway) part);
            }
            return service;
        } catch (RuntimeException | Error e) {
            service.close();
            throw e;
        }
    }

    private void agent(PartConfiguration.Agent part) {
        prepare(part, "agent");
        Agent agent = parts.add(
                Stage.CLIENTS, LocalAgent.start(part.settings(), part.catalogue(), part.kafka(), registry, clock));
        welcome.add(Welcome.watching(part.settings()));
        LocalAgent.cards(agent).ifPresent(welcome::add);
        serve(part, () -> true);
    }

    private void derive(PartConfiguration.Derive part, DataFolder data) {
        prepare(part, "derive");
        LocalJobs jobs = jobs(part, data);
        BeatsExposition.register(registry, parts.add(Stage.CLIENTS, Beats.start(part.kafka())));
        run(part, KafkaJobs.DERIVE, jobs.derive(part.settings()));
    }

    private void detect(PartConfiguration.Detect part, DataFolder data) {
        prepare(part, "detect");
        run(part, KafkaJobs.DETECT, jobs(part, data).detect(part.rules(), part.runbook()));
    }

    private void gateway(PartConfiguration.Gateway part) {
        prepare(part, "metrics");
        try {
            Gateway gateway = parts.add(
                    Stage.CLIENTS,
                    Gateway.start(part.settings(), part.kafka(), clock, listener::alert, List.of(registry)));
            welcome.add(Welcome.series(gateway.address()));
        } catch (IOException e) {
            throw Ports.unusable(part.listen(), e);
        }
    }

    private void prepare(PartConfiguration part, String listenKey) {
        Ports.requireFree(part.listen(), listenKey);
        SharedKafka.prepare(part.kafka(), part.topics(), listener::notice);
    }

    private LocalJobs jobs(PartConfiguration part, DataFolder data) {
        LocalFlink flink = parts.add(Stage.FLINK, LocalFlink.start(data.temporary(), ONE_JOB));
        return new LocalJobs(flink, data, part.kafka(), new JobNews(listener), registry, clock);
    }

    private void run(PartConfiguration part, String name, DurableJob job) {
        parts.add(Stage.CLIENTS, job);
        welcome.add("job " + name + " runs, at Kafka " + part.kafka().bootstrap());
        serve(part, job::runs);
    }

    private void serve(PartConfiguration part, BooleanSupplier ready) {
        try {
            InetSocketAddress address = parts.add(
                            Stage.CLIENTS,
                            MetricsServer.start(part.listen(), List.of(new RegistryExposition(registry)), ready))
                    .address();
            welcome.add("its own metrics: http://" + Ports.text(address) + "/metrics");
        } catch (IOException e) {
            throw Ports.unusable(part.listen(), e);
        }
    }

    @Override
    public List<String> welcome() {
        return List.copyOf(welcome);
    }

    @Override
    public void close() {
        parts.close();
    }
}
