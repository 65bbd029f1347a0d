package io.vedette.ingest.cards;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The processes that are visible in {@code /proc}, see {@code proc(5)}. What is gone, or may not be seen, is empty. */
final class Processes {
    private static final String LISTENING = "0A";
    private static final String SOCKET = "socket:[";

    private final Path proc;

    /**
     * A process' place among the others.
     *
     * @param parent 0 where it has none that is visible
     * @param group its process group
     */
    record Place(long parent, long group) {}

    /** @param proc {@code /proc} */
    Processes(Path proc) {
        this.proc = proc;
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), UTF_8);
        } catch (IOException | UncheckedIOException gone) {
            return "";
        }
    }

    /** Its name in short; may hold any character. */
    String name(long pid) {
        return read(of(pid).resolve("comm")).strip();
    }

    Optional<Place> place(long pid) {
        String stat = read(of(pid).resolve("stat"));
        // The name before it may have brackets and blanks of its own.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", 4);
        try {
            return fields.length < 3
                    ? Optional.empty()
                    : Optional.of(new Place(Long.parseLong(fields[1]), Long.parseLong(fields[2])));
        } catch (NumberFormatException strange) {
            return Optional.empty();
        }
    }

    private Path of(long pid) {
        return proc.resolve(Long.toString(pid));
    }

    List<Long> all() {
        List<Long> pids = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path entry : entries) {
                if (entry.getFileName().toString().matches("[0-9]{1,18}")) {
                    pids.add(Long.parseLong(entry.getFileName().toString()));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return pids;
        }
        return pids;
    }

    /** What its open files are, as {@code socket:[4711]} or a path; empty where that may not be seen. */
    Set<String> openFiles(long pid) {
        Set<String> files = new HashSet<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(of(pid).resolve("fd"))) {
            for (Path descriptor : descriptors) {
                target(descriptor).ifPresent(files::add);
            }
        } catch (IOException | DirectoryIteratorException gone) {
            return files;
        }
        return files;
    }

    private static Optional<String> target(Path descriptor) {
        try {
            return Optional.of(Files.readSymbolicLink(descriptor).toString());
        } catch (IOException closed) {
            return Optional.empty();
        }
    }

    /** The sockets that listen in our network namespace, as {@code socket:[4711]}, by port. */
    Map<Integer, Set<String>> listening() {
        return listening(proc.resolve("net"));
    }

    private static Map<Integer, Set<String>> listening(Path namespace) {
        Map<Integer, Set<String>> byPort = new HashMap<>();
        for (String table : List.of("tcp", "tcp6")) {
            readTable(namespace.resolve(table), byPort);
        }
        return byPort;
    }

    /** Whether somebody listens on a port in the network namespace of a process, and the namespace has that address. */
    boolean isServedBeside(long pid, String address, int port) {
        Path namespace = of(pid).resolve("net");
        return listening(namespace).containsKey(port)
                && read(namespace.resolve("fib_trie")).lines().anyMatch(line -> line.endsWith("-- " + address));
    }

    /** The words of the command that it was started with. */
    List<String> command(long pid) {
        return List.of(read(of(pid).resolve("cmdline")).split("\0", -1));
    }

    private static void readTable(Path table, Map<Integer, Set<String>> byPort) {
        String text;
        try {
            text = new String(Files.readAllBytes(table), ISO_8859_1);
        } catch (IOException none) {
            return;
        }
        text.lines().skip(1).map(line -> line.strip().split("\\s+", -1)).forEach(fields -> {
            if (fields.length > 9 && fields[3].equals(LISTENING)) {
                int port = Integer.parseInt(fields[1].substring(fields[1].lastIndexOf(':') + 1), 16);
                byPort.computeIfAbsent(port, key -> new HashSet<>()).add(SOCKET + fields[9] + ']');
            }
        });
    }
}
