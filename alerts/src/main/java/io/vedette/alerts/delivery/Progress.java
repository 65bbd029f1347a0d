package io.vedette.alerts.delivery;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** How far a channel has come on a topic. Thread-safe. */
final class Progress {
    private final Map<Integer, Long> nextOffsets = new ConcurrentHashMap<>();

    /** These records are at hand, and none of them is done. */
    void begins(List<ConsumerRecord<byte[], byte[]>> records) {
        for (int i = records.size() - 1; i >= 0; i--) {
            nextOffsets.put(records.get(i).partition(), records.get(i).offset());
        }
    }

    /** These records are done. */
    void ends(List<ConsumerRecord<byte[], byte[]>> records) {
        records.forEach(record -> nextOffsets.put(record.partition(), record.offset() + 1));
    }

    /** How many records another one has done, and this one has not. */
    long behind(Progress other) {
        long records = 0;
        for (Map.Entry<Integer, Long> mine : nextOffsets.entrySet()) {
            records += Math.max(0, other.nextOffsets.getOrDefault(mine.getKey(), 0L) - mine.getValue());
        }
        return records;
    }
}
