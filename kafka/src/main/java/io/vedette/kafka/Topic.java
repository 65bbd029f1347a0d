package io.vedette.kafka;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_COMPACT;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_DELETE;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_MS_CONFIG;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * The topics between the parts of Vedette, with their configuration.
 *
 * <p>Records of {@link #SAMPLES} carry the broker's append time: the jobs take their time from it alone.
 */
public enum Topic {
    /** OTLP metrics, one record per scrape of one target, keyed by target; lists of targets; beats. */
    SAMPLES("vedette.samples", 12),
    /** One entity at one tick with its windows, keyed by root (the model, else the node). */
    FRAMES("vedette.frames", 12),
    /** Alert events, keyed by root: the history of all alerts. */
    ALERTS("vedette.alerts", 1),
    /** What is pending or firing now, keyed by fingerprint; compacted. */
    STATES("vedette.states", 1),
    /** What each channel has sent last, keyed by channel and fingerprint; compacted. */
    DELIVERIES("vedette.deliveries", 1),
    /** Records that cannot be used, as they came, with the reason in a header. */
    REJECTED("vedette.rejected", 1);

    /**
     * The largest request that producers send, in bytes before compression: the bound on one record. Topics accept
     * {@link #MAX_BATCH_BYTES}, more by what headers and framing may add, so that any record of ours can also be rejected as it is.
     * Others may write larger ones, above all where they compress well; of these {@link RejectedRecord} keeps what fits.
     */
    public static final int MAX_RECORD_BYTES = 4 << 20;

    static final int MAX_BATCH_BYTES = 5 << 20;

    private final String baseName;
    private final int clusterPartitions;

    Topic(String baseName, int clusterPartitions) {
        this.baseName = baseName;
        this.clusterPartitions = clusterPartitions;
    }

    private @Nullable Kept kept() {
        return switch (this) {
            case SAMPLES -> new Kept(Duration.ofHours(24), Duration.ofHours(1), gibibytes(32), gibibytes(4));
            case FRAMES -> new Kept(Duration.ofHours(24), Duration.ofHours(1), gibibytes(16), gibibytes(2));
            case ALERTS -> new Kept(Duration.ofDays(90), Duration.ofDays(1), gibibytes(4), gibibytes(1));
            case REJECTED -> new Kept(Duration.ofDays(7), Duration.ofDays(1), gibibytes(4), mebibytes(256));
            case STATES, DELIVERIES -> null;
        };
    }

    /** The topic's name without prefix; {@link Topics} knows the full one. */
    public String baseName() {
        return baseName;
    }

    /** True where only the newest record of each key matters. */
    public boolean compacted() {
        return kept() == null;
    }

    /** How many partitions a new topic gets; an existing one may have any number. */
    public int partitions(Deployment deployment) {
        return deployment == Deployment.EMBEDDED ? 1 : clusterPartitions;
    }

    /** The topic's configuration, without what depends on the number of brokers, by Kafka's names. */
    public Map<String, String> configuration(Deployment deployment) {
        var configuration = new TreeMap<String, String>();
        configuration.put(MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_BATCH_BYTES));
        Kept kept = kept();
        if (kept == null) {
            configuration.put(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_COMPACT);
            // Only closed segments are compacted; a long active one would be read in full at each start.
            configuration.put(SEGMENT_MS_CONFIG, millis(Duration.ofHours(1)));
        } else {
            configuration.put(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_DELETE);
            configuration.put(RETENTION_MS_CONFIG, millis(kept.retention));
            configuration.put(RETENTION_BYTES_CONFIG, Long.toString(kept.bytes(deployment)));
            configuration.put(SEGMENT_MS_CONFIG, millis(kept.segment));
        }
        if (this == SAMPLES) {
            configuration.put(MESSAGE_TIMESTAMP_TYPE_CONFIG, TimestampType.LOG_APPEND_TIME.name);
        }
        return Map.copyOf(configuration);
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    private static long gibibytes(long count) {
        return count << 30;
    }

    private static long mebibytes(long count) {
        return count << 20;
    }

    /** How long, and how many bytes of each partition, are kept; whole segments are deleted. */
    private record Kept(Duration retention, Duration segment, long clusterBytes, long embeddedBytes) {
        long bytes(Deployment deployment) {
            return deployment == Deployment.EMBEDDED ? embeddedBytes : clusterBytes;
        }
    }
}
