package io.vedette.model.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteTableTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void findsSlicesOfAnyLength() {
        Random random = new Random(4);
        ByteTable<String> table = new ByteTable<>(Integer.MAX_VALUE);
        Map<String, String> expected = new HashMap<>();
        for (int i = 0; i < 2000; i++) {
            String key = "x".repeat(random.nextInt(20)) + i;
            expected.put(key, key);
            table.put(bytes(key), key);
        }
        expected.forEach((key, value) -> {
            byte[] inside = bytes("<<" + key + ">>");
            assertThat(table.get(inside, 2, inside.length - 4)).isEqualTo(value);
            assertThat(table.get(inside, 1, inside.length - 3)).isNull();
        });
    }

    @Test
    void forgetsEverythingWhenItIsFull() {
        ByteTable<Integer> table = new ByteTable<>(3);
        for (int i = 0; i < 4; i++) {
            table.put(bytes("key" + i), i);
        }
        assertThat(table.get(bytes("key0"), 0, 4)).isNull();
        assertThat(table.get(bytes("key3"), 0, 4)).isEqualTo(3);
    }
}
