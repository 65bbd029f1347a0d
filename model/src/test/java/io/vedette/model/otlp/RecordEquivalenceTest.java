package io.vedette.model.otlp;

import static io.vedette.model.otlp.Otlp.TIME_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.sample.ScrapeFailure;
import io.vedette.model.sample.Target;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The hand-driven reader gives what protobuf-java and a plain reading of the rules give. */
class RecordEquivalenceTest {
    private static final Target TARGET = new Target(
            "10.0.0.7:8000", "gpu-7", "agent-gpu-7", "glm-4.7-flash", "prefill", Map.of("cluster", "bj1", "zone", "é"));

    private final Catalogue catalogue = Catalogue.shipped();
    private final RecordReader reader = new RecordReader(catalogue);
    private final FullParse fullParse = new FullParse(catalogue);
    private int unreadable;
    private int readable;

    /** A result, or the reason why there is none. */
    private interface Reading {
        SampleRecord read(byte[] value) throws UnreadableRecord;
    }

    private static Object outcome(Reading reading, byte[] value) {
        try {
            return reading.read(value);
        } catch (UnreadableRecord e) {
            return e.reason();
        }
    }

    private void assertSame(byte[] value) {
        Object expected = outcome(fullParse::read, value);
        Object actual = outcome(reader::read, value);
        if (expected == UnreadableRecord.Reason.MALFORMED) {
            // What no signal needs is skipped unread, so the damage may not be noticed.
            unreadable++;
        } else {
            readable++;
            assertThat(actual)
                    .withFailMessage(() ->
                            "record " + Arrays.toString(value) + "\nexpected " + expected + "\nbut was  " + actual)
                    .isEqualTo(expected);
        }
    }

    private static byte[] collectorRecord() {
        return Otlp.record(
                Otlp.scrape(
                        "a:8000",
                        Otlp.counter(
                                "vllm:request_success_total",
                                Otlp.number(3, "engine", "1", "finished_reason", "stop", "model_name", "m"),
                                Otlp.number(4, "engine", "0", "finish_reason", "length", "model_name", "m")),
                        Otlp.counter(
                                "http_requests_total",
                                Otlp.number(5, "status", "2xx", "handler", "/v1/completions"),
                                Otlp.number(Double.NaN, "status", "5xx", "handler", "/v1/completions")),
                        Otlp.gauge("vllm:kv_cache_usage_perc", Otlp.number(0.25, "engine", "0")),
                        Otlp.gauge("vllm:gpu_cache_usage_perc", Otlp.number(0.5, "engine", "0")),
                        Otlp.gauge("vllm:num_requests_running", Otlp.number(2, "server", "b:8000")),
                        Otlp.gauge(
                                "DCGM_FI_DEV_FB_USED",
                                Otlp.number(22_535, "gpu", "0", "UUID", "GPU-a", "pod", "p"),
                                Otlp.number(22_530, "gpu", "0", "UUID", "GPU-a", "pod", "q"),
                                Otlp.number(7, "device", "nvidia1", "UUID", "MIG-b", "GPU_I_ID", "3")),
                        Otlp.gauge("DCGM_FI_DEV_FB_FREE", Otlp.number(2_041, "gpu", "0", "UUID", "GPU-a")),
                        Otlp.gauge("DCGM_FI_DEV_CLOCKS_EVENT_REASONS", Otlp.number(0x25, "gpu", "0", "UUID", "GPU-a")),
                        Otlp.gauge("DCGM_EXP_XID_ERRORS_COUNT", Otlp.number(2, "UUID", "GPU-a", "xid", "31")),
                        Otlp.gauge("DCGM_FI_DEV_XID_ERRORS", Otlp.number(31, "UUID", "GPU-a")),
                        Otlp.gauge("vedette_gpu_owner", Otlp.number(1, "UUID", "GPU-a", "instance", "a:8000")),
                        Otlp.gauge("nvidia_smi_gpu_info", Otlp.number(1, "uuid", "GPU-c", "index", "2", "name", "L4")),
                        Otlp.histogram(
                                "vllm:e2e_request_latency_seconds",
                                Otlp.observations(List.of(1L, 2L, 3L), "engine", "0", "model_name", "m"),
                                Otlp.observations(List.of(4L, 5L, 6L), "engine", "1", "model_name", "m"))),
                Otlp.scrape("b:8000"));
    }

