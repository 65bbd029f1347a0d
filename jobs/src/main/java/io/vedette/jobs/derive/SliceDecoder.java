package io.vedette.jobs.derive;

import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.otlp.RecordReader;
import io.vedette.model.otlp.SampleRecord;
import io.vedette.model.otlp.UnreadableRecord;
import io.vedette.model.sample.TargetScrape;
import java.util.function.Consumer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/** Reads the scrape out of a slice; what cannot be read is handed on as rejected, and counted. Not thread-safe. */
final class SliceDecoder {
    private final RecordReader reader;
    private final Counter scrapes;
    private final Counter droppedSamples;
    private final Counter foreignSamples;
    private final Counter rejected;

    SliceDecoder(Catalogue catalogue, MetricGroup metrics) {
        reader = new RecordReader(catalogue);
        scrapes = metrics.counter("scrapes");
        droppedSamples = metrics.counter("dropped_samples");
        foreignSamples = metrics.counter("foreign_samples");
        rejected = metrics.counter("rejected_records");
    }

    /** The slice's scrape; null when there is none. */
    @Nullable
    TargetScrape decode(SampleSlice slice, Consumer<Rejected> rejections) {
        String reason;
        try {
            SampleRecord record = reader.read(slice.value());
            if (record.scrapes().size() == 1
                    && record.scrapes().get(0).target().instance().equals(slice.target())) {
                TargetScrape scrape = record.scrapes().get(0);
                scrapes.inc();
                droppedSamples.inc(scrape.droppedSamples());
                foreignSamples.inc(scrape.foreignSamples());
                return scrape;
            }
            reason = "wrong-key";
        } catch (UnreadableRecord e) {
            reason = e.reason().word();
        }
        rejected.inc();
        rejections.accept(new Rejected(slice.target(), slice.value(), reason));
        return null;
    }
}
