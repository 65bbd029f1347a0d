package io.vedette.alerts.channel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A text that nobody may see: written in the configuration, or standing in a file that is read at each use, so that it can be exchanged while Vedette
 * runs. Prints as {@code ***}. Thread-safe.
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

    /**
     * The text itself.
     *
     * @throws IOException when its file can't be read or is empty; the message names the file
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
}
