package io.vedette.model.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.fuzz.Fuzzing;
import io.vedette.fuzz.Seeds;
import io.vedette.fuzz.WireMutation;
import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.sample.ScrapeFailure;
import io.vedette.model.sample.Target;
import io.vedette.model.sample.TargetScrape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever stands on the topic of samples: it is read as protobuf-java's parser and a plain reading of the rules read it, or refused. */
class RecordFuzzTest {
    private static final Target TARGET = new Target("a:8000", "n", "agent", "m", "prefill", Map.of("zone", "é"));
    private static final int PIECE_LINES = 60;

    private final Catalogue catalogue = Catalogue.shipped();
    private final RecordReader reader = new RecordReader(catalogue);
    private final RecordSlicer slicer = new RecordSlicer();
    private final FullParse fullParse = new FullParse(catalogue);

    /** A result, or the reason why there is none. */
    private interface Reading {
        SampleRecord read(byte[] value) throws UnreadableRecord;
    }

    private static Stream<byte[]> records() {
        List<byte[]> records = new ArrayList<>();
        records.add(RecordWriter.failure(TARGET, ScrapeFailure.TIMEOUT, Otlp.TIME_MILLIS, 3.0, 0));
        records.add(RecordWriter.targets("agent", List.of("a:8000", "b:8000"), Otlp.TIME_MILLIS));
        records.add(Otlp.record(
                Otlp.scrape(
                        "a:8000",
                        Otlp.counter(
                                "vllm:request_success_total",
                                Otlp.number(3, "engine", "1", "finished_reason", "stop"),
                                Otlp.number(4, "engine", "0", "finish_reason", "length")),
                        Otlp.gauge("vllm:kv_cache_usage_perc", Otlp.number(0.25, "engine", "0")),
                        Otlp.histogram(
                                "vllm:e2e_request_latency_seconds",
                                Otlp.observations(List.of(1L, 2L, 3L), "engine", "0", "model_name", "m"))),
                Otlp.scrape("b:8000")));
        records.add(Otlp.record(Otlp.scrape(
                "gpus@n",
                Otlp.gauge(
                        "DCGM_FI_DEV_FB_USED",
                        Otlp.number(22_535, "gpu", "0", "UUID", "GPU-a", "modelName", "L4", "pod", "p"),
                        Otlp.number(9, "gpu", "1", "UUID", "GPU-b", "GPU_I_ID", "3")),
                Otlp.gauge("DCGM_FI_DEV_CLOCKS_EVENT_REASONS", Otlp.number(0x28, "gpu", "0", "UUID", "GPU-a")),
                Otlp.gauge("DCGM_FI_DEV_XID_ERRORS", Otlp.number(31, "gpu", "0", "UUID", "GPU-a")),
                Otlp.counter("vedette_gpu_xid_events_total", Otlp.number(1, "UUID", "GPU-a", "xid", "79")),
                Otlp.gauge("vedette_gpu_owner", Otlp.number(1, "UUID", "GPU-a", "instance", "a:8000")))));
        Seeds.bodies("jobs/src/test/resources/io/vedette/jobs/engines").forEach(body -> {
            List<String> lines = body.lines().toList();
            for (int i = 0; i < lines.size(); i += PIECE_LINES) {
                String piece = String.join("\n", lines.subList(i, Math.min(lines.size(), i + PIECE_LINES))) + '\n';
                records.add(RecordWriter.scrape(TARGET, Bodies.parse(piece), Otlp.TIME_MILLIS, 0.0125, 8192));
            }
        });
        return records.stream();
    }

    @Test
    void anyRecordIsReadAsAFullParseReadsIt() {
        new Fuzzing(RecordFuzzTest.class, records(), new WireMutation(), this::check).run(5_000);
    }

    private void check(byte[] value) {
        Object expected = outcome(fullParse::read, value);
        Object actual = outcome(reader::read, value);
        // What no signal needs is skipped unread, so that damage may go unnoticed there.
        if (expected != UnreadableRecord.Reason.MALFORMED) {
            assertThat(actual)
                    .withFailMessage(() -> Arrays.toString(value) + "\nexpected " + expected + "\nbut was  " + actual)
                    .isEqualTo(expected);
        }
        try {
            List<TargetScrape> apart = new ArrayList<>();
            for (RecordSlicer.Part part : slicer.slice(value)) {
                if (outcome(reader::read, part.value()) instanceof SampleRecord read) {
                    apart.addAll(read.scrapes());
                }
            }
            if (expected instanceof SampleRecord whole) {
                assertThat(apart).isEqualTo(whole.scrapes());
            }
        } catch (UnreadableRecord refused) {
            assertThat(expected).isEqualTo(UnreadableRecord.Reason.MALFORMED);
        }
    }

    private static Object outcome(Reading reading, byte[] value) {
        try {
            return reading.read(value);
        } catch (UnreadableRecord e) {
            return e.reason();
        }
    }
}
