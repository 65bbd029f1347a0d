package io.vedette.cli.replay;

import io.vedette.cli.capture.RecordedScrape;
import io.vedette.ingest.scrape.MetricsBody;
import io.vedette.ingest.scrape.ScrapeOutcome;
import io.vedette.jobs.derive.SampleRecord;
import io.vedette.model.exposition.ExpositionFormat;
import io.vedette.model.exposition.ExpositionParser;
import io.vedette.model.otlp.RecordWriter;
import io.vedette.model.sample.ScrapeFailure;
import io.vedette.model.sample.Target;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Makes of a recorded scrape the record that the agent would have written, appended at the time of the scrape. Not thread-safe. */
final class ScrapeRecords {
    /** Scrapes replayed. */
    static final String SCRAPES = "replayed_scrapes";
    /** Bodies that are no metrics: they count as failed. */
    static final String NO_METRICS = "unusable_bodies";
    /** Lines of bodies that were set aside. */
    static final String BAD_LINES = "bad_lines";

    private static final int ONE_PARTITION = 0;
    private static final long UNKNOWN_CONTEXT_LENGTH = 0;
    private static final int LONGEST_WORD = 20;

    private final ExpositionParser parser = new ExpositionParser();
    private final Map<ScrapeFailure, Counter> failures = new EnumMap<>(ScrapeFailure.class);
    private final MetricGroup metrics;
    private final Counter scrapes;
    private final Counter noMetrics;
    private final Counter badLines;

    ScrapeRecords(MetricGroup metrics) {
        this.metrics = metrics;
        scrapes = metrics.counter(SCRAPES);
        noMetrics = metrics.counter(NO_METRICS);
        badLines = metrics.counter(BAD_LINES);
    }

    /** Scrapes that failed for a reason. */
    static String failed(ScrapeFailure reason) {
        return "failed_scrapes_" + reason.word();
    }

    SampleRecord record(ReplayedCapture capture, RecordedScrape scrape) {
        scrapes.inc();
        Target target = capture.capture().target();
        byte[] value = scrape.failed() ? failure(target, scrape, reason(scrape.content())) : body(target, scrape);
        return new SampleRecord(
                target.instance(), value, scrape.timeMillis(), capture.intervalMillis(), 0, ONE_PARTITION);
    }

    private byte[] body(Target target, RecordedScrape scrape) {
        ScrapeOutcome outcome = MetricsBody.classify(scrape.content(), ExpositionFormat.TEXT, parser);
        if (outcome instanceof ScrapeOutcome.Good good) {
            badLines.inc(good.body().problemCounts().values().stream()
                    .mapToInt(count -> count)
                    .sum());
            return RecordWriter.scrape(target, good.body(), scrape.timeMillis(), Double.NaN, UNKNOWN_CONTEXT_LENGTH);
        }
        noMetrics.inc();
        return failure(target, scrape, ScrapeFailure.BODY);
    }

    private byte[] failure(Target target, RecordedScrape scrape, ScrapeFailure reason) {
        failures.computeIfAbsent(reason, of -> metrics.counter(failed(of))).inc();
        return RecordWriter.failure(target, reason, scrape.timeMillis(), Double.NaN, UNKNOWN_CONTEXT_LENGTH);
    }

    /** The first word; one that is not among the reasons means that the connection broke. */
    private static ScrapeFailure reason(byte[] content) {
        String start = new String(content, 0, Math.min(content.length, LONGEST_WORD), StandardCharsets.UTF_8).strip();
        return ScrapeFailure.ofWord(start.split("\\s", 2)[0]).orElse(ScrapeFailure.BROKEN);
    }
}
