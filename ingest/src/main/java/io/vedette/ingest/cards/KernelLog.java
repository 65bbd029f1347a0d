package io.vedette.ingest.cards;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the driver's XIDs in the kernel's log, in a thread of its own since reading it blocks. Thread-safe.
 *
 * <p>A line is {@code 4,1234,5678901,-;NVRM: Xid (PCI:0000:01:00): 79, pid=…}: priority, number, microseconds since the machine's start, flags; see
 * {@code Documentation/ABI/testing/dev-kmsg} of Linux.
 */
public final class KernelLog implements AutoCloseable {
    /** Where Linux shows it. */
    public static final Path KMSG = Path.of("/dev/kmsg");

    private static final int LONGEST_RECORD = 16 << 10;
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(50);
    private static final long NANOS_PER_MICRO = 1000;
    private static final int MOST_WAITING = 10_000;
    private static final Pattern XID = Pattern.compile(
            "NVRM: Xid \\((?:PCI:)?([0-9a-f]{1,8}:[0-9a-f]{1,2}:[0-9a-f]{1,2})[^)]*\\): (\\d{1,9})\\b",
            Pattern.CASE_INSENSITIVE);

    private final Queue<XidEvent> events = new ConcurrentLinkedQueue<>();
    private final @Nullable FileChannel channel;
    private final @Nullable Thread thread;

    private KernelLog(@Nullable FileChannel channel, LongSupplier nanoTime) {
        this.channel = channel;
        if (channel == null) {
            this.thread = null;
        } else {
            this.thread = new Thread(() -> follow(channel, nanoTime), "vedette-agent-kernel-log");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /**
     * Follows the log from now on; where it cannot be read there is nothing to follow.
     *
     * @param nanoTime as {@link System#nanoTime}: since the machine's start, as the log's times are
     */
    static KernelLog follow(Path file, LongSupplier nanoTime) {
        if (refusal(file).isPresent()) {
            return new KernelLog(null, nanoTime);
        }
        try {
            return new KernelLog(FileChannel.open(file, StandardOpenOption.READ), nanoTime);
        } catch (IOException e) {
            return new KernelLog(null, nanoTime);
        }
    }

    /** Why the log cannot be read, in one line; empty where it can. */
    public static Optional<String> refusal(Path file) {
        if (!Files.exists(file)) {
            return Optional.of(file + " is not there");
        }
        try {
            FileChannel.open(file, StandardOpenOption.READ).close();
            return Optional.empty();
        } catch (AccessDeniedException e) {
            return Optional.of(file + " may not be read");
        } catch (NoSuchFileException e) {
            return Optional.of(file + " is not there");
        } catch (IOException e) {
            return Optional.of(file + " cannot be read: " + e.getMessage());
        }
    }

    private void follow(FileChannel log, LongSupplier nanoTime) {
        long startMicros = nanoTime.getAsLong() / NANOS_PER_MICRO;
        boolean live = false;
        ByteBuffer record = ByteBuffer.allocateDirect(LONGEST_RECORD);
        while (log.isOpen()) {
            long begun = nanoTime.getAsLong();
            try {
                if (log.read(record.clear()) < 0) {
                    return;
                }
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException overwritten) {
                // The kernel has let go of what would have come next; the next reading begins at the oldest it has.
                continue;
            }
            // What had to be waited for is new, whatever the clocks say.
            live |= nanoTime.getAsLong() - begun >= SHORTEST_WAIT.toNanos();
            boolean wanted = live;
            UTF_8.decode(record.flip()).toString().lines().forEach(line -> take(line, wanted, startMicros));
        }
    }

    private void take(String line, boolean live, long startMicros) {
        if ((live || micros(line) >= startMicros) && events.size() < MOST_WAITING) {
            xid(line).ifPresent(events::add);
        }
    }

    private static long micros(String line) {
        String[] parts = line.split("[,;]", 4);
        try {
            return parts.length < 4 ? -1 : Long.parseLong(parts[2]);
        } catch (NumberFormatException other) {
            return -1;
        }
    }

    /** What a line tells, if it tells of an XID. */
    static Optional<XidEvent> xid(String line) {
        Matcher matcher = XID.matcher(line);
        return matcher.find()
                ? Optional.of(new XidEvent(matcher.group(1).toLowerCase(Locale.ROOT), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    /** XIDs since the last time. */
    List<XidEvent> drain() {
        List<XidEvent> drained = new ArrayList<>();
        for (XidEvent event = events.poll(); event != null; event = events.poll()) {
            drained.add(event);
        }
        return drained;
    }

    @Override
    public void close() {
        if (thread != null) {
            // Closes the channel, which ends the reading that blocks.
            thread.interrupt();
        }
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException alreadyGone) {
                // Nothing is written to it.
                return;
            }
        }
    }
}
