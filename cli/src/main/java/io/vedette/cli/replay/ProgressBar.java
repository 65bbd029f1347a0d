package io.vedette.cli.replay;

import io.vedette.cli.Terminal;
import java.io.PrintStream;

/** Draws how far a replay has come, in one line that is cleared at the end. For a terminal only. Not thread-safe. */
final class ProgressBar implements Replay.Progress {
    private static final int WIDTH = 40;

    private final PrintStream terminal;

    ProgressBar(PrintStream terminal) {
        this.terminal = terminal;
    }

    @Override
    public void scrapes(long done, long all) {
        int filled = (int) (WIDTH * Math.min(done, all) / Math.max(1, all));
        terminal.print(Terminal.CLEAR_LINE + '[' + "=".repeat(filled) + " ".repeat(WIDTH - filled) + "] " + done
                + " of " + all + " scrapes");
        terminal.flush();
    }

    /** Clears the line. */
    void clear() {
        terminal.print(Terminal.CLEAR_LINE);
        terminal.flush();
    }
}
