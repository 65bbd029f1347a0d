package io.vedette.cli.up;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vedette.cli.UserMistake;
import io.vedette.ingest.Agent;
import io.vedette.ingest.AgentSettings;
import io.vedette.ingest.NodeCards;
import io.vedette.kafka.KafkaSettings;
import io.vedette.model.catalogue.Catalogue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The agent in this process, and what is said of it. */
final class LocalAgent {
    private static final Duration CARDS_TIMEOUT = Duration.ofSeconds(2);

    private LocalAgent() {}

    /** @throws UserMistake when the agent cannot do what it is told; the message says why */
    static Agent start(
            AgentSettings settings,
            Catalogue catalogue,
            KafkaSettings kafka,
            PrometheusRegistry registry,
            InstantSource clock) {
        try {
            return Agent.start(settings, catalogue, kafka, registry, clock);
        } catch (IllegalArgumentException e) {
            throw new UserMistake(String.valueOf(e.getMessage()), e);
        }
    }

    /** What is known of this node's cards, in one line; empty where they are not wanted. Waits for it a little. */
    static Optional<String> cards(Agent agent) {
        NodeCards.Found silent = new NodeCards.Found(true, false, "cards: the driver has yet to answer");
        return agent.firstLookAtCards()
                .map(found -> found.completeOnTimeout(silent, CARDS_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                        .join()
                        .words());
    }
}
