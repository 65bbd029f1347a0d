package io.vedette.model.otlp;

import static io.vedette.model.otlp.Otlp.TIME_MILLIS;
import static io.vedette.model.otlp.Otlp.counter;
import static io.vedette.model.otlp.Otlp.number;
import static io.vedette.model.otlp.Otlp.record;
import static io.vedette.model.otlp.Otlp.scrape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.sample.TargetScrape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordSlicerTest {
    private static final ResourceMetrics A = scrape("a:8000", counter("vllm:prompt_tokens_total", number(1)));
    private static final ResourceMetrics B = scrape("b:8000", counter("vllm:prompt_tokens_total", number(2)));

    private final RecordSlicer slicer = new RecordSlicer();

    @Test
    void cutsARecordIntoOneForEachTarget() throws Exception {
        List<RecordSlicer.Part> parts = slicer.slice(record(A, B));
        assertThat(parts).extracting(RecordSlicer.Part::instance).containsExactly("a:8000", "b:8000");
        assertThat(parts.get(0).value()).isEqualTo(record(A));
        assertThat(parts.get(1).value()).isEqualTo(record(B));
    }

    @Test
    void handsARecordOfOneTargetThroughAsItIs() throws Exception {
        byte[] value = record(A);
        assertThat(slicer.slice(value)).singleElement().satisfies(part -> {
            assertThat(part.instance()).isEqualTo("a:8000");
            assertThat(part.value()).isSameAs(value);
        });
    }

    @Test
    void aListOfTargetsNamesItsAgentAndNoInstance() throws Exception {
        byte[] value = RecordWriter.targets("agent-7", List.of("a:8000"), TIME_MILLIS);
        assertThat(slicer.slice(value)).containsExactly(new RecordSlicer.Part("", "agent-7", value));
    }

    @Test
    void aBeatHasNoParts() throws Exception {
        assertThat(slicer.slice(new byte[0])).isEmpty();
    }

    @Test
    void refusesWhatIsNoRecord() {
        byte[] cut = Arrays.copyOf(record(A), 20);
        assertThatThrownBy(() -> slicer.slice(cut))
                .isInstanceOfSatisfying(UnreadableRecord.class, e -> assertThat(e.reason())
                        .isEqualTo(UnreadableRecord.Reason.MALFORMED));
    }

    @Test
    void thePartsOfAnyRecordReadLikeTheWhole() throws Exception {
        ShuffledWire wire = new ShuffledWire(new Random(3));
        RecordReader reader = new RecordReader(Catalogue.shipped());
        for (int i = 0; i < 300; i++) {
            byte[] value = wire.write(ExportMetricsServiceRequest.parseFrom(record(A, B, A)));
            List<TargetScrape> apart = new ArrayList<>();
            for (RecordSlicer.Part part : slicer.slice(value)) {
                apart.addAll(reader.read(part.value()).scrapes());
            }
            assertThat(apart).isEqualTo(reader.read(value).scrapes());
        }
    }
}
