package io.vedette.model.yaml;

import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Where in a file a character of a scalar stands, both counted from 1. Whatever folding, indentation and quotes do to a text, what can be seen of it
 * comes in the same order in the file: the characters are found by counting.
 */
record ScalarPlace(int line, int column) {
    /**
     * The place of a character.
     *
     * @param file the file's text
     * @param start where the scalar begins in it, in code points
     * @param offset in the scalar's value; its length for the place behind the last character
     */
    static ScalarPlace of(String file, int start, ScalarNode scalar, int offset) {
        String value = scalar.getValue();
        int end = Math.min(offset, value.length());
        int before = 0;
        for (int i = 0; i < end; i++) {
            before += isVisible(value.charAt(i)) ? 1 : 0;
        }
        boolean behind = value.substring(end).isBlank();
        int from = content(file, file.offsetByCodePoints(0, start), scalar.getScalarStyle());
        return at(file, find(file, from, scalar.getScalarStyle(), before, behind));
    }

    private static boolean isVisible(char c) {
        return !Character.isWhitespace(c);
    }

    /** Where the text itself begins, behind anchor, tag, quote or the line with the block's indicator. */
    private static int content(String file, int start, ScalarStyle style) {
        int at = start;
        while (at < file.length() && (file.charAt(at) == '&' || file.charAt(at) == '!')) {
            while (at < file.length() && isVisible(file.charAt(at))) {
                at++;
            }
            while (at < file.length() && !isVisible(file.charAt(at))) {
                at++;
            }
        }
        return switch (style) {
            case SINGLE_QUOTED, DOUBLE_QUOTED -> at + 1;
            case LITERAL, FOLDED -> {
                int lineEnd = at;
                while (lineEnd < file.length() && !isLineEnd(file, lineEnd)) {
                    lineEnd++;
                }
                yield Math.min(lineEnd + 1, file.length());
            }
            default -> at;
        };
    }

    /** The visible character before which there are so many, or the place behind those. */
    private static int find(String file, int from, ScalarStyle style, int before, boolean behind) {
        int seen = 0;
        int at = from;
        int last = from;
        while (at < file.length()) {
            int length = length(file, at, style);
            if (isVisible(file.charAt(at)) && !isEscapedSpace(file, at, style)) {
                if (seen == before && !behind) {
                    return at;
                }
                if (seen == before) {
                    return last;
                }
                seen++;
                last = at + length;
            }
            at += length;
        }
        return last;
    }

    /** How many characters of the file make one of the value. */
    private static int length(String file, int at, ScalarStyle style) {
        char c = file.charAt(at);
        char next = at + 1 < file.length() ? file.charAt(at + 1) : ' ';
        if (style == ScalarStyle.SINGLE_QUOTED && c == '\'' && next == '\'') {
            return 2;
        }
        if (style != ScalarStyle.DOUBLE_QUOTED || c != '\\') {
            return 1;
        }
        return switch (next) {
            case 'x' -> 4;
            case 'u' -> 6;
            case 'U' -> 10;
            default -> 2;
        };
    }

    private static boolean isEscapedSpace(String file, int at, ScalarStyle style) {
        return style == ScalarStyle.DOUBLE_QUOTED
                && file.charAt(at) == '\\'
                && at + 1 < file.length()
                && " \t\n\rntrvfNL_P".indexOf(file.charAt(at + 1)) >= 0;
    }

    /** As YAML's reader counts: a carriage return ends a line too, together with a line feed if there is one. */
    private static boolean isLineEnd(String file, int at) {
        return file.charAt(at) == '\n'
                || (file.charAt(at) == '\r' && (at + 1 == file.length() || file.charAt(at + 1) != '\n'));
    }

    private static ScalarPlace at(String file, int index) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < index; i++) {
            if (isLineEnd(file, i)) {
                line++;
                lineStart = i + 1;
            }
        }
        return new ScalarPlace(line, index - lineStart + 1);
    }
}
