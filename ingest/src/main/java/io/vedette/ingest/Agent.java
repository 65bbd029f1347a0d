package io.vedette.ingest;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vedette.ingest.publish.OutgoingRecord;
import io.vedette.ingest.publish.SamplePublisher;
import io.vedette.ingest.scrape.ReceivedScrape;
import io.vedette.ingest.scrape.ScrapeOutcome;
import io.vedette.ingest.scrape.ScrapeTiming;
import io.vedette.ingest.scrape.TargetSettings;
import io.vedette.kafka.KafkaSettings;
import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.otlp.RecordWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scrapes its targets and publishes a record of each scrape, and the list of its targets, to {@code vedette.samples}. Neither a target nor Kafka can
 * hold it up or make it end. Thread-safe.
 */
public final class Agent implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(Agent.class);
    private static final Duration LIST_INTERVAL = Duration.ofMinutes(1);
    private static final Duration CARD_SEARCH_INTERVAL = Duration.ofMinutes(1);
    private static final double MILLIS_PER_SECOND = 1000;

    private final Catalogue catalogue;
    private final AgentClock clock;
    private final AgentMetrics metrics;
    private final ScrapeThreads threads;
    private final SamplePublisher publisher;
    private final Map<String, Watched> watched = new HashMap<>();
    private final Optional<NodeCards> cards;
    private final CompletableFuture<NodeCards.Found> firstLook = new CompletableFuture<>();
    private AgentSettings settings;
    private @Nullable ScrapeSchedule cardSchedule;
    private boolean closed;

    private record Watched(TargetSettings settings, ScrapeSchedule schedule) {}

    private Agent(
            AgentSettings settings,
            Catalogue catalogue,
            KafkaSettings kafka,
            PrometheusRegistry registry,
            InstantSource wall) {
        this.settings = settings.withTargets(List.of());
        this.cards = NodeCards.of(settings, this::targets);
        this.catalogue = catalogue;
        this.clock = new AgentClock(wall, System::nanoTime);
        this.metrics = new AgentMetrics(registry);
        this.threads = new ScrapeThreads("vedette-agent", settings.limits().bodyBytes(), clock);
        this.publisher = SamplePublisher.start(
                kafka,
                settings.limits().bufferBytes(),
                clock::unixMillis,
                new PublishReport(metrics, clock::unixNanos, kafka.bootstrap()));
        addGauges();
    }

    /**
     * Starts an agent. Neither its targets nor Kafka need be there yet.
     *
     * @param catalogue what metrics mean: a target that shows none of them is told
     * @param registry gets the agent's own metrics, {@code vedette_agent_*}; holds those of one agent only
     * @param wall read once: from then on the agent's time goes on monotonically
     * @throws IllegalArgumentException when a file that a target names cannot be used, or cards are wanted and there is no driver; the message says which
     */
    public static Agent start(
            AgentSettings settings,
            Catalogue catalogue,
            KafkaSettings kafka,
            PrometheusRegistry registry,
            InstantSource wall) {
        settings.targets().forEach(TargetSettings::requireReadable);
        Agent agent = new Agent(settings, catalogue, kafka, registry, wall);
        agent.replaceTargets(settings.targets());
        agent.threads.repeat(LIST_INTERVAL, agent::publishList);
        agent.cards.ifPresent(agent::lookForCards);
        return agent;
    }

    /**
     * Scrapes these targets from now on, and no others. Those that stay as they are keep their schedule.
     *
     * @throws IllegalArgumentException when two have the same name or one does not fit the agent; then nothing changes
     */
    public synchronized void replaceTargets(List<TargetSettings> targets) {
        settings = settings.withTargets(targets);
        Map<String, TargetSettings> wanted = new HashMap<>();
        targets.forEach(target -> wanted.put(target.name(), target));
        watched.values().removeIf(known -> {
            boolean stays = known.settings().equals(wanted.get(known.settings().name()));
            if (!stays) {
                known.schedule().close();
            }
            return !stays;
        });
        wanted.forEach((name, target) -> watched.computeIfAbsent(name, absent -> watch(target)));
        publishList();
    }

    private Watched watch(TargetSettings target) {
        ScrapeTiming timing = target.timing(settings.timing());
        TargetWatch watch = new TargetWatch(
                target.target(settings.agent(), settings.node(), settings.externalLabels()),
                catalogue,
                timing,
                new Endpoint(target, timing),
                clock,
                metrics,
                publisher::offer);
        ScrapeSchedule schedule = threads.schedule(target.name(), timing.interval(), watch);
        schedule.start();
        return new Watched(target, schedule);
    }

    private synchronized List<TargetSettings> targets() {
        return settings.targets();
    }

    /** Where there is no driver it may come yet: on a new node it is often installed after us. */
    private void lookForCards(NodeCards node) {
        var unused = node.look().thenAccept(found -> {
            if (firstLook.complete(found) || found.watched()) {
                logger.info("{}", found.words());
            }
            if (found.watched()) {
                watchCards(node);
            } else {
                threads.after(CARD_SEARCH_INTERVAL, () -> lookForCards(node));
            }
        });
    }

    private synchronized void watchCards(NodeCards node) {
        if (closed) {
            return;
        }
        ScrapeTiming timing = settings.timing();
        TargetWatch watch = new TargetWatch(
                node.target(settings.agent(), settings.externalLabels()),
                catalogue,
                timing,
                new Cards(node, timing),
                clock,
                metrics,
                publisher::offer);
        cardSchedule = threads.schedule(node.name(), timing.interval(), watch);
        cardSchedule.start();
        publishList();
    }

    /** What the first look at this node's cards found; empty where nobody looks. It comes within some seconds. */
    public Optional<CompletableFuture<NodeCards.Found>> firstLookAtCards() {
        return cards.map(there -> firstLook.copy());
    }

    private synchronized void publishList() {
        Set<String> names = new HashSet<>(watched.keySet());
        if (cardSchedule != null) {
            cards.ifPresent(node -> names.add(node.name()));
        }
        byte[] value = RecordWriter.targets(settings.agent(), names, clock.unixMillis());
        publisher.offer(new OutgoingRecord(settings.agent(), value, Duration.ZERO));
    }

    private void addGauges() {
        metrics.gauge("records_waiting", "Records that wait for Kafka", publisher::waitingRecords);
        metrics.gauge("waiting_bytes", "Bytes of the records that wait for Kafka", publisher::waitingBytes);
        metrics.gauge(
                "clock_offset_seconds",
                "What to add to this machine's clock to get the Kafka broker's",
                () -> publisher.clockOffsetMillis().stream()
                        .mapToDouble(millis -> millis / MILLIS_PER_SECOND)
                        .findFirst()
                        .orElse(Double.NaN));
        cards.ifPresent(node -> {
            metrics.gauge("cards", "Cards that the last reading found", node::cards);
            metrics.gauge(
                    "card_threads_given_up",
                    "Threads that wait for calls into the driver that have not come back",
                    node::threadsGivenUp);
        });
        metrics.gauge("targets", "Targets that are scraped", this::targetCount);
    }

    private synchronized int targetCount() {
        return watched.size();
    }

    /** Stops scraping, sends what Kafka takes at once, and ends within 2 s. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            watched.values().forEach(target -> target.schedule().close());
            if (cardSchedule != null) {
                cardSchedule.close();
            }
        }
        cards.ifPresent(NodeCards::close);
        threads.stop();
        publisher.close();
        threads.hangUp();
    }

    /** A target over HTTP. */
    private final class Endpoint implements TargetWatch.Endpoint {
        private final TargetSettings target;
        private final ScrapeTiming timing;

        private Endpoint(TargetSettings target, ScrapeTiming timing) {
            this.target = target;
            this.timing = timing;
        }

        @Override
        public boolean isEngine() {
            return true;
        }

        @Override
        public CompletionStage<ScrapeOutcome> scrape() {
            return threads.scraper().scrape(target, timing.timeout());
        }

        @Override
        public CompletionStage<OptionalLong> contextLength() {
            return threads.scraper().contextLength(target);
        }
    }

    /** The cards of this node. */
    private static final class Cards implements TargetWatch.Endpoint {
        private final NodeCards node;
        private final ScrapeTiming timing;

        private Cards(NodeCards node, ScrapeTiming timing) {
            this.node = node;
            this.timing = timing;
        }

        @Override
        public boolean isEngine() {
            return false;
        }

        @Override
        public CompletionStage<ScrapeOutcome> scrape() {
            return node.scrape(timing.timeout()).thenApply(ReceivedScrape::outcome);
        }

        @Override
        public CompletionStage<OptionalLong> contextLength() {
            return CompletableFuture.completedFuture(OptionalLong.of(0));
        }
    }
}
