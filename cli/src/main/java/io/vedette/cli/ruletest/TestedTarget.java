package io.vedette.cli.ruletest;

import io.vedette.jobs.derive.SampleRecord;
import io.vedette.model.exposition.ExpositionParser;
import io.vedette.model.otlp.RecordWriter;
import io.vedette.model.sample.ScrapeFailure;
import io.vedette.model.sample.Target;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A target with its engines or cards: makes the record that the agent would write of each scrape. Scrapes are asked for in their order; not thread-safe. */
final class TestedTarget {
    private static final int ONE_PARTITION = 0;

    private final Target target;
    private final long contextLength;
    private final List<Exposed> exposed;
    private final About about;
    private final ExpositionParser parser = new ExpositionParser();
    private double processStart = Double.NaN;

    /**
     * What a target shows besides them.
     *
     * @param up 1, 0 or the reason why a scrape fails; nothing where there is no scrape
     * @param processStart seconds from the beginning of the test; nothing where it is not told
     * @param scrapeDuration seconds; nothing where it is not told
     */
    record About(CompactSeries up, Optional<CompactSeries> processStart, Optional<CompactSeries> scrapeDuration) {}

    TestedTarget(Target target, long contextLength, About about, List<? extends Exposed> exposed) {
        this.target = target;
        this.contextLength = contextLength;
        this.about = about;
        this.exposed = List.copyOf(exposed);
    }

    String instance() {
        return target.instance();
    }

    /** Whether the agent has the target on its list at a scrape. */
    boolean isListed(int scrape) {
        return !about.up().at(scrape).equals(Shown.GONE);
    }

    /** The record of a scrape; empty where there is none. */
    Optional<SampleRecord> record(int scrape, long startMillis, long intervalMillis) {
        Shown up = about.up().at(scrape);
        long timeMillis = startMillis + scrape * intervalMillis;
        byte[] body = body(scrape, startMillis);
        if (up.equals(Shown.NOTHING) || up.equals(Shown.GONE)) {
            return Optional.empty();
        }
        double duration =
                about.scrapeDuration().map(series -> series.at(scrape).number()).orElse(Double.NaN);
        byte[] value = up.isNumber() && up.number() > 0
                ? RecordWriter.scrape(target, parser.parse(body), timeMillis, duration, contextLength)
                : RecordWriter.failure(
                        target,
                        ScrapeFailure.ofWord(up.word()).orElse(ScrapeFailure.REFUSED),
                        timeMillis,
                        duration,
                        contextLength);
        return Optional.of(new SampleRecord(target.instance(), value, timeMillis, intervalMillis, 0, ONE_PARTITION));
    }

    private byte[] body(int scrape, long startMillis) {
        Map<String, StringBuilder> families = new LinkedHashMap<>();
        about.processStart()
                .map(series -> series.at(scrape))
                .filter(Shown::isNumber)
                .ifPresent(start -> {
                    if (start.number() != processStart) {
                        exposed.forEach(Exposed::restart);
                        processStart = start.number();
                    }
                    families.put(
                            "process_start_time_seconds",
                            new StringBuilder("# TYPE process_start_time_seconds gauge\nprocess_start_time_seconds "
                                    + (startMillis / 1000.0 + start.number()) + '\n'));
                });
        exposed.forEach(one -> one.write(scrape, families));
        return String.join("", families.values()).getBytes(StandardCharsets.UTF_8);
    }
}
