package io.vedette.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A record that cannot be used, as it came, and why. On {@code vedette.rejected} the reason and the origin follow its own headers.
 * The arrays are not copied and must not be changed.
 */
public final class RejectedRecord {
    /** Header: the reason, one word for machines. */
    public static final String REASON_HEADER = "vedette-reason";
    /** Header: the reason in a sentence. */
    public static final String DETAIL_HEADER = "vedette-detail";
    /** Header: the topic that the record came from. */
    public static final String TOPIC_HEADER = "vedette-source-topic";
    /** Header: the partition that the record came from, in decimal. */
    public static final String PARTITION_HEADER = "vedette-source-partition";
    /** Header: the record's offset there, in decimal. */
    public static final String OFFSET_HEADER = "vedette-source-offset";

    private static final Pattern REASON = Pattern.compile("[a-z][a-z0-9_-]{0,39}");
    private static final int MAX_DETAIL_CHARS = 1000;

    private final String reason;
    private final String detail;
    private final Source source;
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final List<Header> headers;

    /**
     * @param reason a word from a small fixed set, since it becomes a metric's label: lower-case letters, digits, {@code _ -}
     * @param detail a sentence for people; what exceeds 1000 characters is cut off
     * @param headers the record's own headers
     */
    public RejectedRecord(
            String reason,
            String detail,
            Source source,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Iterable<Header> headers) {
        if (!REASON.matcher(reason).matches()) {
            throw new IllegalArgumentException("reason must be one lower-case word: \"" + reason + "\"");
        }
        this.reason = reason;
        this.detail = detail.length() <= MAX_DETAIL_CHARS ? detail : detail.substring(0, MAX_DETAIL_CHARS);
        this.source = source;
        this.key = key;
        this.value = value;
        this.headers = List.of(new RecordHeaders(headers).toArray());
    }

    /** The record that a consumer read, rejected. */
    public static RejectedRecord of(ConsumerRecord<byte[], byte[]> record, String reason, String detail) {
        return new RejectedRecord(
                reason,
                detail,
                new Source(record.topic(), record.partition(), record.offset()),
                record.key(),
                record.value(),
                record.headers());
    }

    public String reason() {
        return reason;
    }

    /** The record to write. It carries no timestamp, so it is kept from when it was rejected, however old it is. */
    public ProducerRecord<byte[], byte[]> toProducerRecord(String rejectedTopic) {
        var all = new RecordHeaders(headers);
        all.add(REASON_HEADER, reason.getBytes(UTF_8));
        all.add(DETAIL_HEADER, detail.getBytes(UTF_8));
        all.add(TOPIC_HEADER, source.topic.getBytes(UTF_8));
        all.add(PARTITION_HEADER, Integer.toString(source.partition).getBytes(UTF_8));
        all.add(OFFSET_HEADER, Long.toString(source.offset).getBytes(UTF_8));
        return new ProducerRecord<>(rejectedTopic, null, null, key, value, all);
    }

    @Override
    public String toString() {
        return reason + " at " + source.topic + "-" + source.partition + "@" + source.offset + ": " + detail;
    }

    /** About how many bytes of heap the record holds. */
    long sizeBytes() {
        long size = 512 + 2L * detail.length() + (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
        for (Header header : headers) {
            size += 64 + header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return size;
    }

    /**
     * Where a record came from.
     *
     * @param partition its partition, -1 where it is not known
     * @param offset its offset, -1 where it is not known
     */
    public record Source(String topic, int partition, long offset) {}
}
