package io.vedette.cli.replay;

import io.vedette.cli.capture.MergedScrapes;
import io.vedette.jobs.derive.SampleRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.lib.util.IteratorSourceEnumerator;
import org.apache.flink.api.connector.source.lib.util.IteratorSourceReaderBase;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Recorded scrapes in the place of {@code vedette.samples}, as fast as they go. Ends with the last of them; to be run with a parallelism of 1. */
final class ReplaySource implements Source<SampleRecord, ReplaySplit, Collection<ReplaySplit>> {
    private static final long serialVersionUID = 1L;

    /** The split as bytes, since paths and targets are not serializable. */
    private final byte[] split;

    ReplaySource(List<ReplayedCapture> captures) {
        try {
            split = new ReplaySplitCodec().serialize(new ReplaySplit(captures));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SplitEnumerator<ReplaySplit, Collection<ReplaySplit>> createEnumerator(
            SplitEnumeratorContext<ReplaySplit> context) throws IOException {
        ReplaySplitCodec codec = new ReplaySplitCodec();
        return new IteratorSourceEnumerator<>(context, List.of(codec.deserialize(codec.getVersion(), split)));
    }

    @Override
    public SplitEnumerator<ReplaySplit, Collection<ReplaySplit>> restoreEnumerator(
            SplitEnumeratorContext<ReplaySplit> context, Collection<ReplaySplit> splits) {
        return new IteratorSourceEnumerator<>(context, splits);
    }

    @Override
    public SimpleVersionedSerializer<ReplaySplit> getSplitSerializer() {
        return new ReplaySplitCodec();
    }

    @Override
    public SimpleVersionedSerializer<Collection<ReplaySplit>> getEnumeratorCheckpointSerializer() {
        return new NoCheckpoints();
    }

    @Override
    public SourceReader<SampleRecord, ReplaySplit> createReader(SourceReaderContext context) {
        return new Reader(context);
    }

    /** Flink asks for a serializer even where nothing is ever stored. */
    private static final class NoCheckpoints implements SimpleVersionedSerializer<Collection<ReplaySplit>> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Collection<ReplaySplit> splits) {
            throw new UnsupportedOperationException("a replay takes no checkpoints");
        }

        @Override
        public Collection<ReplaySplit> deserialize(int version, byte[] serialized) {
            throw new UnsupportedOperationException("a replay takes no checkpoints");
        }
    }

    /** Reads the captures and turns their scrapes into records. */
    @SuppressWarnings("try") // Flink's close() may be interrupted
    private static final class Reader
            extends IteratorSourceReaderBase<MergedScrapes.Scrape, SampleRecord, MergedScrapes, ReplaySplit> {
        private final ScrapeRecords records;

        Reader(SourceReaderContext context) {
            super(context);
            records = new ScrapeRecords(context.metricGroup());
        }

        @Override
        protected SampleRecord convert(MergedScrapes.Scrape scrape) {
            return records.record(currentSplit.captures().get(scrape.capture()), scrape.recorded());
        }

        @Override
        public void close() throws Exception {
            if (iterator != null) {
                iterator.close();
            }
            super.close();
        }
    }
}
