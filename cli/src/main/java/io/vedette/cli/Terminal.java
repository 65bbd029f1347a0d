package io.vedette.cli;

/** The terminal that a person may be looking at. */
public final class Terminal {
    /** Back to the begin of the line, of which nothing is left. */
    public static final String CLEAR_LINE = "\r\u001b[K";

    private Terminal() {}

    /** Whether there is one, so that something may move on it. */
    @SuppressWarnings("SystemConsoleNull") // we run on Java 17
    public static boolean isThere() {
        return System.console() != null && System.getenv("CI") == null;
    }
}
