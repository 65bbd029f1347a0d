package io.vedette.model.otlp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values by keys that are slices of byte arrays, found without an object for the key. Bounded: a table that is full forgets everything, so that no
 * sender can make it grow. Not thread-safe.
 */
final class ByteTable<V> {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int capacity;
    private int size;
    private @Nullable Entry<V>[] slots;

    private record Entry<V>(int hash, byte[] key, V value) {}

    /** @param capacity most entries that it holds at a time */
    ByteTable(int capacity) {
        this.capacity = capacity;
        this.slots = slots(16);
    }

    @Nullable
    V get(byte[] bytes, int offset, int length) {
        int hash = hash(bytes, offset, length);
        int mask = slots.length - 1;
        for (int i = hash & mask; ; i = (i + 1) & mask) {
            Entry<V> entry = slots[i];
            if (entry == null) {
                return null;
            }
            if (entry.hash == hash && Arrays.equals(entry.key, 0, entry.key.length, bytes, offset, offset + length)) {
                return entry.value;
            }
        }
    }

    /** Adds a value whose key is not there yet. */
    void put(byte[] key, V value) {
        if (size == capacity) {
            slots = slots(16);
            size = 0;
        }
        if (size >= slots.length / 2) {
            Entry<V>[] old = slots;
            slots = slots(old.length * 2);
            for (Entry<V> entry : old) {
                if (entry != null) {
                    place(entry);
                }
            }
        }
        place(new Entry<>(hash(key, 0, key.length), key, value));
        size++;
    }

    private void place(Entry<V> entry) {
        int mask = slots.length - 1;
        int i = entry.hash & mask;
        while (slots[i] != null) {
            i = (i + 1) & mask;
        }
        slots[i] = entry;
    }

    @SuppressWarnings("unchecked")
    private static <V> @Nullable Entry<V>[] slots(int length) {
        return (Entry<V>[]) new Entry<?>[length];
    }

    private static int hash(byte[] bytes, int offset, int length) {
        long hash = length;
        int i = offset;
        int end = offset + length;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            hash = (hash ^ (long) LONG.get(bytes, i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        for (; i < end; i++) {
            hash = (hash ^ bytes[i]) * 0x9E3779B97F4A7C15L;
        }
        return (int) (hash ^ (hash >>> 32));
    }
}
