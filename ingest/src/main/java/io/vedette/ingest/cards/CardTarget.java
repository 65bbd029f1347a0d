package io.vedette.ingest.cards;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vedette.ingest.cards.CardExposition.Owner;
import io.vedette.ingest.scrape.MetricsBody;
import io.vedette.ingest.scrape.ReceivedScrape;
import io.vedette.model.exposition.ExpositionFormat;
import io.vedette.model.exposition.ExpositionParser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a node's cards in a thread of its own, remembers what one reading alone does not tell, and writes all of it as an exposition. No method blocks.
 * Thread-safe.
 */
public final class CardTarget implements AutoCloseable {
    private static final Path PROC = Path.of("/proc");

    private final String node;
    private final CardReader.Opener opener;
    private final Supplier<List<LocalTarget>> targets;
    private final LongSupplier nanoTime;
    private final Path kernelLog;
    private final ScheduledThreadPoolExecutor deadlines;
    private final CardThread<ReceivedScrape> thread;
    private final KnownCards knownCards = new KnownCards();
    private volatile @Nullable KernelLog log;
    private volatile int cards;
    private volatile String words = "";
    private volatile List<Shortcoming> shortcomings = List.of();

    /**
     * Nothing is opened before the first reading.
     *
     * @param node the node's name
     * @param targets which may hold cards, asked at each reading
     * @param nanoTime as {@link System#nanoTime}
     * @param kernelLog where XIDs are looked for, see {@link KernelLog#KMSG}
     */
    public CardTarget(
            String node,
            CardReader.Opener opener,
            Supplier<List<LocalTarget>> targets,
            LongSupplier nanoTime,
            Path kernelLog) {
        this.node = node;
        this.opener = opener;
        this.targets = targets;
        this.nanoTime = nanoTime;
        this.kernelLog = kernelLog;
        this.deadlines = new ScheduledThreadPoolExecutor(1, task -> {
            Thread timer = new Thread(task, "vedette-agent-cards-deadline");
            timer.setDaemon(true);
            return timer;
        });
        deadlines.setRemoveOnCancelPolicy(true);
        this.thread = new CardThread<>(Pass::new, deadlines, nanoTime);
    }

    /** One reading; fails with a {@link CardFailure}, at the latest when the timeout is over. */
    public CompletableFuture<ReceivedScrape> read(Duration timeout) {
        return thread.run(timeout);
    }

    /** How many cards the last reading found; 0 before the first. */
    public int cards() {
        return cards;
    }

    /** What the last reading found, in one line; empty before the first. */
    public String words() {
        return words;
    }

    /** What the last reading had to leave out. */
    public List<Shortcoming> shortcomings() {
        return shortcomings;
    }

    /** How many threads wait for calls that have not come back. */
    public int threadsGivenUp() {
        return thread.givenUp();
    }

    @Override
    public void close() {
        thread.close();
        KernelLog open = log;
        if (open != null) {
            open.close();
        }
        var unused = deadlines.shutdownNow();
    }

    private synchronized KernelLog log() {
        KernelLog open = log;
        if (open == null) {
            open = KernelLog.follow(kernelLog, nanoTime);
            log = open;
        }
        return open;
    }

    /** What is done in the thread. */
    private final class Pass implements CardThread.Pass<ReceivedScrape> {
        private final CardReader reader;
        private final Owners owners = new Owners(new Processes(PROC), nanoTime);
        private final ExpositionParser parser = new ExpositionParser();

        private Pass(Progress progress) throws CardFailure {
            this.reader = opener.open(progress);
        }

        @Override
        public ReceivedScrape run() throws CardFailure {
            NodeReading reading = reader.read();
            KnownCards.Known known = knownCards.update(reading, log().drain());
            Map<Long, String> names = owners.names(reading.cards());
            List<Owner> owned = owners.find(targets.get(), reading.cards(), names.keySet());
            cards = known.present().size();
            words = describe(reading, known);
            Optional<String> unlogged = KernelLog.refusal(kernelLog);
            boolean xidsShow = reading.tellsXids() || unlogged.isEmpty();
            byte[] body = CardExposition.of(node, reading, known, xidsShow, names, owned)
                    .getBytes(UTF_8);
            shortcomings = leftOut(reading, unlogged, names.keySet());
            return new ReceivedScrape(MetricsBody.classify(body, ExpositionFormat.TEXT, parser), body);
        }

        private List<Shortcoming> leftOut(NodeReading reading, Optional<String> unlogged, Set<Long> visible) {
            List<Shortcoming> all = new ArrayList<>(reader.shortcomings());
            unlogged.ifPresent(
                    reason -> all.add(
                            new Shortcoming(
                                    reason + ", so XIDs that only the kernel logs are missed",
                                    "run Vedette with CAP_SYSLOG, or set kernel.dmesg_restrict=0; in a container: --device /dev/kmsg --cap-add SYSLOG")));
            long invisible = reading.cards().stream()
                    .flatMap(card -> card.processes().stream())
                    .map(CardProcess::pid)
                    .filter(pid -> !visible.contains(pid))
                    .distinct()
                    .count();
            if (invisible > 0) {
                all.add(
                        new Shortcoming(
                                invisible == 1
                                        ? "1 process that holds cards is not visible, so nobody knows which target it serves"
                                        : invisible
                                                + " processes that hold cards are not visible, so nobody knows which targets they serve",
                                "run Vedette in the host's process namespace (--pid host), as root or as their user; or name each target's cards: gpus: [0, 1]"));
            }
            return List.copyOf(all);
        }

        private String describe(NodeReading reading, KnownCards.Known known) {
            Map<String, Long> models = known.present().stream()
                    .collect(Collectors.groupingBy(CardId::model, TreeMap::new, Collectors.counting()));
            String cardsInWords = models.entrySet().stream()
                    .map(model -> model.getValue() + " x " + model.getKey())
                    .collect(Collectors.joining(", "));
            String driver = Optional.of(reading.driver())
                    .filter(version -> !version.isEmpty())
                    .map(version -> ", driver " + version)
                    .orElse("");
            return (cardsInWords.isEmpty() ? "no card" : cardsInWords) + " (" + reader.name() + driver + ')';
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
