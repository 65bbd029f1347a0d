package io.vedette.cli.doctor;

import io.vedette.ingest.AgentSettings;
import io.vedette.ingest.scrape.ScrapeOutcome;
import io.vedette.ingest.scrape.Scraper;
import io.vedette.ingest.scrape.TargetSettings;
import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.catalogue.EngineFlavour;
import io.vedette.model.exposition.Scrape;
import io.vedette.model.otlp.RecordWriter;
import io.vedette.model.otlp.RecordedCards;
import io.vedette.model.otlp.RecordedEngines;
import io.vedette.model.sample.CardScrape;
import io.vedette.model.sample.EngineScrape;
import io.vedette.model.sample.ScrapeFailure;
import io.vedette.model.sample.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;

/** Scrapes a target once, as the agent would, and says what it is. */
final class TargetCheck implements AutoCloseable {
    private static final int PARSING_THREADS = 2;
    /** Any time will do: nothing is compared with another scrape. */
    private static final long SOME_TIME_MILLIS = 1;

    private final AgentSettings settings;
    /** Kept apart: what ends a scrape that hangs must not wait for one that does. */
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(TargetCheck::thread);

    private final ExecutorService blocking = Executors.newCachedThreadPool(TargetCheck::thread);
    private final ExecutorService parsing = Executors.newFixedThreadPool(PARSING_THREADS, TargetCheck::thread);
    private final Catalogue catalogue;
    private final Scraper scraper;

    TargetCheck(AgentSettings settings, Catalogue catalogue) {
        this.settings = settings;
        this.catalogue = catalogue;
        this.scraper =
                new Scraper(blocking, parsing, deadlines, settings.limits().bodyBytes());
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "vedette-doctor");
        thread.setDaemon(true);
        return thread;
    }

    CheckedTarget check(TargetSettings target) {
        String name = "target " + target.name();
        Duration timeout = target.timing(settings.timing()).timeout();
        long begun = System.nanoTime();
        ScrapeOutcome outcome = scraper.scrape(target, timeout).join();
        long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
        if (outcome instanceof ScrapeOutcome.Failed failed) {
            return CheckedTarget.unknown(
                    Finding.fault(name, target.url() + ": " + failed.detail(), remedy(failed.failure(), target)));
        }
        Scrape body = ((ScrapeOutcome.Good) outcome).body();
        List<EngineScrape> engines = engines(target, body);
        EngineFlavour flavour = EngineFlavour.of(body);
        if (flavour.kind() == EngineFlavour.Kind.ROUTER) {
            Finding router = Finding.warning(
                    name,
                    target.url()
                            + " is a router of vLLM's production stack: what it tells about the engines behind it is set aside",
                    "name those engines themselves with --target or agent.targets; the router is not needed");
            return new CheckedTarget(router, Optional.of(Set.of()));
        }
        List<CardScrape> cards = cards(target, body);
        if (engines.isEmpty() && !cards.isEmpty()) {
            String detail = described(cards) + "; answered within " + millis + " ms";
            return new CheckedTarget(Finding.ok(name, detail), Optional.of(Set.of()));
        }
        if (engines.isEmpty()) {
            return CheckedTarget.unknown(
                    Finding.fault(
                            name,
                            target.url() + " has metrics, but none of vLLM's or of cards",
                            "point url at vLLM itself, or at an exporter of cards (DCGM's, nvidia_gpu_exporter), not at a proxy or another exporter"));
        }
        OptionalLong context = scraper.contextLength(target).join();
        String engine = flavour.describe(scraper.version(target).join());
        String detail = description(engine, engines, body, context) + "; answered within " + millis + " ms";
        return new CheckedTarget(Finding.ok(name, detail), Optional.of(models(target, engines)));
    }

    private Target described(TargetSettings target) {
        return target.target(settings.agent(), settings.node(), settings.externalLabels());
    }

    private Set<String> models(TargetSettings target, List<EngineScrape> engines) {
        String configured = described(target).modelName();
        return configured.isEmpty()
                ? engines.stream().map(EngineScrape::modelName).collect(Collectors.toSet())
                : Set.of(configured);
    }

    private List<EngineScrape> engines(TargetSettings target, Scrape body) {
        return RecordedEngines.of(record(target, body), catalogue);
    }

    private List<CardScrape> cards(TargetSettings target, Scrape body) {
        return RecordedCards.of(record(target, body), catalogue);
    }

    private byte[] record(TargetSettings target, Scrape body) {
        return RecordWriter.scrape(described(target), body, SOME_TIME_MILLIS, Double.NaN, 0);
    }

    private static String described(List<CardScrape> cards) {
        String products = cards.stream()
                .map(card -> card.card().product())
                .filter(product -> !product.isEmpty())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return "no engine, but " + cards.size() + (cards.size() == 1 ? " card" : " cards")
                + (products.isEmpty() ? "" : " (" + products + ")");
    }

    private static String description(String engine, List<EngineScrape> engines, Scrape body, OptionalLong context) {
        String model = engines.get(0).modelName();
        int problems =
                body.problemCounts().values().stream().mapToInt(count -> count).sum();
        return engine
                + (model.isEmpty() ? "" : " serving " + model)
                + (context.orElse(0) > 0 ? " (context of " + context.getAsLong() + " tokens)" : "")
                + (engines.size() > 1 ? ", " + engines.size() + " engines" : "")
                + (problems > 0 ? "; " + problems + " lines of its metrics cannot be read" : "");
    }

    private static String remedy(ScrapeFailure failure, TargetSettings target) {
        return switch (failure) {
            case REFUSED ->
                "start vLLM there, or name its address with --target or agent.targets; `curl " + target.url()
                        + "` shows what answers";
            case TIMEOUT ->
                "see whether the machine is overloaded or a firewall drops the connection; or raise agent.timeout";
            case BROKEN -> "check host name, network and TLS settings (tls_config)";
            case HTTP -> "check the path in url, and authorization or basic_auth";
            case BODY -> "check the path in url: vLLM's metrics are at /metrics";
        };
    }

    @Override
    public void close() {
        var unusedDeadlines = deadlines.shutdownNow();
        var unusedFetches = blocking.shutdownNow();
        var unusedParses = parsing.shutdownNow();
    }
}
