package io.vedette.model.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignalTest {
    @Test
    void everySignalIsFoundByItsNumberAndItsName() {
        for (Signal signal : Signal.values()) {
            assertThat(Signal.ofNumber(signal.number())).contains(signal);
            assertThat(Signal.ofName(signal.signalName())).contains(signal);
        }
        for (int unknown : new int[] {-1, 0, 127, 128, Integer.MAX_VALUE}) {
            assertThat(Signal.ofNumber(unknown)).isEmpty();
        }
        assertThat(Signal.ofName("E2E_REQUEST_LATENCY")).isEmpty();
    }

    @Test
    void gaugesThatWereNotSetAreAbsent() {
        Gauges gauges = Gauges.builder()
                .set(Signal.KV_CACHE_USAGE, 0.5)
                .set(Signal.REQUESTS_RUNNING, 0)
                .build();
        assertThat(gauges.get(Signal.KV_CACHE_USAGE)).isEqualTo(0.5);
        assertThat(gauges.has(Signal.REQUESTS_RUNNING)).isTrue();
        assertThat(gauges.has(Signal.REQUESTS_WAITING)).isFalse();
        assertThat(gauges.get(Signal.REQUESTS_WAITING)).isNaN();
        Map<Signal, Double> visited = new LinkedHashMap<>();
        gauges.forEach(visited::put);
        assertThat(visited)
                .containsExactly(Map.entry(Signal.REQUESTS_RUNNING, 0.0), Map.entry(Signal.KV_CACHE_USAGE, 0.5));
        assertThat(gauges).hasToString("{requests_running=0.0, kv_cache_usage=0.5}");
    }

    @Test
    void gaugesAreValuesThatDoNotChange() {
        Gauges.Builder builder = Gauges.builder().set(Signal.AWAKE, 1);
        Gauges gauges = builder.build();
        builder.set(Signal.AWAKE, 0);
        assertThat(gauges).isEqualTo(Gauges.none().with(Signal.AWAKE, 1));
        assertThat(gauges.with(Signal.AWAKE, Double.NaN))
                .isEqualTo(Gauges.none())
                .hasSameHashCodeAs(Gauges.none());
        assertThat(gauges.get(Signal.AWAKE)).isEqualTo(1);
    }

    @Test
    void whatIsNoGaugeIsRefused() {
        assertThatThrownBy(() -> Gauges.none().get(Signal.PREEMPTIONS)).hasMessageContaining("PREEMPTIONS is no gauge");
        assertThatThrownBy(() -> Gauges.builder().set(Signal.TIME_TO_FIRST_TOKEN, 1))
                .hasMessageContaining("is no gauge");
    }
}
