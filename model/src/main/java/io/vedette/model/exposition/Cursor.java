package io.vedette.model.exposition;

/** A place in one line of a body, and what went wrong there. Everything that reads a line moves the same cursor. */
final class Cursor {

    private static final int SNIPPET_BYTES = 40;

    private static final byte LETTER = 1;
    private static final byte COLON = 2;
    private static final byte DIGIT = 4;
    private static final byte[] KINDS = kinds();

    private final byte[] bytes;
    private int lineStart;
    private int end;
    private int pos;
    private ProblemReason reason = ProblemReason.INVALID_NAME;
    private String complaint = "";

    Cursor(byte[] bytes) {
        this.bytes = bytes;
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[256];
        for (int letter = 'a'; letter <= 'z'; letter++) {
            kinds[letter] = LETTER;
            kinds[letter - 'a' + 'A'] = LETTER;
        }
        kinds['_'] = LETTER;
        kinds[':'] = COLON;
        for (int digit = '0'; digit <= '9'; digit++) {
            kinds[digit] = DIGIT;
        }
        return kinds;
    }

    /** Moves to a line, from its first byte to before its line feed, and past the blanks at its start. */
    void moveTo(int lineStart, int lineEnd) {
        this.lineStart = lineStart;
        this.end = lineEnd > lineStart && bytes[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        this.pos = lineStart;
        skipBlanks();
    }

    byte[] bytes() {
        return bytes;
    }

    int position() {
        return pos;
    }

    int end() {
        return end;
    }

    void seek(int position) {
        pos = position;
    }

    boolean atEnd() {
        return pos == end;
    }

    /** Whether the next byte is this one. */
    boolean at(char c) {
        return pos < end && bytes[pos] == c;
    }

    boolean atBlank() {
        return at(' ') || at('\t');
    }

    /** Steps over a byte if it is the next one. */
    boolean take(char c) {
        if (at(c)) {
            pos++;
            return true;
        }
        return false;
    }

    /** Steps over a word if it is the next one and a blank or the line's end follows. */
    boolean takeWord(String word) {
        int wordEnd = pos + word.length();
        if (wordEnd > end || (wordEnd < end && bytes[wordEnd] != ' ' && bytes[wordEnd] != '\t')) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (bytes[pos + i] != word.charAt(i)) {
                return false;
            }
        }
        pos = wordEnd;
        return true;
    }

    void skipBlanks() {
        while (pos < end && (bytes[pos] == ' ' || bytes[pos] == '\t')) {
            pos++;
        }
    }

    /** Steps to the next blank or the line's end. */
    void skipToBlank() {
        while (pos < end && bytes[pos] != ' ' && bytes[pos] != '\t') {
            pos++;
        }
    }

    /** Steps over {@code [a-zA-Z_:][a-zA-Z0-9_:]*}; false, without a step, if no such name starts here. */
    boolean skipMetricName() {
        return skipName(LETTER | COLON);
    }

    /** Steps over {@code [a-zA-Z_][a-zA-Z0-9_]*}; false, without a step, if no such name starts here. */
    boolean skipLabelName() {
        return skipName(LETTER);
    }

    private boolean skipName(int startKinds) {
        if (pos == end || (KINDS[bytes[pos] & 0xff] & startKinds) == 0) {
            return false;
        }
        int kinds = startKinds | DIGIT;
        int p = pos + 1;
        while (p < end && (KINDS[bytes[p] & 0xff] & kinds) != 0) {
            p++;
        }
        pos = p;
        return true;
    }

    /** Notes what is wrong at the cursor, and returns false for the caller to pass on. */
    boolean fail(ProblemReason reason, String complaint) {
        this.reason = reason;
        this.complaint = complaint;
        return false;
    }

    boolean failAt(int position, ProblemReason reason, String complaint) {
        pos = position;
        return fail(reason, complaint);
    }

    ProblemReason reason() {
        return reason;
    }

    /** The complaint, its column and a few bytes from there, made printable. */
    String detail() {
        StringBuilder text = new StringBuilder(complaint);
        text.append(" at column ").append(pos - lineStart + 1).append(", got ");
        if (pos >= end) {
            return text.append("the end of the line").toString();
        }
        text.append('"');
        int to = Math.min(end, pos + SNIPPET_BYTES);
        for (int i = pos; i < to; i++) {
            text.append(bytes[i] >= ' ' && bytes[i] < 0x7f ? (char) bytes[i] : '?');
        }
        return text.append(to < end ? "…\"" : "\"").toString();
    }
}
