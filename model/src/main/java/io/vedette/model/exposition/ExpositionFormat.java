package io.vedette.model.exposition;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The two families of text formats. They share one grammar here, the union of both; the format decides only how a
 * timestamp is read (milliseconds in {@link #TEXT}, seconds in {@link #OPEN_METRICS}) and whether {@code # EOF} is missed.
 */
public enum ExpositionFormat {
    /** Prometheus' text format, versions 0.0.4 and 1.0.0. */
    TEXT,
    /** OpenMetrics 1.0. */
    OPEN_METRICS;

    private static final byte[] EOF = {'#', ' ', 'E', 'O', 'F'};

    /** What a {@code Content-Type} header hints at; anything but OpenMetrics' own type, or no header, hints at text. */
    public static ExpositionFormat ofContentType(@Nullable String contentType) {
        return contentType != null
                        && contentType.strip().toLowerCase(Locale.ROOT).startsWith("application/openmetrics-text")
                ? OPEN_METRICS
                : TEXT;
    }

    /** Shape comes before the hint: a body whose last line is {@code # EOF} is OpenMetrics, whatever its header says. */
    static ExpositionFormat of(byte[] body, int from, int to, ExpositionFormat hint) {
        int end = to;
        while (end > from && isSpace(body[end - 1])) {
            end--;
        }
        int start = end;
        while (start > from && body[start - 1] != '\n') {
            start--;
        }
        return isEof(body, start, end) ? OPEN_METRICS : hint;
    }

    static boolean isEof(byte[] bytes, int from, int to) {
        if (to - from != EOF.length) {
            return false;
        }
        for (int i = 0; i < EOF.length; i++) {
            if (bytes[from + i] != EOF[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }
}
