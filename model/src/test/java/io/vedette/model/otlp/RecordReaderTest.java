package io.vedette.model.otlp;

import static io.vedette.model.otlp.Otlp.START_MILLIS;
import static io.vedette.model.otlp.Otlp.TIME_MILLIS;
import static io.vedette.model.otlp.Otlp.counter;
import static io.vedette.model.otlp.Otlp.gauge;
import static io.vedette.model.otlp.Otlp.histogram;
import static io.vedette.model.otlp.Otlp.number;
import static io.vedette.model.otlp.Otlp.observations;
import static io.vedette.model.otlp.Otlp.record;
import static io.vedette.model.otlp.Otlp.scrape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.sample.CounterSample;
import io.vedette.model.sample.EngineScrape;
import io.vedette.model.sample.ScrapeFailure;
import io.vedette.model.sample.Target;
import io.vedette.model.sample.TargetScrape;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordReaderTest {
    private static final Target UNKNOWN = new Target("a:8000", "", "", "", "both", Map.of());

    private final RecordReader reader = new RecordReader(Catalogue.shipped());

    private TargetScrape only(Metric... metrics) throws UnreadableRecord {
        SampleRecord read = reader.read(record(scrape("a:8000", metrics)));
        assertThat(read.scrapes()).hasSize(1);
        return read.scrapes().get(0);
    }

    private static TargetScrape good(int dropped, EngineScrape... engines) {
        return new TargetScrape(UNKNOWN, TIME_MILLIS, null, Double.NaN, 0, 0, List.of(engines), dropped, 0);
    }

    private static EngineScrape counters(String engine, String model, CounterSample... counters) {
        return new EngineScrape(engine, model, List.of(counters), Gauges.none(), List.of());
    }

    private static CounterSample sample(Signal signal, String dimension, double value, int source) {
        return new CounterSample(signal, dimension, value, START_MILLIS, source);
    }

    @Test
    void aScrapeThatKnowsNothingOfEnginesHasNone() throws Exception {
        assertThat(only(gauge("node_load1", number(3)))).isEqualTo(good(0));
    }

    @Test
    void tellsWhenTheProcessStartedAndHowLongTheScrapeTook() throws Exception {
        assertThat(only(
                        gauge("process_start_time_seconds", number(1_795_509_000.25)),
                        gauge("scrape_duration_seconds", number(0.0125))))
                .isEqualTo(new TargetScrape(UNKNOWN, TIME_MILLIS, null, 0.0125, 1_795_509_000_250L, 0, List.of()));
    }

    @Test
    void aFailedScrapeSaysWhyAndNothingElse() throws Exception {
        for (ScrapeFailure failure : ScrapeFailure.values()) {
            ResourceMetrics failed = scrape("a:8000").toBuilder()
                    .setScopeMetrics(
                            0,
                            ScopeMetrics.newBuilder()
                                    .addMetrics(counter("vllm:prompt_tokens_total", number(Double.NaN)))
                                    .addMetrics(gauge("scrape_duration_seconds", number(3)))
                                    .addMetrics(gauge("up", number(0, "reason", failure.word()))))
                    .build();
            assertThat(reader.read(record(failed)).scrapes())
                    .containsExactly(TargetScrape.failed(UNKNOWN, TIME_MILLIS, failure, 3, 0));
        }
    }

    @Test
    void aFailureWithoutAReasonThatIsKnownIsABrokenConnection() throws Exception {
        for (Metric up : List.of(gauge("up", number(0)), gauge("up", number(0, "reason", "moon")))) {
            ResourceMetrics failed = scrape("a:8000").toBuilder()
                    .setScopeMetrics(0, ScopeMetrics.newBuilder().addMetrics(up))
                    .build();
            assertThat(reader.read(record(failed)).scrapes())
                    .containsExactly(TargetScrape.failed(UNKNOWN, TIME_MILLIS, ScrapeFailure.BROKEN, Double.NaN, 0));
        }
    }

    @Test
    void joinsTheScopesOfAResource() throws Exception {
        ResourceMetrics first = scrape("a:8000", counter("vllm:prompt_tokens_total", number(1, "engine", "0")));
        ResourceMetrics both = first.toBuilder()
                .addScopeMetrics(ScopeMetrics.newBuilder()
                        .addMetrics(counter("vllm:generation_tokens_total", number(2, "engine", "0"))))
                .build();
        assertThat(reader.read(record(both)).scrapes())
                .containsExactly(good(
                        0,
                        counters(
                                "0",
                                "",
                                sample(Signal.PROMPT_TOKENS, "", 1, 0),
                                sample(Signal.GENERATION_TOKENS, "", 2, 0))));
    }

    @Test
    void readsAnAgentsList() throws Exception {
        byte[] list = RecordWriter.targets("agent-7", List.of("b:8000", "a:8000"), TIME_MILLIS);
        assertThat(reader.read(list))
                .isEqualTo(new SampleRecord(
                        List.of(), List.of(new AgentTargets("agent-7", Set.of("a:8000", "b:8000"))), 0));
        assertThat(reader.read(RecordWriter.targets("agent-7", List.of(), TIME_MILLIS)))
                .isEqualTo(new SampleRecord(List.of(), List.of(new AgentTargets("agent-7", Set.of())), 0));
    }

    @Test
    void aBeatHoldsNothing() throws Exception {
        assertThat(reader.read(new byte[0])).isEqualTo(SampleRecord.BEAT);
    }

    @Test
    void refusesWhatIsNoRecordWithItsReason() {
        ResourceMetrics unnamed = scrape("a:8000").toBuilder().clearResource().build();
        ResourceMetrics untimed =
                scrape("a:8000").toBuilder().clearScopeMetrics().build();
        assertReason(UnreadableRecord.Reason.MALFORMED, "{\"resourceMetrics\": []}".getBytes(StandardCharsets.UTF_8));
        assertReason(UnreadableRecord.Reason.UNNAMED, record(unnamed));
        assertReason(UnreadableRecord.Reason.UNTIMED, record(untimed, unnamed));
    }

    private void assertReason(UnreadableRecord.Reason reason, byte[] value) {
        assertThatThrownBy(() -> reader.read(value))
                .isInstanceOfSatisfying(
                        UnreadableRecord.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void countsUnusableResourcesBesideGoodOnes() throws Exception {
        ResourceMetrics unnamed = scrape("x").toBuilder().clearResource().build();
        assertThat(reader.read(record(unnamed, scrape("a:8000"))))
                .isEqualTo(new SampleRecord(List.of(good(0)), List.of(), 1));
    }

    @Test
    void keepsOneObjectOfWhatComesAgain() throws Exception {
        byte[] value = record(scrape(
                "a:8000",
                histogram("vllm:e2e_request_latency_seconds", observations(List.of(1L, 2L, 3L), "engine", "x"))));
        TargetScrape first = reader.read(value).scrapes().get(0);
        TargetScrape second = reader.read(value.clone()).scrapes().get(0);
        EngineScrape engine = first.engines().get(0);
        EngineScrape again = second.engines().get(0);
        assertThat(second.target()).isSameAs(first.target());
        assertThat(again.engine()).isSameAs(engine.engine());
        assertThat(again.histograms().get(0).bounds())
                .isSameAs(engine.histograms().get(0).bounds());
    }
}
