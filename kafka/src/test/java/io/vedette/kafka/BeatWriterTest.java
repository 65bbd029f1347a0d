package io.vedette.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class BeatWriterTest {
    private static final String TOPIC = "vedette.samples";
    private static final int PARTITIONS = 3;
    private static final String TOLD =
            "No beat can be written to vedette.samples-1: as long as Kafka takes none, what falls silent is not noticed";

    private final MockProducer<byte[], byte[]> producer = new MockProducer<>(
            cluster(), false, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
    private final BeatWriter beats = new BeatWriter(producer, TOPIC);
    private final Logger logger = (Logger) LoggerFactory.getLogger(BeatWriter.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    private static Cluster cluster() {
        Node broker = new Node(0, "127.0.0.1", 9092);
        Node[] replicas = {broker};
        List<PartitionInfo> partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new PartitionInfo(TOPIC, partition, broker, replicas, replicas))
                .toList();
        return new Cluster("test", List.of(broker), partitions, Set.of(), Set.of());
    }

    @BeforeEach
    void listen() {
        log.start();
        logger.setAdditive(false);
        logger.addAppender(log);
    }

    @AfterEach
    void close() {
        logger.detachAppender(log);
        logger.setAdditive(true);
        beats.close();
    }

    private void beat(int times, Set<Integer> lost) {
        for (int i = 0; i < times; i++) {
            beats.beat();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                assertThat(
                                lost.contains(partition)
                                        ? producer.errorNext(new TimeoutException("expired"))
                                        : producer.completeNext())
                        .isTrue();
            }
        }
    }

    private List<String> told() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void aPartitionThatTakesNoneIsToldThoughTheOthersTakeThem() {
        beat(9, Set.of(1));
        assertThat(told()).isEmpty();

        beat(20, Set.of(1));
        assertThat(told()).containsExactly(TOLD);
        assertThat(beats.failed()).isEqualTo(29);
        assertThat(beats.sent()).isEqualTo(58);
    }

    @Test
    void someThatAreLostNowAndThenAreNotTold() {
        for (int i = 0; i < 5; i++) {
            beat(9, Set.of(0, 1, 2));
            beat(1, Set.of());
        }
        assertThat(told()).isEmpty();
    }

    @Test
    void whatIsLostAnewAfterAllWasWellIsToldAnew() {
        beat(10, Set.of(1));
        beat(1, Set.of());
        beat(10, Set.of(1, 2));

        assertThat(told()).containsExactly(TOLD, TOLD);
    }

    @Test
    void aTopicOfWhichNothingIsKnownIsToldAsAWhole() {
        producer.partitionsForException = new TimeoutException("no metadata");
        for (int i = 0; i < 12; i++) {
            beats.beat();
        }
        assertThat(told()).containsExactly(TOLD.replace("samples-1", "samples"));
        assertThat(beats.failed()).isEqualTo(12);
    }
}
