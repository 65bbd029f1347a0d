package io.vedette.model.exposition;

import static io.vedette.model.exposition.ExpositionFormat.OPEN_METRICS;

import java.util.List;
import java.util.Objects;

/**
 * Reads a scrape's body. It takes the union of what Prometheus' parsers for text 0.0.4, text 1.0.0 and OpenMetrics take,
 * so that a wrong content type does no harm, and it never throws on input: a bad line is reported with its number, and
 * every other line is kept. Beyond the grammar:
 *
 * <ul>
 *   <li>The type is that of the {@code TYPE} line, wherever it stands, never that of a suffix alone.
 *   <li>{@code _created} series are no families of their own: they become the start time of the series they belong to,
 *       also where the text format declares them as gauges. A gauge that merely ends in {@code _created} stays one.
 *   <li>A last line without a line feed is left out, for {@code 12} may be the start of {@code 1234}. (Prometheus adds the
 *       line feed that is missing; both formats demand it.) {@code # EOF} needs none.
 *   <li>A summary is three families: quantiles, {@code _sum} and {@code _count}.
 *   <li>Label values that are empty are dropped; unknown escapes stay as they are.
 * </ul>
 *
 * <p>Not thread-safe; an instance per thread, kept, is fastest, for it remembers the names and values it has seen. Sources:
 * <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Prometheus' exposition formats</a>, <a
 * href="https://prometheus.io/docs/specs/om/open_metrics_spec/">OpenMetrics 1.0</a> and Prometheus' {@code model/textparse}.
 */
public final class ExpositionParser {

    /** How many problems a {@link Scrape} lists; the others are only counted. */
    public static final int MAX_PROBLEMS = 100;

    private final ExpositionLimits limits;
    private final MetadataParser metadataParser;
    private final SampleParser sampleParser;

    public ExpositionParser() {
        this(ExpositionLimits.DEFAULT);
    }

    public ExpositionParser(ExpositionLimits limits) {
        this.limits = limits;
        SymbolTable symbols = new SymbolTable();
        LabelParser labelParser = new LabelParser(symbols, limits);
        metadataParser = new MetadataParser(symbols, labelParser, limits);
        sampleParser = new SampleParser(symbols, labelParser, limits);
    }

    /** Reads a whole array, without a hint at its format. */
    public Scrape parse(byte[] body) {
        return parse(body, 0, body.length, ExpositionFormat.TEXT);
    }

    /**
     * Reads a body, which is not kept.
     *
     * @param hint what the content type says ({@link ExpositionFormat#ofContentType}); the body's shape comes before it
     * @throws IndexOutOfBoundsException if the range isn't within the array
     */
    public Scrape parse(byte[] body, int offset, int length, ExpositionFormat hint) {
        Objects.checkFromIndexSize(offset, length, body.length);
        Body reader = new Body(body, offset, length, hint);
        reader.readLines();
        return reader.scrape();
    }

    /** One parse. */
    private final class Body {

        private final byte[] bytes;
        private final int start;
        private final int end;
        private final boolean tooLarge;
        private final ExpositionFormat format;
        private final Cursor cursor;
        private final Metadata metadata = new Metadata();
        private final SampleBuffer samples = new SampleBuffer();
        private final Problems problems = new Problems(MAX_PROBLEMS);
        private int line;
        private int eofLine;
        private boolean linesAfterEof;
        private boolean cutShort;

        Body(byte[] bytes, int offset, int length, ExpositionFormat hint) {
            this.bytes = bytes;
            this.start = offset;
            this.tooLarge = length > limits.maxBodyBytes();
            this.end = tooLarge ? endOfLinesWithin(offset, offset + limits.maxBodyBytes()) : offset + length;
            this.format = ExpositionFormat.of(bytes, offset, offset + length, hint);
            this.cursor = new Cursor(bytes);
            metadataParser.reset();
            sampleParser.reset();
        }

        private int endOfLinesWithin(int from, int to) {
            int lineEnd = to;
            while (lineEnd > from && bytes[lineEnd - 1] != '\n') {
                lineEnd--;
            }
            return lineEnd;
        }

        void readLines() {
            int from = start;
            while (from < end) {
                int to = from;
                while (to < end && bytes[to] != '\n') {
                    to++;
                }
                line++;
                cursor.moveTo(from, to);
                if (to < end || isHarmlessWithoutLineFeed()) {
                    readLine();
                } else {
                    cutShort = true;
                    problems.add(line, ProblemReason.CUT_SHORT, "the last line has no line feed: it was left out");
                }
                from = to + 1;
            }
            if (tooLarge) {
                cutShort = true;
                problems.add(
                        line + 1,
                        ProblemReason.BODY_TOO_LARGE,
                        "lines beyond " + limits.maxBodyBytes() + " bytes were not read");
            }
            checkEof();
        }

        private boolean isHarmlessWithoutLineFeed() {
            return cursor.atEnd() || isEof();
        }

        private boolean isEof() {
            return ExpositionFormat.isEof(bytes, cursor.position(), cursor.end());
        }

        private void readLine() {
            if (cursor.atEnd()) {
                return;
            }
            linesAfterEof |= eofLine > 0;
            boolean good = true;
            if (!cursor.at('#')) {
                good = sampleParser.parse(cursor, line, format, samples);
            } else if (isEof()) {
                eofLine = line;
            } else {
                good = metadataParser.parse(cursor, line, metadata);
            }
            if (!good) {
                problems.add(line, cursor.reason(), cursor::detail);
            }
        }

        private void checkEof() {
            boolean openMetrics =
                    format == OPEN_METRICS || metadataParser.openMetricsSeen() || sampleParser.exemplarsSeen();
            if (linesAfterEof) {
                problems.add(eofLine, ProblemReason.MISPLACED_EOF, "lines follow # EOF: they were read");
            } else if (openMetrics && eofLine == 0 && !cutShort) {
                cutShort = true;
                problems.add(
                        Math.max(1, line),
                        ProblemReason.MISSING_EOF,
                        "the body doesn't end in # EOF: lines may be missing");
            }
        }

        Scrape scrape() {
            FamilyAssembler assembler = new FamilyAssembler(metadata, samples, problems);
            List<MetricFamily> families = assembler.assemble(cutShort);
            return new Scrape(families, samples.size(), problems.first(), problems.counts());
        }
    }
}
