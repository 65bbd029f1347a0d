package io.vedette.fuzz;

import io.vedette.model.yaml.ConfigurationException;

/** Checks that a user's mistake is told as it should be: in one line that a terminal can show, at a place that the file has. */
public final class Told {
    /** A message that is longer is no help to anybody. */
    private static final int MOST_LETTERS = 4_000;

    private Told() {}

    /**
     * Throws an AssertionError where it is not.
     *
     * @param text that of the file
     */
    public static void check(ConfigurationException mistake, String text) {
        String message = String.valueOf(mistake.getMessage());
        if (message.length() > MOST_LETTERS) {
            throw new AssertionError("a message of " + message.length() + " letters: " + message.substring(0, 200));
        }
        if (message.codePoints().anyMatch(Character::isISOControl)) {
            throw new AssertionError("a message with control characters: " + message);
        }
        if (mistake.line() == 0 && mistake.column() == 0) {
            return;
        }
        String[] lines = text.split("\r\n|[\n\r]", -1);
        if (!(mistake.line() >= 1 && mistake.line() <= lines.length)) {
            throw new AssertionError("no such line in " + lines.length + ": " + message);
        }
        if (!(mistake.column() >= 1 && mistake.column() <= lines[mistake.line() - 1].length() + 1)) {
            throw new AssertionError("no such column: " + message);
        }
    }
}
