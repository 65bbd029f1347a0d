package io.vedette.ingest.scrape;

/** Text from outside, made safe to print. */
final class Printable {
    /** Longest text in characters. */
    static final int MAX_LENGTH = 300;

    private Printable() {}

    /** The text in one line of printable ASCII, cut where it is too long. */
    static String of(String text) {
        StringBuilder printable = new StringBuilder();
        for (int i = 0; i < text.length() && i < MAX_LENGTH; i++) {
            char c = text.charAt(i);
            printable.append(c >= ' ' && c <= '~' ? c : '?');
        }
        return text.length() > MAX_LENGTH ? printable.append("...").toString() : printable.toString();
    }
}
