package io.vedette.jobs.connect;

import java.util.Collection;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Begins at the first record of a time on. Unlike Flink's own, it goes on with the oldest record where those that a checkpoint points to have been
 * deleted since: a job that was away for longer than its topic keeps records must not fail for ever.
 */
@SuppressWarnings("deprecation") // Flink's interface still speaks in Kafka's old enum
final class SinceTime implements OffsetsInitializer {
    private static final long serialVersionUID = 1L;

    private final OffsetsInitializer byTime;

    SinceTime(long fromMillis) {
        byTime = OffsetsInitializer.timestamp(fromMillis);
    }

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
        return byTime.getPartitionOffsets(partitions, retriever);
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return OffsetResetStrategy.EARLIEST;
    }
}
