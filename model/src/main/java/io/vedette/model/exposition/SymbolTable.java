package io.vedette.model.exposition;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns bytes into strings and hands out the same string for the same bytes, across scrapes: names and label values
 * recur in each of them. Bounded: it forgets everything when full, never holds long strings, and gives up after a few
 * probes, so that no endpoint can make it slow or large.
 */
final class SymbolTable {

    private static final int SLOTS = 1 << 14;
    private static final int MAX_HELD = SLOTS / 2;
    private static final int MAX_HELD_BYTES = 256;
    private static final int MAX_PROBES = 16;

    private final @Nullable String[] slots = new @Nullable String[SLOTS];
    private int held;

    /** The string of these UTF-8 bytes, or null if they aren't UTF-8. */
    @Nullable
    String symbol(byte[] bytes, int from, int to) {
        int hash = 0;
        int all = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
            all |= bytes[i];
        }
        if (all < 0) {
            return decode(bytes, from, to);
        }
        if (to - from > MAX_HELD_BYTES) {
            return ascii(bytes, from, to);
        }
        return held(hash, bytes, from, to);
    }

    static boolean isUtf8(byte[] bytes, int from, int to) {
        int all = 0;
        for (int i = from; i < to; i++) {
            all |= bytes[i];
        }
        return all >= 0 || decode(bytes, from, to) != null;
    }

    private String held(int hash, byte[] bytes, int from, int to) {
        int slot = hash ^ (hash >>> 15);
        for (int probe = 0; probe < MAX_PROBES; probe++) {
            String candidate = slots[(slot + probe) & (SLOTS - 1)];
            if (candidate == null) {
                return hold((slot + probe) & (SLOTS - 1), ascii(bytes, from, to));
            }
            if (candidate.hashCode() == hash && isEqual(candidate, bytes, from, to)) {
                return candidate;
            }
        }
        return ascii(bytes, from, to);
    }

    private String hold(int slot, String symbol) {
        if (held == MAX_HELD) {
            Arrays.fill(slots, null);
            held = 0;
        }
        slots[slot] = symbol;
        held++;
        return symbol;
    }

    private static boolean isEqual(String symbol, byte[] bytes, int from, int to) {
        if (symbol.length() != to - from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (symbol.charAt(i - from) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static String ascii(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static @Nullable String decode(byte[] bytes, int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
    }
}
