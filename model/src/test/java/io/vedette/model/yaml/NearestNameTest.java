package io.vedette.model.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
    private static final List<String> KEYS = List.of("interval", "timeout", "targets");

    @Test
    void whatWasProbablyMeantIsFound() {
        assertThat(NearestName.of("intervall", KEYS)).contains("interval");
        assertThat(NearestName.of("time_out", KEYS)).contains("timeout");
        assertThat(NearestName.of("target", KEYS)).contains("targets");
        assertThat(NearestName.hint("target", KEYS)).isEqualTo("; did you mean 'targets'?");
    }

    @Test
    void nothingIsNearATextThatIsNoName() {
        assertThat(NearestName.of("interval".repeat(100_000), KEYS)).isEmpty();
    }

    @Test
    void whereNothingIsNearAllAreNamed() {
        assertThat(NearestName.of("colour", KEYS)).isEmpty();
        assertThat(NearestName.of("", KEYS)).isEmpty();
        assertThat(NearestName.of("x", List.of())).isEmpty();
        assertThat(NearestName.hint("colour", KEYS)).isEqualTo("; known: interval, timeout, targets");
    }

    @Test
    void aWordThatOnlyOneNameHasAsAPartIsThatName() {
        List<String> signals = List.of("request_queue_time", "request_decode_time", "kv_cache_usage.mean");

        assertThat(NearestName.of("queue_time", signals)).contains("request_queue_time");
        assertThat(NearestName.of("kv-cache", signals)).contains("kv_cache_usage.mean");
        assertThat(NearestName.of("time", signals)).isEmpty();
        assertThat(NearestName.of("ueue_time", signals)).isEmpty();
        assertThat(NearestName.of("kv", signals)).isEmpty();
    }
}
