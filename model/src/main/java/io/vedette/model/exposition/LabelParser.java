package io.vedette.model.exposition;

import static io.vedette.model.exposition.ProblemReason.DUPLICATE_LABEL;
import static io.vedette.model.exposition.ProblemReason.INVALID_LABELS;
import static io.vedette.model.exposition.ProblemReason.INVALID_NAME;
import static io.vedette.model.exposition.ProblemReason.INVALID_UTF8;
import static io.vedette.model.exposition.ProblemReason.NAME_TOO_LONG;
import static io.vedette.model.exposition.ProblemReason.TOO_MANY_LABELS;
import static io.vedette.model.exposition.ProblemReason.VALUE_TOO_LONG;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads what stands in braces: {@code name="value"} pairs, in which a quoted string without a value is the metric's name
 * (UTF-8 names of format 1.0.0). A comma between pairs may be missing, as Prometheus allows in the text format.
 */
final class LabelParser {

    private final SymbolTable symbols;
    private final ExpositionLimits limits;

    private String[] pairs = new String[16];
    private int length;
    private @Nullable String metricName;
    private @Nullable String text;
    private byte[] unescaped = new byte[64];
    private Labels previous = Labels.EMPTY;

    LabelParser(SymbolTable symbols, ExpositionLimits limits) {
        this.symbols = symbols;
        this.limits = limits;
    }

    /** Forgets labels left from a line before: for a sample without braces. */
    void clear() {
        length = 0;
        metricName = null;
    }

    /** The quoted metric name among the labels last read, if there was one. */
    @Nullable
    String metricName() {
        return metricName;
    }

    /** Reads from behind an opening brace to behind its closing one. */
    boolean parse(Cursor cursor) {
        clear();
        cursor.skipBlanks();
        while (!cursor.take('}')) {
            if (!parseEntry(cursor)) {
                return false;
            }
            cursor.skipBlanks();
            if (cursor.take(',')) {
                cursor.skipBlanks();
            }
        }
        return true;
    }

    private boolean parseEntry(Cursor cursor) {
        int start = cursor.position();
        boolean quoted = cursor.at('"');
        if (!(quoted ? readQuoted(cursor, limits.maxNameBytes(), NAME_TOO_LONG) : readName(cursor))) {
            return false;
        }
        String name = text;
        if (name == null || name.isEmpty()) {
            return cursor.failAt(start, INVALID_LABELS, "expected a name between the quotes");
        }
        cursor.skipBlanks();
        if (quoted && (cursor.at(',') || cursor.at('}'))) {
            if (metricName != null) {
                return cursor.failAt(start, INVALID_LABELS, "expected only one metric name");
            }
            metricName = name;
            return true;
        }
        if (!cursor.take('=')) {
            return cursor.fail(INVALID_LABELS, "expected = after the label name");
        }
        cursor.skipBlanks();
        if (!cursor.at('"')) {
            return cursor.fail(INVALID_LABELS, "expected a label value in double quotes");
        }
        return readQuoted(cursor, limits.maxValueBytes(), VALUE_TOO_LONG) && add(cursor, start, name);
    }

    private boolean add(Cursor cursor, int start, String name) {
        String value = text;
        if (value == null || value.isEmpty()) {
            return true;
        }
        if (length == 2 * limits.maxLabels()) {
            return cursor.failAt(start, TOO_MANY_LABELS, "expected at most " + limits.maxLabels() + " labels");
        }
        if (length == pairs.length) {
            pairs = Arrays.copyOf(pairs, 2 * length);
        }
        int at = length;
        while (at > 0) {
            int order = pairs[at - 2].compareTo(name);
            if (order == 0) {
                return cursor.failAt(start, DUPLICATE_LABEL, "expected each label once");
            }
            if (order < 0) {
                break;
            }
            at -= 2;
        }
        System.arraycopy(pairs, at, pairs, at + 2, length - at);
        pairs[at] = name;
        pairs[at + 1] = value;
        length += 2;
        return true;
    }

    private boolean readName(Cursor cursor) {
        int start = cursor.position();
        if (!cursor.skipLabelName()) {
            return cursor.fail(INVALID_LABELS, "expected a label name or }");
        }
        if (cursor.position() - start > limits.maxNameBytes()) {
            return cursor.failAt(start, NAME_TOO_LONG, "expected at most " + limits.maxNameBytes() + " bytes");
        }
        text = symbols.symbol(cursor.bytes(), start, cursor.position());
        return true;
    }

    /** Reads a metric's name in quotes, outside of braces; null, with the cursor's complaint, if it can't be. */
    @Nullable
    String parseQuotedName(Cursor cursor) {
        int start = cursor.position();
        if (!readQuoted(cursor, limits.maxNameBytes(), NAME_TOO_LONG)) {
            return null;
        }
        String name = text;
        if (name == null || name.isEmpty()) {
            cursor.failAt(start, INVALID_NAME, "expected a name between the quotes");
            return null;
        }
        return name;
    }

    /** Reads from an opening quote to behind its closing one, into {@link #text}. */
    private boolean readQuoted(Cursor cursor, int maxBytes, ProblemReason tooLong) {
        byte[] bytes = cursor.bytes();
        int from = cursor.position() + 1;
        int end = cursor.end();
        boolean escapes = false;
        int to = from;
        while (to < end && bytes[to] != '"') {
            if (bytes[to] == '\\') {
                escapes = true;
                to++;
            }
            to++;
        }
        if (to >= end) {
            return cursor.fail(INVALID_LABELS, "expected a closing quote");
        }
        if (to - from > maxBytes) {
            return cursor.fail(tooLong, "expected at most " + maxBytes + " bytes");
        }
        text = escapes ? unescape(bytes, from, to) : symbols.symbol(bytes, from, to);
        if (text == null) {
            return cursor.fail(INVALID_UTF8, "expected UTF-8");
        }
        cursor.seek(to + 1);
        return true;
    }

    /** An escape that isn't one stays as it is, as in Prometheus. */
    private @Nullable String unescape(byte[] bytes, int from, int to) {
        if (unescaped.length < to - from) {
            unescaped = new byte[to - from];
        }
        int size = 0;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b == '\\' && i + 1 < to) {
                switch (bytes[i + 1]) {
                    case '\\', '"' -> b = bytes[++i];
                    case 'n' -> {
                        b = '\n';
                        i++;
                    }
                    default -> {}
                }
            }
            unescaped[size++] = b;
        }
        return symbols.symbol(unescaped, 0, size);
    }

    /** Takes a label out of those last read, and returns its value; null if it isn't among them. */
    @Nullable
    String remove(String name) {
        for (int i = 0; i < length; i += 2) {
            if (pairs[i].equals(name)) {
                String value = pairs[i + 1];
                length -= 2;
                System.arraycopy(pairs, i + 2, pairs, i, length - i);
                return value;
            }
        }
        return null;
    }

    /** The labels last read. Consecutive lines mostly have the same, and then share them. */
    Labels labels() {
        if (!previous.matches(pairs, length)) {
            previous = Labels.ofSorted(Arrays.copyOf(pairs, length));
        }
        return previous;
    }
}
