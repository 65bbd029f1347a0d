package io.vedette.cli.replay;

import io.vedette.cli.capture.MergedScrapes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.flink.api.connector.source.lib.util.IteratorSourceSplit;

/** All captures of a replay, merged by time: the source's only split. */
record ReplaySplit(List<ReplayedCapture> captures) implements IteratorSourceSplit<MergedScrapes.Scrape, MergedScrapes> {
    private static final String ID = "captures";

    ReplaySplit {
        captures = List.copyOf(captures);
    }

    @Override
    public String splitId() {
        return ID;
    }

    @Override
    public MergedScrapes getIterator() {
        try {
            return new MergedScrapes(
                    captures.stream().map(ReplayedCapture::capture).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A replay keeps no state, so it begins anew when it begins again. */
    @Override
    public ReplaySplit getUpdatedSplitForIterator(MergedScrapes scrapes) {
        return this;
    }
}
