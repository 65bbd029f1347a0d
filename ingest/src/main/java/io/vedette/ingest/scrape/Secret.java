package io.vedette.ingest.scrape;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A password or token, given outright or as a file that is read at each use, so that a new one holds at once. Printed as {@code ***}. Immutable.
 */
public final class Secret {
    private final String value;
    private final Path file;
    private final boolean inFile;

    private Secret(String value, Path file, boolean inFile) {
        this.value = value;
        this.file = file;
        this.inFile = inFile;
    }

    /** A secret that stands in the configuration itself. */
    public static Secret of(String value) {
        return new Secret(value, Path.of(""), false);
    }

    /** A secret that a file holds; white space around it does not count. */
    public static Secret inFile(Path file) {
        return new Secret("", file, true);
    }

    /**
     * The secret as it is now.
     *
     * @throws IOException with a message that names the file when it cannot be read
     */
    public String read() throws IOException {
        if (!inFile) {
            return value;
        }
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IOException("cannot read " + file + " (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that
                && inFile == that.inFile
                && value.equals(that.value)
                && file.equals(that.file);
    }

    @Override
    public int hashCode() {
        return Objects.hash(value, file, inFile);
    }

    @Override
    public String toString() {
        return inFile ? "***(" + file + ")" : "***";
    }
}
