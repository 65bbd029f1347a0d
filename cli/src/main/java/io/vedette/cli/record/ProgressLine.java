package io.vedette.cli.record;

import io.vedette.cli.Terminal;
import java.io.PrintWriter;

/**
 * Shows in one line how far it is, below what else is said. Without a terminal nothing moves, so only what is said is shown. Thread-safe.
 */
final class ProgressLine {
    private final PrintWriter err;
    private final boolean terminal;
    private String shown = "";

    ProgressLine(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    /** Puts another text into the line. */
    synchronized void show(String text) {
        if (terminal && !text.equals(shown)) {
            shown = text;
            err.print(Terminal.CLEAR_LINE + text);
            err.flush();
        }
    }

    /** Says something that stays. */
    synchronized void say(String text) {
        err.println((shown.isEmpty() ? "" : Terminal.CLEAR_LINE) + text);
        err.print(shown);
        err.flush();
    }

    /** Takes the line away. */
    synchronized void clear() {
        if (!shown.isEmpty()) {
            shown = "";
            err.print(Terminal.CLEAR_LINE);
            err.flush();
        }
    }
}
