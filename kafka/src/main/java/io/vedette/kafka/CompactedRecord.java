package io.vedette.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The newest word on a key of a compacted topic. The array is not copied and must not be changed.
 */
public final class CompactedRecord {
    private static final Pattern DELETION = Pattern.compile("\\s*\\{\\s*\"deleted\"\\s*:\\s*true\\s*}\\s*");
    private static final int MAX_DELETION_BYTES = 100;

    private final String key;
    private final byte @Nullable [] value;
    private final ConsumerRecord<byte[], byte[]> source;

    private CompactedRecord(String key, byte @Nullable [] value, ConsumerRecord<byte[], byte[]> source) {
        this.key = key;
        this.value = value;
        this.source = source;
    }

    /** A value of null and the JSON {@code {"deleted": true}} both are deletions. */
    static CompactedRecord of(ConsumerRecord<byte[], byte[]> record) {
        byte[] key = record.key();
        byte[] value = record.value();
        return new CompactedRecord(key == null ? "" : new String(key, UTF_8), isDeletion(value) ? null : value, record);
    }

    private static boolean isDeletion(byte @Nullable [] value) {
        return value == null
                || (value.length <= MAX_DELETION_BYTES
                        && DELETION.matcher(new String(value, UTF_8)).matches());
    }

    /** The key, read as UTF-8. */
    public String key() {
        return key;
    }

    /** True when the key no longer has a value. */
    public boolean deleted() {
        return value == null;
    }

    /** The value, or null when {@link #deleted}. */
    public byte @Nullable [] value() {
        return value;
    }

    /** The record as Kafka gave it, for {@link RejectedRecord#of}. */
    public ConsumerRecord<byte[], byte[]> source() {
        return source;
    }
}
