package io.vedette.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A record that cannot be used, as it came, and why. On {@code vedette.rejected} the reason and the origin follow its own headers.
 * What is too large for that topic is cut off, and a header says how large it was. The arrays are not copied and must not be changed.
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

    /** Header: how many bytes the value had, in decimal; only where it was cut off. */
    public static final String FULL_VALUE_HEADER = "vedette-full-value-bytes";
    /** Header: how many bytes the key had, in decimal; only where it was cut off. */
    public static final String FULL_KEY_HEADER = "vedette-full-key-bytes";
    /** Header: how many bytes the record's own headers had, in decimal; only where they were left out. */
    public static final String FULL_HEADERS_HEADER = "vedette-full-headers-bytes";

    /** Key, own headers and value together: what a topic accepts, less what is added here, framing, and what compression adds where it saves nothing. */
    static final int MAX_BYTES = Topic.MAX_BATCH_BYTES - (64 << 10);
    /** More than any sensible key, or headers, have; so that there is always room for most of the value. */
    static final int MAX_KEY_BYTES = 512 << 10;

    private static final Pattern REASON = Pattern.compile("[a-z][a-z0-9_-]{0,39}");
    private static final int MAX_DETAIL_CHARS = 1000;

    private final String reason;
    private final String detail;
    private final Source source;
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final List<Header> headers;
    private final RecordHeaders fullSizes = new RecordHeaders();

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
        this.key = cut(key, MAX_KEY_BYTES, FULL_KEY_HEADER);
        this.headers = withoutTooMany(List.of(new RecordHeaders(headers).toArray()));
        this.value = cut(value, MAX_BYTES - length(this.key) - (int) bytes(this.headers), FULL_VALUE_HEADER);
    }

    private byte @Nullable [] cut(byte @Nullable [] bytes, int most, String header) {
        if (length(bytes) <= most) {
            return bytes;
        }
        say(header, length(bytes));
        return Arrays.copyOf(bytes, most);
    }

    private List<Header> withoutTooMany(List<Header> all) {
        long bytes = bytes(all);
        if (bytes <= MAX_KEY_BYTES) {
            return all;
        }
        say(FULL_HEADERS_HEADER, bytes);
        return List.of();
    }

    private void say(String header, long bytes) {
        fullSizes.add(header, Long.toString(bytes).getBytes(UTF_8));
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    /** With what the framing of each may take. */
    private static long bytes(List<Header> headers) {
        long bytes = 0;
        for (Header header : headers) {
            bytes += 16 + header.key().getBytes(UTF_8).length + length(header.value());
        }
        return bytes;
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
        fullSizes.forEach(all::add);
        return new ProducerRecord<>(rejectedTopic, null, null, key, value, all);
    }

    @Override
    public String toString() {
        return reason + " at " + source.topic + "-" + source.partition + "@" + source.offset + ": " + detail;
    }

    /** About how many bytes of heap the record holds. */
    long sizeBytes() {
        return 512 + 2L * detail.length() + length(key) + length(value) + 48L * headers.size() + bytes(headers);
    }

    /**
     * Where a record came from.
     *
     * @param partition its partition, -1 where it is not known
     * @param offset its offset, -1 where it is not known
     */
    public record Source(String topic, int partition, long offset) {}
}
