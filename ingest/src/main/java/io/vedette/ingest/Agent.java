package io.vedette.ingest;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vedette.ingest.publish.OutgoingRecord;
import io.vedette.ingest.publish.SamplePublisher;
import io.vedette.ingest.scrape.ScrapeOutcome;
import io.vedette.ingest.scrape.ScrapeTiming;
import io.vedette.ingest.scrape.TargetSettings;
import io.vedette.kafka.KafkaSettings;
import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.otlp.RecordWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * Scrapes its targets and publishes a record of each scrape, and the list of its targets, to {@code vedette.samples}. Neither a target nor Kafka can
 * hold it up or make it end. Thread-safe.
 */
public final class Agent implements AutoCloseable {
    private static final Duration LIST_INTERVAL = Duration.ofMinutes(1);
    private static final double MILLIS_PER_SECOND = 1000;

    private final Catalogue catalogue;
    private final AgentClock clock;
    private final AgentMetrics metrics;
    private final ScrapeThreads threads;
    private final SamplePublisher publisher;
    private final Map<String, Watched> watched = new HashMap<>();
    private AgentSettings settings;

    private record Watched(TargetSettings settings, ScrapeSchedule schedule) {}

    private Agent(
            AgentSettings settings,
            Catalogue catalogue,
            KafkaSettings kafka,
            PrometheusRegistry registry,
            InstantSource wall) {
        this.settings = settings.withTargets(List.of());
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
     * @throws IllegalArgumentException when a file that a target names cannot be used; the message says which
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

    private synchronized void publishList() {
        byte[] value = RecordWriter.targets(settings.agent(), watched.keySet(), clock.unixMillis());
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
        metrics.gauge("targets", "Targets that are scraped", this::targetCount);
    }

    private synchronized int targetCount() {
        return watched.size();
    }

    /** Stops scraping, sends what Kafka takes at once, and ends within 2 s. */
    @Override
    public void close() {
        synchronized (this) {
            watched.values().forEach(target -> target.schedule().close());
        }
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
        public CompletionStage<ScrapeOutcome> scrape() {
            return threads.scraper().scrape(target, timing.timeout());
        }

        @Override
        public CompletionStage<OptionalLong> contextLength() {
            return threads.scraper().contextLength(target);
        }
    }
}
