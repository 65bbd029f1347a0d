package io.vedette.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class RejectedRecordTest {
    @Test
    void keepsTheRecordAsItCameAndAddsWhyAndWhere() {
        var record = new ConsumerRecord<>("vedette.samples", 3, 42, "key".getBytes(UTF_8), new byte[] {1, 2});
        record.headers().add("interval", "5".getBytes(UTF_8));

        var written = RejectedRecord.of(record, "not-otlp", "tag 0 at byte 0").toProducerRecord("vedette.rejected");

        assertThat(written.topic()).isEqualTo("vedette.rejected");
        assertThat(written.key()).isEqualTo("key".getBytes(UTF_8));
        assertThat(written.value()).isEqualTo(new byte[] {1, 2});
        assertThat(written.timestamp()).isNull();
        var headers = new ArrayList<String>();
        written.headers().forEach(header -> headers.add(header.key() + "=" + new String(header.value(), UTF_8)));
        assertThat(headers)
                .containsExactly(
                        "interval=5",
                        "vedette-reason=not-otlp",
                        "vedette-detail=tag 0 at byte 0",
                        "vedette-source-topic=vedette.samples",
                        "vedette-source-partition=3",
                        "vedette-source-offset=42");
    }

    @Test
    void aReasonIsOneWordSinceItBecomesALabel() {
        var source = new RejectedRecord.Source("vedette.samples", 0, 0);
        assertThatThrownBy(() -> new RejectedRecord("Not OTLP!", "", source, null, null, List.of()))
                .hasMessage("reason must be one lower-case word: \"Not OTLP!\"");
    }

    @Test
    void whatIsTooLargeForTheTopicIsCutOffAndAHeaderSaysHowLargeItWas() {
        var source = new RejectedRecord.Source("vedette.samples", 0, 0);
        var own = new RecordHeaders().add("blob", new byte[1 << 20]);

        var written = new RejectedRecord("broken", "", source, new byte[1 << 20], new byte[12 << 20], own)
                .toProducerRecord("vedette.rejected");

        assertThat(written.key()).hasSize(RejectedRecord.MAX_KEY_BYTES);
        assertThat(written.value()).hasSize(RejectedRecord.MAX_BYTES - RejectedRecord.MAX_KEY_BYTES);
        assertThat(written.headers().lastHeader("blob")).isNull();
        assertThat(written.headers().lastHeader("vedette-full-key-bytes").value())
                .isEqualTo("1048576".getBytes(UTF_8));
        assertThat(written.headers().lastHeader("vedette-full-value-bytes").value())
                .isEqualTo("12582912".getBytes(UTF_8));
        assertThat(written.headers().lastHeader("vedette-full-headers-bytes").value())
                .isEqualTo("1048596".getBytes(UTF_8));
    }

    @Test
    void aLongDetailIsCutOff() {
        var source = new RejectedRecord.Source("vedette.samples", 0, 0);
        var written = new RejectedRecord("broken", "x".repeat(5000), source, null, null, List.of())
                .toProducerRecord("vedette.rejected");
        assertThat(written.headers().lastHeader("vedette-detail").value()).hasSize(1000);
    }
}
