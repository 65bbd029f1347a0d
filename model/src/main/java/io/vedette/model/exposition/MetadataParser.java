package io.vedette.model.exposition;

import static io.vedette.model.exposition.ProblemReason.CONFLICTING_TYPE;
import static io.vedette.model.exposition.ProblemReason.INVALID_METADATA;
import static io.vedette.model.exposition.ProblemReason.INVALID_UTF8;
import static io.vedette.model.exposition.ProblemReason.NAME_TOO_LONG;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the lines that start with {@code #}. Help texts are checked and let go: nobody downstream reads them. */
final class MetadataParser {

    private static final Map<String, MetricType> TYPES = typesByKeyword();

    private final SymbolTable symbols;
    private final LabelParser quotedNames;
    private final ExpositionLimits limits;

    private boolean openMetricsSeen;

    MetadataParser(SymbolTable symbols, LabelParser quotedNames, ExpositionLimits limits) {
        this.symbols = symbols;
        this.quotedNames = quotedNames;
        this.limits = limits;
    }

    private static Map<String, MetricType> typesByKeyword() {
        Map<String, MetricType> types = new HashMap<>();
        for (MetricType type : MetricType.values()) {
            types.put(type.keyword(), type);
        }
        types.put("untyped", MetricType.UNKNOWN);
        return types;
    }

    void reset() {
        openMetricsSeen = false;
    }

    /** Whether a line has been read since {@link #reset} that only OpenMetrics has. */
    boolean openMetricsSeen() {
        return openMetricsSeen;
    }

    /** Reads a line whose first byte that isn't blank is {@code #}. */
    boolean parse(Cursor cursor, int line, Metadata metadata) {
        cursor.take('#');
        if (!cursor.atBlank()) {
            return true;
        }
        cursor.skipBlanks();
        if (cursor.takeWord("HELP")) {
            return parseName(cursor) != null && checkHelp(cursor);
        }
        if (cursor.takeWord("TYPE")) {
            String name = parseName(cursor);
            return name != null && parseType(cursor, line, name, metadata);
        }
        if (cursor.takeWord("UNIT")) {
            String name = parseName(cursor);
            return name != null && parseUnit(cursor, name, metadata);
        }
        return true;
    }

    private @Nullable String parseName(Cursor cursor) {
        cursor.skipBlanks();
        int start = cursor.position();
        if (cursor.at('"')) {
            return quotedNames.parseQuotedName(cursor);
        }
        if (!cursor.skipMetricName() || !(cursor.atEnd() || cursor.atBlank())) {
            cursor.fail(INVALID_METADATA, "expected a metric name");
            return null;
        }
        if (cursor.position() - start > limits.maxNameBytes()) {
            cursor.failAt(start, NAME_TOO_LONG, "expected at most " + limits.maxNameBytes() + " bytes");
            return null;
        }
        return symbols.symbol(cursor.bytes(), start, cursor.position());
    }

    private static boolean checkHelp(Cursor cursor) {
        return SymbolTable.isUtf8(cursor.bytes(), cursor.position(), cursor.end())
                || cursor.fail(INVALID_UTF8, "expected UTF-8");
    }

    private boolean parseType(Cursor cursor, int line, String name, Metadata metadata) {
        cursor.skipBlanks();
        int start = cursor.position();
        MetricType type = TYPES.get(lastWord(cursor));
        if (type == null) {
            return cursor.failAt(start, INVALID_METADATA, "expected a metric type");
        }
        openMetricsSeen |= type.isOpenMetricsOnly();
        return metadata.addType(name, type, line)
                || cursor.failAt(start, CONFLICTING_TYPE, "expected the type of the earlier TYPE line");
    }

    private boolean parseUnit(Cursor cursor, String name, Metadata metadata) {
        cursor.skipBlanks();
        int start = cursor.position();
        String unit = lastWord(cursor);
        if (unit.isEmpty()) {
            return true;
        }
        if (!name.endsWith("_" + unit)) {
            return cursor.failAt(start, INVALID_METADATA, "expected a unit that the name ends in");
        }
        openMetricsSeen = true;
        metadata.addUnit(name, unit);
        return true;
    }

    /** The one word that is left on the line; empty if there is none, or more than one, or it isn't UTF-8. */
    private String lastWord(Cursor cursor) {
        int start = cursor.position();
        cursor.skipToBlank();
        String word = symbols.symbol(cursor.bytes(), start, cursor.position());
        cursor.skipBlanks();
        return word == null || !cursor.atEnd() ? "" : word;
    }
}
