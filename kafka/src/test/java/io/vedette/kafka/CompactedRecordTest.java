package io.vedette.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompactedRecordTest {
    private static CompactedRecord of(byte[] value) {
        return CompactedRecord.of(new ConsumerRecord<>("states", 0, 7, "k".getBytes(UTF_8), value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"deleted\": true}", "{\"deleted\":true}", " {\n\"deleted\" : true }\n"})
    void theJsonOfADeletionIsADeletion(String value) {
        CompactedRecord record = of(value.getBytes(UTF_8));
        assertThat(record.deleted()).isTrue();
        assertThat(record.value()).isNull();
        assertThat(record.key()).isEqualTo("k");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"deleted\": false}", "{\"id\": 1, \"deleted\": true}", "", "not json"})
    void anythingElseIsAValue(String value) {
        CompactedRecord record = of(value.getBytes(UTF_8));
        assertThat(record.deleted()).isFalse();
        assertThat(record.value()).isEqualTo(value.getBytes(UTF_8));
    }

    @Test
    void aTombstoneIsADeletion() {
        var tombstone = new ConsumerRecord<byte[], byte[]>("states", 0, 7, "k".getBytes(UTF_8), null);
        assertThat(CompactedRecord.of(tombstone).deleted()).isTrue();
    }
}