    private static List<byte[]> small() {
        return List.of(
                collectorRecord(),
                RecordWriter.failure(TARGET, ScrapeFailure.TIMEOUT, TIME_MILLIS, 3.0, 0),
                RecordWriter.targets("agent-gpu-7", List.of("a:8000", "b:8000"), TIME_MILLIS),
                RecordWriter.scrape(TARGET, Bodies.parse("""
                                # TYPE vllm:request_success_total counter
                                vllm:request_success_total{engine="0",finished_reason="stop",model_name="m"} 7
                                # TYPE vllm:request_queue_time_seconds histogram
                                vllm:request_queue_time_seconds_bucket{engine="0",le="0.3",model_name="m"} 1
                                vllm:request_queue_time_seconds_bucket{engine="0",le="+Inf",model_name="m"} 4
                                vllm:request_queue_time_seconds_sum{engine="0",model_name="m"} 2.5
                                vllm:request_queue_time_seconds_count{engine="0",model_name="m"} 4
                                process_start_time_seconds 1795509000.25
                                """), TIME_MILLIS, 0.0125, 8192));
    }

    private static List<byte[]> real() {
        List<byte[]> records = new ArrayList<>();
        for (String name : Bodies.REAL) {
            String body = Bodies.real(name);
            records.add(RecordWriter.scrape(TARGET, Bodies.parse(body), TIME_MILLIS, 0.0125, 8192));
            String two = Bodies.twoEngines(body, Bodies.real(Bodies.REAL.get(0)));
            records.add(RecordWriter.scrape(TARGET, Bodies.parse(two), TIME_MILLIS, 0.0125, 8192));
        }
        return records;
    }

    @Test
    void readsRealScrapesAsAFullParseDoes() {
        real().forEach(this::assertSame);
        small().forEach(this::assertSame);
        assertSame(new byte[0]);
        assertThat(unreadable).isZero();
    }

    @Test
    void readsWhateverOrderFieldsComeIn() throws Exception {
        Random random = new Random(1);
        ShuffledWire wire = new ShuffledWire(random);
        for (byte[] record : small()) {
            for (int i = 0; i < 500; i++) {
                assertSame(wire.write(ExportMetricsServiceRequest.parseFrom(record)));
            }
        }
        for (byte[] record : real()) {
            for (int i = 0; i < 5; i++) {
                assertSame(wire.write(ExportMetricsServiceRequest.parseFrom(record)));
            }
        }
        assertThat(unreadable).isZero();
    }

    @Test
    void readsDamagedRecordsAsAFullParseDoesAndNeverThrowsAnythingElse() {
        Random random = new Random(2);
        for (byte[] record : small()) {
            for (int i = 0; i < 20_000; i++) {
                assertSame(mutate(record, random));
            }
        }
        for (byte[] record : real()) {
            for (int i = 0; i < 200; i++) {
                assertSame(mutate(record, random));
            }
        }
        assertThat(readable).isGreaterThan(20_000);
        assertThat(unreadable).isGreaterThan(20_000);
    }

    private static byte[] mutate(byte[] record, Random random) {
        byte[] mutated = record.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0 && mutated.length > 0; changes--) {
            int at = random.nextInt(mutated.length);
            int length = Math.min(random.nextInt(16), mutated.length - at);
            switch (random.nextInt(6)) {
                case 0 -> mutated[at] = (byte) random.nextInt();
                case 1 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> mutated[at]++;
                case 3 -> mutated = splice(mutated, at, length, new byte[0]);
                case 4 -> mutated = splice(mutated, at, 0, Arrays.copyOfRange(mutated, at, at + length));
                default -> mutated = random.nextInt(8) == 0 ? Arrays.copyOf(mutated, at) : mutated;
            }
        }
        return mutated;
    }

    private static byte[] splice(byte[] bytes, int at, int removed, byte[] inserted) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        out.writeBytes(inserted);
        out.write(bytes, at + removed, bytes.length - at - removed);
        return out.toByteArray();
    }
}
