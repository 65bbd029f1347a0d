package io.vedette.model.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.TextFormat;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.histogram.Bounds;
import io.vedette.model.sample.CounterSample;
import io.vedette.model.sample.EngineScrape;
import io.vedette.model.sample.HistogramSample;
import io.vedette.model.sample.ScrapeFailure;
import io.vedette.model.sample.Target;
import io.vedette.model.sample.TargetScrape;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RecordWriterTest {
    private static final long TIME_MILLIS = 1_795_509_894_389L;
    private static final Target TARGET =
            new Target("10.0.0.7:8000", "gpu-7", "agent-7", "glm-4.7-flash", "prefill", Map.of("cluster", "bj1"));
    private static final Target BARE = new Target("a:8000", "", "", "", "", Map.of());

    private static final String BODY = """
            # TYPE process_start_time_seconds gauge
            process_start_time_seconds 1795509000.25
            # TYPE vllm:num_requests_running gauge
            vllm:num_requests_running{engine="0",model_name="m"} 3.0
            # TYPE vllm:request_success_total counter
            vllm:request_success_total{engine="0",finished_reason="stop",model_name="m"} 7.0
            # TYPE vllm:request_success_created gauge
            vllm:request_success_created{engine="0",finished_reason="stop",model_name="m"} 1795509001.5
            # TYPE vllm:request_queue_time_seconds histogram
            vllm:request_queue_time_seconds_bucket{engine="0",le="0.3",model_name="m"} 1.0
            vllm:request_queue_time_seconds_bucket{engine="0",le="0.5",model_name="m"} 1.0
            vllm:request_queue_time_seconds_bucket{engine="0",le="+Inf",model_name="m"} 4.0
            vllm:request_queue_time_seconds_sum{engine="0",model_name="m"} 2.5
            vllm:request_queue_time_seconds_count{engine="0",model_name="m"} 4.0
            who_knows NaN
            """;

    private static final byte[] SCRAPE = RecordWriter.scrape(TARGET, Bodies.parse(BODY), TIME_MILLIS, 0.0125, 8192);
    private static final byte[] FAILURE = RecordWriter.failure(TARGET, ScrapeFailure.HTTP, TIME_MILLIS, 0.25, 0);
    private static final byte[] TARGETS = RecordWriter.targets("agent-7", List.of("b:8000", "a:8000"), TIME_MILLIS);

    private final RecordReader reader = new RecordReader(Catalogue.shipped());

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(RecordWriterTest.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }

    private static String text(byte[] record) throws IOException {
        return TextFormat.printer().printToString(ExportMetricsServiceRequest.parseFrom(record));
    }

    @Test
    void keepsTheWireFormat() throws Exception {
        assertThat(SCRAPE).isEqualTo(golden("golden-scrape.bin"));
        assertThat(FAILURE).isEqualTo(golden("golden-failure.bin"));
        assertThat(TARGETS).isEqualTo(golden("golden-targets.bin"));
    }

    @Test
    void readsBackWhatWasWrittenLongAgo() throws Exception {
        assertThat(reader.read(golden("golden-scrape.bin")).scrapes())
                .containsExactly(new TargetScrape(
                        TARGET,
                        TIME_MILLIS,
                        null,
                        0.0125,
                        1_795_509_000_250L,
                        8192,
                        List.of(new EngineScrape(
                                "0",
                                "m",
                                List.of(new CounterSample(Signal.FINISHED_REQUESTS, "stop", 7, 1_795_509_001_500L, 0)),
                                Gauges.none().with(Signal.REQUESTS_RUNNING, 3),
                                List.of(new HistogramSample(
                                        Signal.REQUEST_QUEUE_TIME,
                                        Bounds.of(0.3, 0.5),
                                        new double[] {1, 0, 3},
                                        2.5,
                                        1_795_509_000_250L,
                                        0))))));
        assertThat(reader.read(golden("golden-failure.bin")).scrapes())
                .containsExactly(TargetScrape.failed(TARGET, TIME_MILLIS, ScrapeFailure.HTTP, 0.25, 0));
        assertThat(reader.read(golden("golden-targets.bin")).targetLists())
                .containsExactly(new AgentTargets("agent-7", Set.of("a:8000", "b:8000")));
    }

    @Test
    void writesWhatACollectorWouldWrite() throws Exception {
        assertThat(text(RecordWriter.scrape(BARE, Bodies.parse(BODY), TIME_MILLIS, Double.NaN, 0)))
                .isEqualTo(new String(golden("collector-like.textproto"), StandardCharsets.UTF_8));
    }

    @Test
    void aFailureSaysWhy() throws Exception {
        assertThat(text(RecordWriter.failure(BARE, ScrapeFailure.REFUSED, TIME_MILLIS, 0.5, 0)))
                .isEqualTo(new String(golden("refused.textproto"), StandardCharsets.UTF_8));
    }

    @Test
    void keepsEverySeriesOfARealBody() throws Exception {
        for (String name : Bodies.REAL) {
            String body = Bodies.real(name);
            byte[] record = RecordWriter.scrape(BARE, Bodies.parse(body), TIME_MILLIS, 0.01, 0);
            Set<String> names = new TreeSet<>();
            ExportMetricsServiceRequest.parseFrom(record)
                    .getResourceMetrics(0)
                    .getScopeMetrics(0)
                    .getMetricsList()
                    .forEach(metric -> names.add(metric.getName()));
            assertThat(names).containsAll(typedNames(body)).contains("up", "scrape_duration_seconds");
        }
    }

    /** The families by their TYPE lines; those without series, a summary's own name and created times left out. */
    private static List<String> typedNames(String body) {
        return body.lines()
                .filter(line -> line.startsWith("# TYPE "))
                .filter(line -> !line.endsWith(" summary") && !line.contains("_created "))
                .map(line -> line.substring("# TYPE ".length(), line.lastIndexOf(' ')))
                .filter(name -> body.contains("\n" + name + "{")
                        || body.contains("\n" + name + " ")
                        || body.contains("\n" + name + "_bucket{"))
                .toList();
    }

    @Test
    void aListNeedsAnAgent() {
        assertThatThrownBy(() -> RecordWriter.targets("", List.of(), TIME_MILLIS))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
