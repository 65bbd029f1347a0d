package io.vedette.model.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.sample.EngineScrape;
import io.vedette.model.sample.Target;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordedEnginesTest {
    private static final Target TARGET = new Target("a:8000", "", "", "", "both", Map.of());

    private static List<String> engines(String body) {
        byte[] record = RecordWriter.scrape(TARGET, Bodies.parse(body), Otlp.TIME_MILLIS, 0.01, 0);
        return RecordedEngines.of(record, Catalogue.shipped()).stream()
                .map(EngineScrape::engine)
                .toList();
    }

    @Test
    void oneSignalOfAnEnginesIsEnough() {
        assertThat(engines("# TYPE vllm:num_requests_waiting gauge\nvllm:num_requests_waiting{engine=\"0\"} 3\n"))
                .containsExactly("0");
        assertThat(engines("# TYPE vllm:num_preemptions counter\nvllm:num_preemptions_total{engine=\"1\"} 0\n"))
                .containsExactly("1");
        assertThat(engines("""
                        # TYPE vllm:time_to_first_token_seconds histogram
                        vllm:time_to_first_token_seconds_bucket{engine="2",le="+Inf"} 0
                        vllm:time_to_first_token_seconds_sum{engine="2"} 0
                        vllm:time_to_first_token_seconds_count{engine="2"} 0
                        """)).containsExactly("2");
    }

    @Test
    void whatAnyServerShowsMakesNoEngine() {
        assertThat(engines("# TYPE node_load1 gauge\nnode_load1 0.5\n")).isEmpty();
        assertThat(engines("# TYPE process_start_time_seconds gauge\nprocess_start_time_seconds 1.7e9\n"))
                .isEmpty();
        assertThat(engines("# TYPE http_requests counter\nhttp_requests_total{status=\"2xx\"} 12\n"))
                .isEmpty();
    }
}
