package io.vedette.ingest.publish;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Records in the order of their numbers, up to so many bytes: the newest stay, the oldest are let go. Thread-safe. */
final class RecordBuffer {
    private final long capacityBytes;
    private final NavigableMap<Long, OutgoingRecord> waiting = new TreeMap<>();
    private long bytes;
    private long nextNumber;
    private boolean closed;

    /** @param number its place in the order in which records were offered */
    record Numbered(long number, OutgoingRecord record) {}

    RecordBuffer(long capacityBytes) {
        this.capacityBytes = capacityBytes;
    }

    /** Takes a new record in; returns how many were let go for it, itself if it is too large. */
    synchronized int offer(OutgoingRecord record) {
        return insert(new Numbered(nextNumber++, record));
    }

    /** Takes a record in again at its old place; returns how many were let go. */
    synchronized int putBack(Numbered record) {
        return insert(record);
    }

    private int insert(Numbered record) {
        waiting.put(record.number(), record.record());
        bytes += record.record().bytes();
        int letGo = 0;
        while (bytes > capacityBytes) {
            bytes -= waiting.pollFirstEntry().getValue().bytes();
            letGo++;
        }
        notifyAll();
        return letGo;
    }

    /** Removes the oldest record, waiting for one; null once closed and empty. */
    synchronized @Nullable Numbered take() throws InterruptedException {
        while (waiting.isEmpty()) {
            if (closed) {
                return null;
            }
            wait();
        }
        Map.Entry<Long, OutgoingRecord> oldest = waiting.pollFirstEntry();
        bytes -= oldest.getValue().bytes();
        return new Numbered(oldest.getKey(), oldest.getValue());
    }

    synchronized int size() {
        return waiting.size();
    }

    synchronized long bytes() {
        return bytes;
    }

    /** Nobody waits for further records. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
