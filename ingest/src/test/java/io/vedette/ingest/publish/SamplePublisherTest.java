package io.vedette.ingest.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class SamplePublisherTest {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final AtomicLong unixMillis = new AtomicLong(1_000_000);
    private final Heard heard = new Heard();

    private static final class Heard implements PublishListener {
        private final AtomicInteger sent = new AtomicInteger();
        private final AtomicInteger letGo = new AtomicInteger();
        private final List<String> refused = new CopyOnWriteArrayList<>();
        private final List<Exception> postponed = new CopyOnWriteArrayList<>();

        @Override
        public void sent() {
            sent.incrementAndGet();
        }

        @Override
        public void letGo(int records) {
            letGo.addAndGet(records);
        }

        @Override
        public void refused(String key, Exception cause) {
            refused.add(key);
        }

        @Override
        public void postponed(Exception cause) {
            postponed.add(cause);
        }
    }

    private static MockProducer<byte[], byte[]> producer(boolean answersAtOnce) {
        return new MockProducer<>(answersAtOnce, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private SamplePublisher publisher(int bufferBytes, MockProducer<byte[], byte[]> producer) {
        return publisher(bufferBytes, List.of(producer));
    }

    private SamplePublisher publisher(int bufferBytes, List<MockProducer<byte[], byte[]>> producers) {
        var remaining = new ArrayDeque<>(producers);
        return new SamplePublisher(remaining::remove, "samples", bufferBytes, unixMillis::get, heard);
    }

    private static OutgoingRecord record(String key, int bytes) {
        return new OutgoingRecord(key, new byte[bytes], INTERVAL);
    }

    private static List<String> keys(MockProducer<byte[], byte[]> producer) {
        return producer.history().stream()
                .map(record -> new String(record.key(), UTF_8))
                .toList();
    }

    private static Map<String, String> headers(ProducerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new TreeMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), UTF_8));
        }
        return headers;
    }

    @Test
    void sendsRecordsInOrderWithTheirHeaders() {
        var producer = producer(true);
        try (SamplePublisher publisher = publisher(1 << 20, producer)) {
            publisher.offer(record("a", 10));
            await().until(() -> heard.sent.get() == 1);
            publisher.offer(new OutgoingRecord("b", new byte[1], Duration.ZERO));
            await().until(() -> heard.sent.get() == 2);
        }

        assertThat(keys(producer)).containsExactly("a", "b");
        assertThat(producer.history().get(0).topic()).isEqualTo("samples");
        assertThat(headers(producer.history().get(0))).containsEntry("interval", "5000");
        assertThat(headers(producer.history().get(1))).doesNotContainKey("interval");
        assertThat(heard.letGo).hasValue(0);
    }

    @Test
    void neverWaitsForKafkaAndKeepsTheNewest() {
        var producer = producer(false);
        try (SamplePublisher publisher = publisher(80_000, producer)) {
            for (int i = 0; i < 100; i++) {
                publisher.offer(record(Integer.toString(i), 10_000 - 202));
            }
            // One is on its way and one in hand, at most; 70,000 bytes may wait.
            await().until(() -> producer.history().size() == 1);
            await().until(() -> publisher.waitingRecords() <= 7);
            assertThat(heard.letGo.get()).isGreaterThanOrEqualTo(91);
            assertThat(publisher.waitingBytes()).isLessThanOrEqualTo(70_000);

            await().until(() -> {
                producer.completeNext();
                return publisher.waitingRecords() == 0 && heard.sent.get() + heard.letGo.get() == 100;
            });
        }

        assertThat(keys(producer)).endsWith("94", "95", "96", "97", "98", "99");
        assertThat(heard.sent.get() + heard.letGo.get()).isEqualTo(100);
    }

    @Test
    void sendsAgainWhatKafkaDidNotAnswer() {
        var producer = producer(false);
        try (SamplePublisher publisher = publisher(1 << 20, producer)) {
            publisher.offer(record("a", 10));
            await().until(() -> producer.errorNext(new TimeoutException("Kafka is away")));
            await().until(() -> producer.history().size() == 2 && producer.completeNext());
        }

        assertThat(keys(producer)).containsExactly("a", "a");
        assertThat(heard.postponed).hasSize(1);
        assertThat(heard.sent).hasValue(1);
        assertThat(heard.letGo).hasValue(0);
    }

    @Test
    void makesAnotherProducerWhenOneIsOfNoUseAnyMore() {
        var first = producer(false);
        var second = producer(true);
        try (SamplePublisher publisher = publisher(1 << 20, List.of(first, second))) {
            publisher.offer(record("a", 10));
            await().until(() -> first.errorNext(new SaslAuthenticationException("the password has changed")));
            publisher.offer(record("b", 10));
            await().until(() -> heard.sent.get() == 2);
        }

        assertThat(first.closed()).isTrue();
        assertThat(keys(second)).contains("a", "b");
    }

    @Test
    void waitsForAProducerThatCannotBeMadeYet() {
        var producer = producer(true);
        var attempts = new AtomicInteger();
        try (SamplePublisher publisher = new SamplePublisher(
                () -> {
                    if (attempts.incrementAndGet() < 3) {
                        throw new IllegalStateException("cannot read the password");
                    }
                    return producer;
                },
                "samples",
                1 << 20,
                unixMillis::get,
                heard)) {
            publisher.offer(record("a", 10));
            await().until(() -> heard.sent.get() == 1);
        }

        assertThat(heard.postponed).hasSize(2);
    }

    @Test
    void givesUpOnlyWhatKafkaNeverTakes() {
        var producer = producer(false);
        try (SamplePublisher publisher = publisher(1 << 20, producer)) {
            publisher.offer(record("huge", 10));
            publisher.offer(record("fine", 10));
            await().until(() -> producer.errorNext(new RecordTooLargeException("too large")));
            await().until(producer::completeNext);
        }

        assertThat(heard.refused).containsExactly("huge");
        assertThat(heard.sent).hasValue(1);
        assertThat(keys(producer)).containsExactly("huge", "fine");
    }

    @Test
    void countsWhatIsLeftAtTheEnd() {
        var producer = producer(false);
        try (SamplePublisher publisher = publisher(80_000, producer)) {
            publisher.offer(record("a", 10_000));
            publisher.offer(record("b", 10_000));
            publisher.offer(record("c", 10_000));
            await().until(() -> producer.history().size() == 1);
        }

        assertThat(heard.letGo.get()).isEqualTo(2);
    }
}
