package io.vedette.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * CPU time of this process' own threads by kind, as Linux tells it; Java tells only how long collection and compilation took by the clock, which on a
 * busy machine is many times as much.
 */
final class ThreadTimes {
    private static final Path TASKS = Path.of("/proc/self/task");
    private static final double TICKS_BY_SECOND = 100;
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;

    private ThreadTimes() {}

    /** CPU seconds of garbage collection: a serial collector works in the VM's own thread. */
    static double collectionSeconds() {
        return seconds(List.of("VM Thread", "GC Thread", "G1 "));
    }

    /** CPU seconds of compilation. */
    static double compilationSeconds() {
        return seconds(List.of("C1 Compiler", "C2 Compiler"));
    }

    private static double seconds(List<String> names) {
        double seconds = 0;
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                seconds += seconds(task, names);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return seconds;
    }

    private static double seconds(Path task, List<String> names) throws IOException {
        try {
            String status = Files.readString(task.resolve("stat"));
            int end = status.lastIndexOf(')');
            String name = status.substring(status.indexOf('(') + 1, end);
            if (names.stream().noneMatch(name::startsWith)) {
                return 0;
            }
            String[] fields = status.substring(end + 2).split(" ", -1);
            return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS])) / TICKS_BY_SECOND;
        } catch (NoSuchFileException ignored) {
            // The thread has ended meanwhile.
            return 0;
        }
    }
}
