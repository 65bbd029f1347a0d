package io.vedette.alerts.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SentenceTest {
    private static final Sentence QUEUE = Sentence.parse(
            "{entity}: the wait is {value} (limit {threshold})[; {waiting} are waiting][, {running} run]. In {window}.");

    @Test
    void aFilledSentenceIsReadBack() {
        assertThat(QUEUE.read("a:1 (m): the wait is 2 min 5 s (limit 0.5 s); 1,200 are waiting, 3 run. In 1 min."))
                .contains(Map.of(
                        "entity", "a:1 (m)",
                        "value", "2 min 5 s",
                        "threshold", "0.5 s",
                        "waiting", "1,200",
                        "running", "3",
                        "window", "1 min"));
    }

    @Test
    void clausesMayBeMissing() {
        assertThat(QUEUE.read("a: the wait is unknown (limit ∞), 3 run. In 60 s."))
                .contains(
                        Map.of("entity", "a", "value", "unknown", "threshold", "∞", "running", "3", "window", "60 s"));
    }

    @Test
    void whatIsAnotherSentenceIsNotRead() {
        assertThat(QUEUE.read("a: the wait is long (limit 1 s). In 1 min.")).isEmpty();
        assertThat(QUEUE.read("a: the wait is 2 s (limit 1 s). In 1 min. And more"))
                .isEmpty();
        assertThat(QUEUE.read("")).isEmpty();
    }

    @Test
    void aTextInTheSentenceThatLooksLikeItDoesNotMoveNumbers() {
        String entity = "x: the wait is 9 s (limit 9 s): the wait is";

        assertThat(QUEUE.read(entity + ": the wait is 2 s (limit 1 s). In 1 min."))
                .hasValueSatisfying(
                        read -> assertThat(read).containsEntry("value", "2 s").containsEntry("threshold", "1 s"));
    }

    @Test
    void aTextThatCouldBeReadInManyWaysIsGivenUpSoon() {
        String many = "a: the wait is 1 s (limit 1 s); 1 are waiting, ".repeat(2000);

        assertThat(QUEUE.read(many)).isEmpty();
    }

    @Test
    void bracketsWithoutPlacesAndOpenBracesAreText() {
        Sentence sentence = Sentence.parse("cards [0, 1] of {node}: {");

        assertThat(sentence.read("cards [0, 1] of gpu-7: {")).contains(Map.of("node", "gpu-7"));
    }

    @Test
    void whateverIsFilledInIsReadBack() {
        Random random = new Random(20260207);
        List<String> numbers =
                List.of("0.82 s", "15 min", "1 h 5 min", "5,120 tokens", "95 %", "4.1/s", "42", "unknown", "-∞", "0");
        for (int i = 0; i < 500; i++) {
            Map<String, String> filled = new LinkedHashMap<>();
            filled.put("entity", "10.0.0." + i + ":8000 (m-" + random.nextInt(99) + ")");
            for (String place : List.of("value", "threshold", "waiting", "running")) {
                if (random.nextInt(4) > 0 || place.equals("value") || place.equals("threshold")) {
                    filled.put(place, numbers.get(random.nextInt(numbers.size())));
                }
            }
            filled.put("window", "10 min");

            assertThat(QUEUE.read(QUEUE.fill(filled))).contains(filled);
        }
    }
}
