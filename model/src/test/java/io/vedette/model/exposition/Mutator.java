package io.vedette.model.exposition;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;

/** Damages bodies as networks, proxies and bugs do, and worse. The same seed gives the same damage. */
final class Mutator {

    private static final byte[] TELLING =
            "{}\"\\,=#\n\r\t +-.:_0e".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

    private final Random random;

    Mutator(long seed) {
        random = new Random(seed);
    }

    <T> T choose(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** One to three pieces of damage to a copy. */
    byte[] mutate(byte[] body, byte[] other) {
        byte[] mutated = body;
        for (int i = random.nextInt(3); i >= 0; i--) {
            mutated = mutateOnce(mutated, other);
        }
        return mutated;
    }

    private byte[] mutateOnce(byte[] body, byte[] other) {
        int from = random.nextInt(body.length + 1);
        int to = Math.min(body.length, from + random.nextInt(1 + random.nextInt(64)));
        return switch (random.nextInt(7)) {
            case 0 ->
                replace(body, from, Math.min(body.length, from + 1), new byte[] {(byte) random.nextInt(256)}, 0, 1);
            case 1 -> {
                int telling = random.nextInt(TELLING.length);
                yield replace(body, from, Math.min(body.length, from + 1), TELLING, telling, telling + 1);
            }
            case 2 -> {
                int telling = random.nextInt(TELLING.length);
                yield replace(body, from, from, TELLING, telling, telling + 1);
            }
            case 3 -> replace(body, from, to, body, 0, 0);
            case 4 -> replace(body, from, from, body, from, to);
            case 5 -> {
                int otherFrom = random.nextInt(other.length + 1);
                int otherTo = otherFrom + random.nextInt(Math.min(64, other.length - otherFrom) + 1);
                yield replace(body, from, to, other, otherFrom, otherTo);
            }
            default -> replace(body, from, body.length, body, 0, 0);
        };
    }

    private static byte[] replace(byte[] body, int from, int to, byte[] by, int byFrom, int byTo) {
        ByteArrayOutputStream mutated = new ByteArrayOutputStream(body.length + byTo - byFrom);
        mutated.write(body, 0, from);
        mutated.write(by, byFrom, byTo - byFrom);
        mutated.write(body, to, body.length - to);
        return mutated.toByteArray();
    }
}
