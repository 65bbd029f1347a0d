package io.vedette.alerts.channel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A text that nobody may see: written in the configuration, standing in a file that is read at each use, so that it can be exchanged while Vedette
 * runs, or in a variable of the environment. Prints as {@code ***}. Thread-safe.
 */
public sealed interface Secret {
    /** A secret that is known already. */
    static Secret of(String text) {
        return new Text(text);
    }

    /** A secret in a file; white space around it doesn't belong to it. */
    static Secret inFile(Path file) {
        return new InFile(file);
    }

    /** A secret in a variable of the environment; white space around it doesn't belong to it. */
    static Secret inEnvironment(String variable) {
        return new InEnvironment(variable);
    }

    /**
     * The text itself.
     *
     * @throws IOException when its file or variable can't be read or is empty; the message names it
     */
    String reveal() throws IOException;

    /** A secret that is known already. */
    record Text(String text) implements Secret {
        @Override
        public String reveal() {
            return text;
        }

        @Override
        public String toString() {
            return "***";
        }
    }

    /** A secret in a file. */
    record InFile(Path file) implements Secret {
        @Override
        public String reveal() throws IOException {
            String text;
            try {
                text = Files.readString(file).strip();
            } catch (IOException e) {
                throw new IOException(
                        "cannot read the secret in " + file + " ("
                                + e.getClass().getSimpleName() + ")",
                        e);
            }
            if (text.isEmpty()) {
                throw new IOException("the secret in " + file + " is empty");
            }
            return text;
        }

        @Override
        public String toString() {
            return "***";
        }
    }

    /** A secret in a variable of the environment. */
    record InEnvironment(String variable) implements Secret {
        @Override
        public String reveal() throws IOException {
            String text = System.getenv(variable);
            if (text == null || text.isBlank()) {
                throw new IOException("the environment has no secret in " + variable);
            }
            return text.strip();
        }

        @Override
        public String toString() {
            return "***";
        }
    }
}
