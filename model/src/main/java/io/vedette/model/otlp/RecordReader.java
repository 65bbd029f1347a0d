package io.vedette.model.otlp;

import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.sample.TargetScrape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads records of {@code vedette.samples}: OTLP metrics ({@code ExportMetricsServiceRequest}), as the agent or an OpenTelemetry Collector writes
 * them. It gives what a full parse would give, but skips unread what no signal needs, damage included, and keeps texts, bounds and targets that come
 * again as one object. Whatever the bytes, the only exception is {@link UnreadableRecord}. Not thread-safe.
 */
public final class RecordReader {
    private static final int RESOURCE_METRICS = 10;

    private final ScrapeReader scrapes;

    public RecordReader(Catalogue catalogue) {
        this.scrapes = new ScrapeReader(catalogue);
    }

    /**
     * Reads a record's value; an empty one is a beat.
     *
     * @throws UnreadableRecord when nothing in it can be used
     */
    public SampleRecord read(byte[] value) throws UnreadableRecord {
        if (value.length == 0) {
            return SampleRecord.BEAT;
        }
        List<TargetScrape> found = new ArrayList<>(1);
        List<AgentTargets> lists = new ArrayList<>(0);
        int unnamed = 0;
        int untimed = 0;
        try {
            Fields fields = new Fields(value, 0, value.length);
            for (int tag = fields.next(); tag != 0; tag = fields.next()) {
                if (tag != RESOURCE_METRICS) {
                    fields.skip(tag);
                    continue;
                }
                ScrapeReader.Result result = scrapes.read(fields);
                if (result.scrape() != null) {
                    found.add(result.scrape());
                } else if (result.targets() != null) {
                    lists.add(result.targets());
                } else if (result.named()) {
                    untimed++;
                } else {
                    unnamed++;
                }
            }
        } catch (IOException e) {
            throw new UnreadableRecord("the record is no OTLP metrics message: " + e.getMessage(), e);
        }
        if (found.isEmpty() && lists.isEmpty()) {
            throw untimed > 0
                    ? new UnreadableRecord(
                            UnreadableRecord.Reason.UNTIMED, "no resource has an up metric or another that is known")
                    : new UnreadableRecord(
                            UnreadableRecord.Reason.UNNAMED, "no resource has the attribute " + RecordNames.INSTANCE);
        }
        return new SampleRecord(found, lists, unnamed + untimed);
    }
}
