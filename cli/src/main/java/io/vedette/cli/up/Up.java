package io.vedette.cli.up;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vedette.alerts.Gateway;
import io.vedette.cli.UserMistake;
import io.vedette.cli.config.Configuration;
import io.vedette.cli.up.Parts.Stage;
import io.vedette.ingest.Agent;
import io.vedette.ingest.NodeCards;
import io.vedette.jobs.connect.KafkaJobs;
import io.vedette.jobs.detect.DetectSettings;
import io.vedette.jobs.run.DurableJob;
import io.vedette.jobs.run.LocalFlink;
import io.vedette.kafka.Beats;
import io.vedette.kafka.Deployment;
import io.vedette.kafka.KafkaSettings;
import io.vedette.kafka.TopicSetup;
import io.vedette.kafka.broker.EmbeddedBroker;
import io.vedette.kafka.broker.FatalListener;
import io.vedette.model.alert.AlertEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole of Vedette in this process: embedded Kafka and Flink, agent, both jobs and gateway. */
public final class Up implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(Up.class);

    private static final Duration CARDS_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(30);
    /** Windows are full at once where the samples of the longest default window, and some, are still in the topic. */
    private static final Duration LOOK_BACK = Duration.ofMinutes(15);
    /** The derive and the detect job, with a parallelism of 1 each. */
    private static final int SLOTS = 2;

    /** Clients end within 2 s or little more each, Flink and Kafka in less unless something is broken. */
    private static final Duration STAGE_LIMIT = Duration.ofMillis(2_500);

    private static final Executor THREADS = task -> {
        Thread thread = new Thread(task, "vedette-up");
        thread.setDaemon(true);
        thread.start();
    };

    private final Configuration configuration;
    private final InstantSource clock;
    private final Parts parts = new Parts(STAGE_LIMIT, THREADS);

    private InetSocketAddress address;
    private Optional<CompletableFuture<NodeCards.Found>> cards = Optional.empty();

    private Up(Configuration configuration, InstantSource clock) {
        this.address = configuration.gateway().listen();
        this.configuration = configuration;
        this.clock = clock;
    }

    /** What hears of things that happen while everything runs. */
    public interface Listener extends FatalListener {
        /** An alert has changed; called in a thread of the gateway's. */
        void alert(AlertEvent event);

        /** Something to know about the process itself, in one line; it goes on. */
        void notice(String message);
    }

    /**
     * Starts everything; on return all parts run.
     *
     * @param data locked by the caller
     * @throws UserMistake when a port is taken, or a topic is set so that results would be wrong
     * @throws RuntimeException of the part that did not start, with a message for the user
     */
    static Up start(Configuration configuration, DataFolder data, InstantSource clock, Listener listener) {
        Up up = new Up(configuration, clock);
        try {
            up.startAll(data, listener);
            return up;
        } catch (RuntimeException | Error e) {
            up.close();
            throw e;
        }
    }

    private void startAll(DataFolder data, Listener listener) {
        Ports.requireFree(configuration.gateway().listen(), "metrics");
        CompletableFuture<LocalFlink> starting =
                CompletableFuture.supplyAsync(() -> LocalFlink.start(data.temporary(), SLOTS), THREADS);
        KafkaSettings kafka;
        LocalFlink flink;
        try {
            EmbeddedBroker broker =
                    parts.add(Stage.KAFKA, EmbeddedBroker.start(data.kafka(), configuration.kafkaPort(), listener));
            kafka = KafkaSettings.of(broker.bootstrap());
            createTopics(kafka);
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
        cards = parts.add(Stage.CLIENTS, agent(kafka, ofAgent)).firstLookAtCards();
        startJobs(data, kafka, flink, new JobNews(listener), ofJobs);
    }

    private static void createTopics(KafkaSettings kafka) {
        try (Admin admin = Admin.create(kafka.admin("vedette-topics"))) {
            var report = new TopicSetup(admin, kafka.topics(), Deployment.EMBEDDED, KAFKA_TIMEOUT).createAndCheck();
            report.findings().forEach(finding -> logger.warn("{}", finding));
            if (!report.errors().isEmpty()) {
                throw new UserMistake(
                        report.errors().stream().map(String::valueOf).collect(Collectors.joining("; ")));
            }
        }
    }

    private Agent agent(KafkaSettings kafka, PrometheusRegistry registry) {
        try {
            return Agent.start(configuration.agent(), configuration.derive().catalogue(), kafka, registry, clock);
        } catch (IllegalArgumentException e) {
            throw new UserMistake(String.valueOf(e.getMessage()), e);
        }
    }

    private Gateway gateway(KafkaSettings kafka, Listener listener, List<PrometheusRegistry> registries) {
        InetSocketAddress listen = configuration.gateway().listen();
        try {
            return Gateway.start(configuration.gateway(), kafka, clock, listener::alert, registries);
        } catch (IOException e) {
            throw new UserMistake("cannot listen on " + listen + " (" + e.getMessage() + ')', e);
        }
    }

    private void startJobs(
            DataFolder data, KafkaSettings kafka, LocalFlink flink, JobNews news, PrometheusRegistry registry) {
        long now = clock.millis();
        long from = now - LOOK_BACK.toMillis();
        DetectSettings detect = new DetectSettings(configuration.rules(), now, configuration.runbook());
        CompletableFuture<DurableJob> deriving = CompletableFuture.supplyAsync(
                () -> DurableJob.start(
                        flink,
                        KafkaJobs.DERIVE,
                        data.checkpoints(KafkaJobs.DERIVE),
                        job -> KafkaJobs.derive(job, kafka, configuration.derive(), from),
                        news),
                THREADS);
        DurableJob detecting;
        try {
            detecting = parts.add(
                    Stage.CLIENTS,
                    DurableJob.start(
                            flink,
                            KafkaJobs.DETECT,
                            data.checkpoints(KafkaJobs.DETECT),
                            job -> KafkaJobs.detect(job, kafka, detect, from),
                            news));
        } finally {
            parts.add(Stage.CLIENTS, joined(deriving));
        }
        JobsExposition.register(registry, KafkaJobs.DERIVE, deriving.join(), flink.metrics(), clock);
        JobsExposition.register(registry, KafkaJobs.DETECT, detecting, flink.metrics(), clock);
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

    /** What is known of this node's cards, in one line; empty where they are not wanted. Waits for it a little. */
    Optional<String> cards() {
        NodeCards.Found silent = new NodeCards.Found(true, false, "cards: the driver has yet to answer");
        return cards.map(found -> found.completeOnTimeout(silent, CARDS_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .join()
                .words());
    }

    /** Stops everything, within a few seconds. Repeated calls do nothing. */
    @Override
    public void close() {
        parts.close();
    }
}
