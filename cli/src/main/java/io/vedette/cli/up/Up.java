package io.vedette.cli.up;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vedette.alerts.Gateway;
import io.vedette.cli.UserMistake;
import io.vedette.cli.config.Configuration;
import io.vedette.cli.up.Parts.Stage;
import io.vedette.ingest.Agent;
import io.vedette.jobs.run.DurableJob;
import io.vedette.jobs.run.LocalFlink;
import io.vedette.kafka.Beats;
import io.vedette.kafka.KafkaSettings;
import io.vedette.kafka.Topic;
import io.vedette.kafka.broker.EmbeddedBroker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** The whole of Vedette in this process: Flink, agent, both jobs, gateway, and a Kafka unless the configuration names one. */
public final class Up implements ServicePlan.Service {
    /** The derive and the detect job, with a parallelism of 1 each. */
    private static final int SLOTS = 2;

    private static final Executor THREADS = task -> {
        Thread thread = new Thread(task, "vedette-up");
        thread.setDaemon(true);
        thread.start();
    };

    private final Configuration configuration;
    private final InstantSource clock;
    private final Parts parts = Parts.ofService();

    private InetSocketAddress address;
    private Optional<Agent> agent = Optional.empty();

    private Up(Configuration configuration, InstantSource clock) {
        this.address = configuration.gateway().listen();
        this.configuration = configuration;
        this.clock = clock;
    }

    /**
     * Starts everything; on return all parts run.
     *
     * @param data locked by the caller
     * @throws UserMistake when a port is taken, or a topic is set so that results would be wrong
     * @throws RuntimeException of the part that did not start, with a message for the user
     */
    static Up start(Configuration configuration, DataFolder data, InstantSource clock, ServiceListener listener) {
        Up up = new Up(configuration, clock);
        try {
            up.startAll(data, listener);
            return up;
        } catch (RuntimeException | Error e) {
            up.close();
            throw e;
        }
    }

    private void startAll(DataFolder data, ServiceListener listener) {
        Ports.requireFree(configuration.gateway().listen(), "metrics");
        CompletableFuture<LocalFlink> starting =
                CompletableFuture.supplyAsync(() -> LocalFlink.start(data.temporary(), SLOTS), THREADS);
        KafkaSettings kafka;
        LocalFlink flink;
        try {
            kafka = kafka(data, listener);
        } finally {
            flink = parts.add(Stage.FLINK, joined(starting));
        }
        PrometheusRegistry ofAgent = new PrometheusRegistry();
        PrometheusRegistry ofJobs = new PrometheusRegistry();
        BeatsExposition.register(ofJobs, parts.add(Stage.CLIENTS, Beats.start(kafka)));
        // Before the jobs: a channel that is new hears of what is written from its start on.
        address = parts.add(Stage.CLIENTS, gateway(kafka, listener, List.of(ofAgent, ofJobs)))
                .address();
        // And so is the agent: what it scrapes waits in Kafka until the jobs run.
        agent = Optional.of(parts.add(
                Stage.CLIENTS,
                LocalAgent.start(configuration.agent(), configuration.derive().catalogue(), kafka, ofAgent, clock)));
        startJobs(new LocalJobs(flink, data, kafka, new JobNews(listener), ofJobs, clock));
    }

    /** The Kafka that the configuration names, else an embedded one; with its topics. */
    private KafkaSettings kafka(DataFolder data, ServiceListener listener) {
        if (configuration.kafka().isPresent()) {
            KafkaSettings kafka = configuration.kafka().get();
            SharedKafka.prepare(kafka, Set.of(Topic.values()), listener::notice);
            return kafka;
        }
        EmbeddedBroker broker = parts.add(
                Stage.KAFKA,
                EmbeddedBroker.start(data.kafka(), configuration.listen().kafka(), listener));
        KafkaSettings kafka = KafkaSettings.of(broker.bootstrap());
        SharedKafka.prepareEmbedded(kafka);
        return kafka;
    }

    private Gateway gateway(KafkaSettings kafka, ServiceListener listener, List<PrometheusRegistry> registries) {
        InetSocketAddress listen = configuration.gateway().listen();
        try {
            return Gateway.start(configuration.gateway(), kafka, clock, listener::alert, registries);
        } catch (IOException e) {
            throw Ports.unusable(listen, e);
        }
    }

    private void startJobs(LocalJobs jobs) {
        CompletableFuture<DurableJob> deriving =
                CompletableFuture.supplyAsync(() -> jobs.derive(configuration.derive()), THREADS);
        try {
            parts.add(Stage.CLIENTS, jobs.detect(configuration.rules(), configuration.runbook()));
        } finally {
            parts.add(Stage.CLIENTS, joined(deriving));
        }
    }

    private static <T> T joined(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : e;
        }
    }

    /** Where {@code /metrics} is served. */
    InetSocketAddress address() {
        return address;
    }

    @Override
    public List<String> welcome() {
        return Welcome.lines(configuration, address, agent.flatMap(LocalAgent::cards));
    }

    /** Stops everything, within a few seconds. Repeated calls do nothing. */
    @Override
    public void close() {
        parts.close();
    }
}
