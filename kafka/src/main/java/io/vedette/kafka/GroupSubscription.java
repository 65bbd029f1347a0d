package io.vedette.kafka;

import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * What a {@link GroupReader} reads.
 *
 * @param group the consumer group, under whose name offsets are committed
 * @param member this process's lasting name within the group: a restarted process with the same name takes its partitions back at
 *     once, where the group would otherwise wait for the dead one's session (45 s) to end. Two live processes must not share one
 * @param topics full names, see {@link Topics}
 * @param start where a new group begins
 * @param maxBatch the most records that the handler gets at once, at least 1
 */
public record GroupSubscription(String group, String member, List<String> topics, StartAt start, int maxBatch) {
    public GroupSubscription {
        if (group.isBlank() || member.isBlank() || topics.isEmpty()) {
            throw new IllegalArgumentException(
                    "group, member and topics must not be empty: " + group + ", " + member + ", " + topics);
        }
        if (!(maxBatch >= 1)) {
            throw new IllegalArgumentException("maxBatch must be at least 1: " + maxBatch);
        }
        topics = List.copyOf(topics);
    }

    Properties properties(KafkaSettings settings) {
        Properties properties = settings.consumer(group, start);
        properties.setProperty(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, member);
        properties.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(maxBatch));
        properties.setProperty(
                ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, Long.toString(GroupReader.MAX_HANDLING.toMillis()));
        return properties;
    }
}
