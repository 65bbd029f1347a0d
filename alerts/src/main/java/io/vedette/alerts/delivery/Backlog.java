package io.vedette.alerts.delivery;

import static java.util.stream.Collectors.toMap;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What consumer groups have before them on a topic when the gateway starts.
 *
 * @param ends the first offset behind it, of each partition
 * @param begins the first offset that one of the groups has not done; none for a partition that all of them have done
 */
record Backlog(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> begins) {
    Backlog {
        ends = Map.copyOf(ends);
        begins = Map.copyOf(begins);
    }

    static Backlog upTo(Map<TopicPartition, OffsetAndMetadata> ends) {
        return new Backlog(
                ends.entrySet().stream()
                        .collect(toMap(Map.Entry::getKey, end -> end.getValue().offset())),
                Map.of());
    }

    /** Together with that of another group. */
    Backlog with(Map<TopicPartition, OffsetAndMetadata> committed) {
        Map<TopicPartition, Long> earliest = new HashMap<>(begins);
        ends.forEach((partition, end) -> {
            OffsetAndMetadata next = committed.get(partition);
            if (next != null && next.offset() != end) {
                // Behind the end when the topic was made anew: then the group begins anew too.
                earliest.merge(partition, next.offset() < end ? next.offset() : 0L, Math::min);
            }
        });
        return new Backlog(ends, earliest);
    }

    Set<TopicPartition> partitions() {
        return begins.keySet();
    }

    long begin(TopicPartition partition) {
        return begins.getOrDefault(partition, 0L);
    }

    long end(TopicPartition partition) {
        return ends.getOrDefault(partition, 0L);
    }
}
