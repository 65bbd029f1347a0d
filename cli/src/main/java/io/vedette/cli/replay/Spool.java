package io.vedette.cli.replay;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads what a {@link SpoolSink} has written. */
final class Spool {
    private Spool() {}

    /** Takes an element and the place of its bytes in the file. */
    interface Visitor {
        void element(byte[] bytes, long offset) throws IOException;
    }

    /** Visits all elements in the order in which they were written. */
    static void visit(Path file, Visitor visitor) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            long offset = 0;
            for (int length = length(in); length >= 0; length = length(in)) {
                offset += Integer.BYTES;
                byte[] bytes = in.readNBytes(length);
                visitor.element(bytes, offset);
                offset += bytes.length;
            }
        }
    }

    /** All elements, for a file that is small. */
    static List<byte[]> readAll(Path file) throws IOException {
        List<byte[]> elements = new ArrayList<>();
        visit(file, (bytes, offset) -> elements.add(bytes));
        return elements;
    }

    private static int length(DataInputStream in) throws IOException {
        try {
            return in.readInt();
        } catch (EOFException ignored) {
            return -1;
        }
    }
}
