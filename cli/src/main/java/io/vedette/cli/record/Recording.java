package io.vedette.cli.record;

import io.vedette.cli.FolderLock;
import io.vedette.cli.UserMistake;
import io.vedette.cli.capture.CaptureWriter;
import io.vedette.ingest.AgentSettings;
import io.vedette.ingest.NodeCards;
import io.vedette.ingest.ScrapeLoop;
import io.vedette.ingest.scrape.ReceivedScrape;
import io.vedette.ingest.scrape.ScrapeOutcome;
import io.vedette.ingest.scrape.TargetSettings;
import io.vedette.model.sample.ScrapeFailure;
import io.vedette.model.sample.Target;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Targets whose scrapes are being written to captures. Thread-safe. */
final class Recording implements AutoCloseable {
    private final Path out;
    private final Listener listener;
    private final Map<String, CaptureWriter> writers = new HashMap<>();
    private final Map<String, Tally> tallies = new ConcurrentHashMap<>();
    private final Map<String, ScrapeFailure> failing = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable String> problem = new AtomicReference<>();
    private final FolderLock folder;
    private final Optional<NodeCards> cards;
    private final ScrapeLoop loop;

    /** Hears what the user should know at once. Called by several threads. */
    interface Listener {
        /** A target cannot be scraped, or not for the reason that was told last. */
        void fails(String target, ScrapeFailure reason, String detail);

        /** It can be scraped again. */
        void answers(String target);

        /** The node's cards are recorded, too. */
        void cards(String words);

        /** Nothing can be written any more. */
        void stuck();
    }

    private Recording(AgentSettings settings, Path out, InstantSource wall, Listener listener) {
        this.out = out;
        this.listener = listener;
        this.folder = RecordFolder.lock(out);
        try {
            this.cards = NodeCards.of(settings, settings::targets).filter(node -> isThere(node, listener));
            for (TargetSettings target : settings.targets()) {
                Target described = target.target(settings.agent(), settings.node(), settings.externalLabels());
                open(Optional.of(target.url()), described, wall);
            }
            if (cards.isPresent()) {
                open(Optional.empty(), cards.get().target(settings.agent(), settings.externalLabels()), wall);
            }
            this.loop = ScrapeLoop.start(settings, cards, wall, this::scraped);
        } catch (IOException e) {
            folder.close();
            throw new UserMistake(cannotBeWritten(e) + "; make it writable, or choose another folder with --out", e);
        } catch (IllegalArgumentException e) {
            folder.close();
            throw new UserMistake(String.valueOf(e.getMessage()), e);
        } catch (UserMistake e) {
            folder.close();
            throw e;
        }
    }

    /**
     * Starts recording.
     *
     * @param out where each target has a folder
     * @throws UserMistake when that can't be
     */
    static Recording start(AgentSettings settings, Path out, InstantSource wall, Listener listener) {
        return new Recording(settings, out, wall, listener);
    }

    private static boolean isThere(NodeCards node, Listener listener) {
        NodeCards.Found found = node.look().join();
        if (found.watched()) {
            listener.cards(found.words());
        } else {
            node.close();
        }
        return found.watched();
    }

    private void open(Optional<URI> url, Target target, InstantSource wall) throws IOException {
        writers.put(target.instance(), CaptureWriter.open(out, url, target, wall.instant()));
        tallies.put(target.instance(), Tally.NONE);
    }

    private void scraped(String target, long timeMillis, ReceivedScrape scrape) {
        CaptureWriter writer = writers.get(target);
        if (writer == null || problem.get() != null) {
            return;
        }
        try {
            Tally one = write(writer, target, timeMillis, scrape);
            tallies.merge(target, one, Tally::and);
        } catch (IOException e) {
            if (problem.compareAndSet(null, cannotBeWritten(e))) {
                listener.stuck();
            }
        }
    }

    private Tally write(CaptureWriter writer, String target, long timeMillis, ReceivedScrape scrape)
            throws IOException {
        if (scrape.outcome() instanceof ScrapeOutcome.Failed failed) {
            if (failing.put(target, failed.failure()) != failed.failure()) {
                listener.fails(target, failed.failure(), failed.detail());
            }
            return Tally.failed(failed.failure(), writer.failed(timeMillis, failed.failure(), failed.detail()));
        }
        if (failing.remove(target) != null) {
            listener.answers(target);
        }
        return Tally.good(writer.good(timeMillis, scrape.body()));
    }

    private String cannotBeWritten(IOException e) {
        return out + " cannot be written: " + WriteFailure.reason(e);
    }

    /** What has been recorded, by target. */
    SortedMap<String, Tally> tallies() {
        return new TreeMap<>(tallies);
    }

    /** Scrapes that were due and not made. */
    long skipped() {
        return loop.skipped();
    }

    /** Why nothing can be written any more, in one line. */
    Optional<String> problem() {
        return Optional.ofNullable(problem.get());
    }

    /** Stops; every scrape that has been received is written. */
    @Override
    public void close() {
        loop.close();
        cards.ifPresent(NodeCards::close);
        folder.close();
    }
}
