package io.vedette.jobs.connect;

import io.vedette.jobs.derive.DeriveTypes;
import io.vedette.jobs.derive.SampleRecord;
import io.vedette.model.sample.SampleHeaders;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Takes records of {@code vedette.samples} as they are; whether their bytes make sense is for the job to see. */
final class SampleRecordReader implements KafkaRecordDeserializationSchema<SampleRecord> {
    private static final long serialVersionUID = 1L;
    private static final byte[] NONE = {};
    private static final int MAX_DIGITS = 18;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<SampleRecord> out) {
        byte[] key = record.key();
        byte[] value = record.value();
        out.collect(new SampleRecord(
                key == null ? "" : new String(key, StandardCharsets.UTF_8),
                value == null ? NONE : value,
                record.timestamp(),
                Math.max(0, number(record.headers().lastHeader(SampleHeaders.INTERVAL))),
                number(record.headers().lastHeader(SampleHeaders.CLOCK_OFFSET)),
                record.partition()));
    }

    /** A header's number; 0, for unknown, where it is missing or none. */
    private static long number(@Nullable Header header) {
        if (header == null || header.value() == null || header.value().length > MAX_DIGITS) {
            return 0;
        }
        try {
            return Long.parseLong(new String(header.value(), StandardCharsets.US_ASCII));
        } catch (NumberFormatException ignored) {
            // A header of somebody else's: the record is still good without it.
            return 0;
        }
    }

    @Override
    public TypeInformation<SampleRecord> getProducedType() {
        return DeriveTypes.SAMPLE;
    }
}
