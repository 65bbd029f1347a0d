package io.vedette.alerts.delivery;

import io.vedette.model.alert.AlertEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * An alert event together with the record it was read from.
 *
 * @param source the event as it stands on the topic; not to be changed
 */
public record AlertRecord(AlertEvent event, ConsumerRecord<byte[], byte[]> source) {
    /** The event's JSON; not a copy. */
    public byte[] json() {
        return source.value();
    }
}
