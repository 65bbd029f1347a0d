package io.vedette.model.exposition;

import static io.vedette.model.exposition.ExpositionFormat.OPEN_METRICS;
import static io.vedette.model.exposition.ProblemReason.INVALID_EXEMPLAR;
import static io.vedette.model.exposition.ProblemReason.INVALID_LABELS;
import static io.vedette.model.exposition.ProblemReason.INVALID_NAME;
import static io.vedette.model.exposition.ProblemReason.INVALID_TIMESTAMP;
import static io.vedette.model.exposition.ProblemReason.INVALID_VALUE;
import static io.vedette.model.exposition.ProblemReason.NAME_TOO_LONG;
import static io.vedette.model.exposition.ProblemReason.TOO_MANY_SAMPLES;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the lines that hold a sample: name, labels, value, and optionally timestamp and exemplar. */
final class SampleParser {

    /** About the year 300,000: what lies beyond is a mistake, and within it a double counts every millisecond. */
    private static final double MAX_TIME_MILLIS = 1L << 53;

    private static final int MAX_BOUNDS = 4096;

    private final SymbolTable symbols;
    private final LabelParser labelParser;
    private final ExpositionLimits limits;
    private final NumberParser number = new NumberParser();
    private final Map<String, Double> bounds = new HashMap<>();

    private long timestampMillis;
    private boolean exemplarsSeen;

    SampleParser(SymbolTable symbols, LabelParser labelParser, ExpositionLimits limits) {
        this.symbols = symbols;
        this.labelParser = labelParser;
        this.limits = limits;
    }

    void reset() {
        exemplarsSeen = false;
    }

    /** Whether a sample with an exemplar, which only OpenMetrics has, has been read since {@link #reset}. */
    boolean exemplarsSeen() {
        return exemplarsSeen;
    }

    /** Whether Unix milliseconds are a time that anyone can mean. */
    static boolean isTime(double millis) {
        return Math.abs(millis) <= MAX_TIME_MILLIS;
    }

    /** Reads a line into the buffer, or leaves the buffer alone and what is wrong with the cursor. */
    boolean parse(Cursor cursor, int line, ExpositionFormat format, SampleBuffer samples) {
        String name = parseNameAndLabels(cursor);
        if (name == null) {
            return false;
        }
        String boundText = name.endsWith("_bucket") ? labelParser.remove("le") : null;
        Labels labels = labelParser.labels();
        cursor.skipBlanks();
        if (!parseNumber(cursor, INVALID_VALUE, "expected a value")) {
            return false;
        }
        double value = number.value();
        timestampMillis = 0;
        cursor.skipBlanks();
        if (!(cursor.atEnd() || cursor.at('#') || parseTimestamp(cursor, format))) {
            return false;
        }
        cursor.skipBlanks();
        if (!cursor.atEnd() && !skipExemplar(cursor)) {
            return false;
        }
        if (samples.size() == limits.maxSamples()) {
            return cursor.fail(TOO_MANY_SAMPLES, "expected at most " + limits.maxSamples() + " samples");
        }
        samples.add(line, name, labels, boundText, boundOf(boundText), value, timestampMillis);
        return true;
    }

    private @Nullable String parseNameAndLabels(Cursor cursor) {
        int start = cursor.position();
        if (cursor.take('{')) {
            if (!labelParser.parse(cursor)) {
                return null;
            }
            String name = labelParser.metricName();
            if (name == null) {
                cursor.failAt(start, INVALID_NAME, "expected a metric name among the labels");
            }
            return name;
        }
        if (!cursor.skipMetricName()) {
            cursor.fail(INVALID_NAME, "expected a metric name");
            return null;
        }
        int end = cursor.position();
        if (end - start > limits.maxNameBytes()) {
            cursor.failAt(start, NAME_TOO_LONG, "expected at most " + limits.maxNameBytes() + " bytes");
            return null;
        }
        if (!(cursor.atBlank() || cursor.at('{') || cursor.atEnd())) {
            cursor.fail(INVALID_NAME, "expected a blank or { after the name");
            return null;
        }
        cursor.skipBlanks();
        if (!cursor.take('{')) {
            labelParser.clear();
        } else if (!labelParser.parse(cursor)) {
            return null;
        } else if (labelParser.metricName() != null) {
            cursor.failAt(end, INVALID_LABELS, "expected only one metric name");
            return null;
        }
        return symbols.symbol(cursor.bytes(), start, end);
    }

    private double boundOf(@Nullable String text) {
        if (text == null) {
            return Double.NaN;
        }
        if (bounds.size() == MAX_BOUNDS) {
            bounds.clear();
        }
        return bounds.computeIfAbsent(text, this::parseBound);
    }

    private double parseBound(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return number.parse(bytes, 0, bytes.length) ? number.value() : Double.NaN;
    }

    private boolean parseNumber(Cursor cursor, ProblemReason reason, String expected) {
        int start = cursor.position();
        cursor.skipToBlank();
        return number.parse(cursor.bytes(), start, cursor.position()) || cursor.failAt(start, reason, expected);
    }

    /** Seconds in OpenMetrics; in the text format milliseconds, unless a fraction or exponent shows that it isn't it. */
    private boolean parseTimestamp(Cursor cursor, ExpositionFormat format) {
        int start = cursor.position();
        if (!parseNumber(cursor, INVALID_TIMESTAMP, "expected a timestamp")) {
            return false;
        }
        boolean millis = format != OPEN_METRICS && isInteger(cursor.bytes(), start, cursor.position());
        double time = millis ? number.value() : number.value() * 1000;
        if (!isTime(time)) {
            return cursor.failAt(start, INVALID_TIMESTAMP, "expected a timestamp in range");
        }
        timestampMillis = Math.round(time);
        return true;
    }

    private static boolean isInteger(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!(bytes[i] >= '0' && bytes[i] <= '9') && !(i == from && bytes[i] == '-')) {
                return false;
            }
        }
        return true;
    }

    private boolean skipExemplar(Cursor cursor) {
        if (!cursor.take('#')) {
            return cursor.fail(INVALID_EXEMPLAR, "expected the end of the line or an exemplar");
        }
        cursor.skipBlanks();
        int start = cursor.position();
        if (!cursor.take('{')) {
            return cursor.fail(INVALID_EXEMPLAR, "expected the labels of an exemplar");
        }
        if (!labelParser.parse(cursor)) {
            return false;
        }
        if (labelParser.metricName() != null) {
            return cursor.failAt(start, INVALID_EXEMPLAR, "expected labels only");
        }
        cursor.skipBlanks();
        if (!parseNumber(cursor, INVALID_EXEMPLAR, "expected an exemplar's value")) {
            return false;
        }
        cursor.skipBlanks();
        int time = cursor.position();
        if (!cursor.atEnd()
                && !(parseNumber(cursor, INVALID_EXEMPLAR, "expected an exemplar's timestamp")
                        && (isTime(number.value() * 1000)
                                || cursor.failAt(time, INVALID_EXEMPLAR, "expected a timestamp in range")))) {
            return false;
        }
        cursor.skipBlanks();
        if (!cursor.atEnd()) {
            return cursor.fail(INVALID_EXEMPLAR, "expected the end of the line");
        }
        exemplarsSeen = true;
        return true;
    }
}
