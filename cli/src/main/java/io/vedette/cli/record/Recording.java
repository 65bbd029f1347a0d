package io.vedette.cli.record;

import io.vedette.cli.FolderLock;
import io.vedette.cli.UserMistake;
import io.vedette.cli.capture.CaptureWriter;
import io.vedette.ingest.AgentSettings;
import io.vedette.ingest.ScrapeLoop;
import io.vedette.ingest.scrape.ReceivedScrape;
import io.vedette.ingest.scrape.ScrapeOutcome;
import io.vedette.ingest.scrape.TargetSettings;
import io.vedette.model.sample.ScrapeFailure;
import java.io.IOException;
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
    private final ScrapeLoop loop;

    /** Hears what the user should know at once. Called by several threads. */
    interface Listener {
        /** A target cannot be scraped, or not for the reason that was told last. */
        void fails(String target, ScrapeFailure reason, String detail);

        /** It can be scraped again. */
        void answers(String target);

        /** Nothing can be written any more. */
        void stuck();
    }

    private Recording(AgentSettings settings, Path out, InstantSource wall, Listener listener) {
        this.out = out;
        this.listener = listener;
        this.folder = RecordFolder.lock(out);
        try {
            for (TargetSettings target : settings.targets()) {
                open(target, settings, wall);
            }
            this.loop = ScrapeLoop.start(settings, wall, this::scraped);
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

    private void open(TargetSettings target, AgentSettings settings, InstantSource wall) throws IOException {
        writers.put(
                target.name(),
                CaptureWriter.open(
                        out,
                        target.url(),
                        target.target(settings.agent(), settings.node(), settings.externalLabels()),
                        wall.instant()));
        tallies.put(target.name(), Tally.NONE);
    }

    private void scraped(TargetSettings target, long timeMillis, ReceivedScrape scrape) {
        CaptureWriter writer = writers.get(target.name());
        if (writer == null || problem.get() != null) {
            return;
        }
        try {
            Tally one = write(writer, target.name(), timeMillis, scrape);
            tallies.merge(target.name(), one, Tally::and);
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
        folder.close();
    }
}
