package io.vedette.ingest;

import io.vedette.ingest.cards.CardFailure;
import io.vedette.ingest.cards.CardFailure.Kind;
import io.vedette.ingest.cards.CardReader;
import io.vedette.ingest.cards.CardTarget;
import io.vedette.ingest.cards.KernelLog;
import io.vedette.ingest.cards.NvidiaSmi;
import io.vedette.ingest.cards.Progress;
import io.vedette.ingest.cards.Shortcoming;
import io.vedette.ingest.nvml.NvmlLibrary;
import io.vedette.ingest.nvml.NvmlSession;
import io.vedette.ingest.scrape.ReceivedScrape;
import io.vedette.ingest.scrape.ScrapeOutcome;
import io.vedette.ingest.scrape.TargetSettings;
import io.vedette.model.sample.ScrapeFailure;
import io.vedette.model.sample.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cards of this node as one target of the agent's, called {@code gpus@NODE}: read with NVML, or with nvidia-smi where NVML's binding cannot be used. No
 * method blocks. Thread-safe.
 */
public final class NodeCards implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(NodeCards.class);

    /** Where the driver has to wake up first, its first answer takes seconds. */
    private static final Duration LOOK_TIMEOUT = Duration.ofSeconds(10);

    private final String node;
    private final CardMode mode;
    private final CardTarget target;
    private final AtomicBoolean toldOfProgram = new AtomicBoolean();

    /**
     * What a look at the node found.
     *
     * @param watched whether there is something to watch: cards, or trouble with them
     * @param readable whether cards could be read
     * @param words in one line
     */
    public record Found(boolean watched, boolean readable, String words) {}

    /**
     * @param nanoTime as {@link System#nanoTime}
     * @param kernelLog where XIDs are looked for
     */
    NodeCards(
            String node, CardMode mode, Supplier<List<TargetSettings>> targets, LongSupplier nanoTime, Path kernelLog) {
        this.node = node;
        this.mode = mode;
        this.target = new CardTarget(
                node,
                progress -> open(progress, nanoTime),
                () -> targets.get().stream()
                        .flatMap(one -> LocalPorts.of(one).stream())
                        .toList(),
                nanoTime,
                kernelLog);
    }

    /**
     * The cards of this node, if the settings want them.
     *
     * @param targets which may hold them, asked at each reading
     * @throws IllegalArgumentException when cards are wanted in any case, and there is no driver
     */
    public static Optional<NodeCards> of(AgentSettings settings, Supplier<List<TargetSettings>> targets) {
        if (settings.nvml() == CardMode.ENABLED && !isDriverThere()) {
            throw new IllegalArgumentException(
                    "agent.nvml is enabled, but there is no NVIDIA driver here: libnvidia-ml.so.1 is not found; install the"
                            + " driver (in a container: start it with --gpus all), or set agent.nvml: auto");
        }
        return settings.nvml() == CardMode.DISABLED
                ? Optional.empty()
                : Optional.of(
                        new NodeCards(settings.node(), settings.nvml(), targets, System::nanoTime, KernelLog.KMSG));
    }

    private static boolean isDriverThere() {
        return NvmlLibrary.find().isPresent() || NvidiaSmi.find().isPresent();
    }

    /** NVML where that can be, else nvidia-smi. */
    private CardReader open(Progress progress, LongSupplier nanoTime) throws CardFailure {
        Optional<Path> library = NvmlLibrary.find();
        Optional<Path> program = NvidiaSmi.find();
        if (library.isEmpty() && program.isEmpty()) {
            throw new CardFailure(Kind.NO_DRIVER, "libnvidia-ml.so.1 is not found");
        }
        CardFailure unusable;
        if (library.isPresent()) {
            try {
                return NvmlSession.open(library.get(), progress, nanoTime);
            } catch (CardFailure e) {
                if (e.kind() != Kind.UNUSABLE || program.isEmpty()) {
                    throw e;
                }
                unusable = e;
            }
        } else {
            unusable = new CardFailure(Kind.UNUSABLE, "libnvidia-ml.so.1 is not found");
        }
        // What fails is opened again and again.
        if (toldOfProgram.compareAndSet(false, true)) {
            logger.warn("{}; nvidia-smi is read instead, which takes longer and tells no XIDs", unusable.words());
        }
        return new NvidiaSmi(program.orElseThrow(() -> new IllegalStateException("looked for above")), progress);
    }

    /** Their name as a target. */
    public String name() {
        return "gpus@" + node;
    }

    /** What their records say of them. */
    public Target target(String agent, Map<String, String> externalLabels) {
        return new Target(name(), node, agent, "", "both", externalLabels);
    }

    /** Looks whether there are cards, for some seconds at most. */
    public CompletableFuture<Found> look() {
        return target.read(LOOK_TIMEOUT).handle((scrape, failure) -> {
            if (failure == null) {
                return found();
            }
            CardFailure known = known(failure);
            boolean nothing = known.kind() == Kind.NO_DRIVER && mode == CardMode.AUTO;
            return nothing
                    ? new Found(false, false, "no cards are watched: there is no NVIDIA driver (" + known.words() + ')')
                    : new Found(true, false, "cards cannot be read: " + known.words());
        });
    }

    private Found found() {
        String words = target.words();
        return target.cards() == 0 && mode == CardMode.AUTO
                ? new Found(false, false, "no cards are watched: the NVIDIA driver has none")
                : new Found(true, true, "watching cards: " + words);
    }

    /** One reading, as if it had been scraped; it comes within the timeout. */
    public CompletableFuture<ReceivedScrape> scrape(Duration timeout) {
        return target.read(timeout).exceptionally(failure -> {
            CardFailure known = known(failure);
            return new ReceivedScrape(new ScrapeOutcome.Failed(classify(known.kind()), known.words()), new byte[0]);
        });
    }

    private static ScrapeFailure classify(Kind kind) {
        return switch (kind) {
            case NO_DRIVER -> ScrapeFailure.REFUSED;
            case HANGS -> ScrapeFailure.TIMEOUT;
            case UNUSABLE, NO_PERMISSION, FAILED -> ScrapeFailure.BROKEN;
        };
    }

    private static CardFailure known(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof CardFailure known) {
            return known;
        }
        logger.warn("Cards cannot be read", cause);
        return new CardFailure(Kind.FAILED, "reading cards failed: " + cause, cause);
    }

    /** What the last reading had to leave out. */
    public List<Shortcoming> shortcomings() {
        return target.shortcomings();
    }

    /** How many cards the last reading found; 0 before the first. */
    int cards() {
        return target.cards();
    }

    /** How many threads wait for calls that have not come back. */
    int threadsGivenUp() {
        return target.threadsGivenUp();
    }

    @Override
    public void close() {
        target.close();
    }
}
