package io.vedette.cli.capture;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The scrapes of several captures by time, and at the same time in the order of the captures. Holds one scrape in all. Not thread-safe. */
public final class MergedScrapes implements Iterator<MergedScrapes.Scrape>, Closeable {
    private final List<CaptureScrapes> sources = new ArrayList<>();
    private final PriorityQueue<Head> heads = new PriorityQueue<>(
            Comparator.comparingLong((Head head) -> head.name.timeMillis()).thenComparingInt(Head::capture));
    private @Nullable Scrape next;

    /**
     * A scrape of one of the captures.
     *
     * @param capture its place in the list of captures
     */
    public record Scrape(int capture, RecordedScrape recorded) {}

    private record Head(int capture, EntryName name) {}

    /** Opens all of them; each must lie in the order of its times. */
    public MergedScrapes(List<Capture> captures) throws IOException {
        try {
            for (Capture capture : captures) {
                sources.add(new CaptureScrapes(capture));
                enqueue(sources.size() - 1);
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public boolean hasNext() {
        while (next == null && !heads.isEmpty()) {
            Head head = heads.remove();
            RecordedScrape recorded = sources.get(head.capture).take();
            enqueue(head.capture);
            next = recorded == null ? null : new Scrape(head.capture, recorded);
        }
        return next != null;
    }

    @Override
    public Scrape next() {
        Scrape scrape = hasNext() ? next : null;
        if (scrape == null) {
            throw new NoSuchElementException("all captures are at their end");
        }
        next = null;
        return scrape;
    }

    private void enqueue(int capture) {
        EntryName name = sources.get(capture).head();
        if (name != null) {
            heads.add(new Head(capture, name));
        }
    }

    @Override
    public void close() throws IOException {
        for (CaptureScrapes source : sources) {
            source.close();
        }
    }
}
