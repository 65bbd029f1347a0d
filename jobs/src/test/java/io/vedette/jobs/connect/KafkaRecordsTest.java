package io.vedette.jobs.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.jobs.derive.Rejected;
import io.vedette.jobs.derive.SampleRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KafkaRecordsTest {
    private static final byte[] VALUE = {1, 2};

    @Test
    void takesIntervalAndClockOffsetFromTheHeaders() {
        SampleRecord record = read(bytes("a:1"), VALUE, "5000", "-250");

        assertThat(record.key()).isEqualTo("a:1");
        assertThat(record.value()).isEqualTo(VALUE);
        assertThat(record.appendMillis()).isEqualTo(77);
        assertThat(record.intervalMillis()).isEqualTo(5000);
        assertThat(record.clockOffsetMillis()).isEqualTo(-250);
        assertThat(record.partition()).isEqualTo(3);
    }

    @Test
    void takesARecordWithoutKeyValueAndSensibleHeaders() {
        SampleRecord record = read(null, null, "soon", "99999999999999999999");

        assertThat(record.key()).isEmpty();
        assertThat(record.value()).isEmpty();
        assertThat(record.intervalMillis()).isZero();
        assertThat(record.clockOffsetMillis()).isZero();
        assertThat(read(bytes("a:1"), VALUE, "-5000", "0").intervalMillis()).isZero();
    }

    @Test
    @SuppressWarnings("NullAway") // the writer needs neither context nor timestamp
    void rejectsARecordAsItCameWithItsReason() {
        RejectedWriter writer = new RejectedWriter("vedette.rejected", "vedette.samples");

        ProducerRecord<byte[], byte[]> record =
                writer.serialize(new Rejected("a:1", VALUE, "key is not the target"), null, null);

        assertThat(record.topic()).isEqualTo("vedette.rejected");
        assertThat(record.key()).isEqualTo(bytes("a:1"));
        assertThat(record.value()).isEqualTo(VALUE);
        assertThat(new String(record.headers().lastHeader("vedette-reason").value(), StandardCharsets.UTF_8))
                .isEqualTo("key-is-not-the-target");
        assertThat(new String(
                        record.headers().lastHeader("vedette-source-topic").value(), StandardCharsets.UTF_8))
                .isEqualTo("vedette.samples");
    }

    private static SampleRecord read(
            byte @Nullable [] key, byte @Nullable [] value, String interval, String clockOffset) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("interval", bytes(interval));
        headers.add("clock-offset", bytes(clockOffset));
        List<SampleRecord> read = new ArrayList<>();
        new SampleRecordReader()
                .deserialize(
                        new ConsumerRecord<>(
                                "t",
                                3,
                                9,
                                77,
                                TimestampType.LOG_APPEND_TIME,
                                -1,
                                -1,
                                key,
                                value,
                                headers,
                                Optional.empty()),
                        new ListCollector<>(read));
        return read.get(0);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
