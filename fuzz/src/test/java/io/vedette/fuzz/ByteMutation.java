package io.vedette.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages bytes without knowing what they mean. */
public final class ByteMutation implements Mutation {
    private static final int MOST_CHANGES = 4;
    private static final int MOST_BYTES = 64;

    @Override
    public byte[] mutate(List<byte[]> seeds, Random random) {
        byte[] bytes = chosen(seeds, random);
        for (int i = 1 + random.nextInt(MOST_CHANGES); i > 0; i--) {
            bytes = changed(bytes, chosen(seeds, random), random);
        }
        return bytes;
    }

    static byte[] chosen(List<byte[]> seeds, Random random) {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private static byte[] changed(byte[] bytes, byte[] other, Random random) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + random.nextInt(MOST_BYTES));
        int next = Math.min(bytes.length, from + 1);
        return switch (random.nextInt(7)) {
            case 0 -> replaced(bytes, from, next, new byte[] {(byte) random.nextInt(256)});
            case 1 -> replaced(bytes, from, from, new byte[] {(byte) random.nextInt(256)});
            case 2 -> {
                byte[] flipped = bytes.clone();
                if (from < flipped.length) {
                    flipped[from] ^= (byte) (1 << random.nextInt(8));
                }
                yield flipped;
            }
            case 3 -> replaced(bytes, from, to, new byte[0]);
            case 4 -> replaced(bytes, from, from, Arrays.copyOfRange(bytes, from, to));
            case 5 -> {
                int otherFrom = random.nextInt(other.length + 1);
                int otherTo = Math.min(other.length, otherFrom + random.nextInt(MOST_BYTES));
                yield replaced(bytes, from, to, Arrays.copyOfRange(other, otherFrom, otherTo));
            }
            default -> random.nextInt(4) == 0 ? Arrays.copyOf(bytes, from) : bytes;
        };
    }

    static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + by.length);
        out.write(bytes, 0, from);
        out.writeBytes(by);
        out.write(bytes, to, bytes.length - to);
        return out.toByteArray();
    }
}
