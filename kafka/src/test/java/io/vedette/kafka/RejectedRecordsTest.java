package io.vedette.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RejectedRecordsTest {
    private static final RejectedRecord RECORD = new RejectedRecord(
            "refused-alert", "HTTP 400", new RejectedRecord.Source("vedette.alerts", 0, 7), null, null, List.of());

    private final MockProducer<byte[], byte[]> producer = new MockProducer<>(
            false, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
    private final RejectedRecords rejected = new RejectedRecords(producer, "vedette.rejected");
    private final ExecutorService caller = Executors.newSingleThreadExecutor();

    @AfterEach
    void close() {
        caller.shutdownNow();
        rejected.close();
    }

    @Test
    void parkingReturnsOnlyWhenKafkaHasTheRecord() throws Exception {
        Future<?> parking = park();
        await().until(() -> producer.history().size() == 1);
        assertThat(parking.isDone()).isFalse();
        assertThat(rejected.countsByReason()).isEmpty();

        producer.completeNext();

        parking.get();
        assertThat(rejected.countsByReason()).isEqualTo(Map.of("refused-alert", 1L));
        assertThat(rejected.lost()).isZero();
    }

    @Test
    void parkingFailsWhenKafkaDoesNotTakeTheRecord() {
        Future<?> parking = park();
        await().until(() -> producer.history().size() == 1);
        producer.errorNext(new TimeoutException("too slow"));
        assertThatThrownBy(parking::get).hasCauseInstanceOf(KafkaAccessException.class);

        producer.sendException = new TimeoutException("no metadata");
        assertThatThrownBy(() -> rejected.park(RECORD))
                .isInstanceOf(KafkaAccessException.class)
                .hasMessageContaining("could not be set aside in vedette.rejected");
        assertThat(rejected.countsByReason()).isEmpty();
    }

    private Future<?> park() {
        return caller.submit(() -> {
            rejected.park(RECORD);
            return null;
        });
    }
}
