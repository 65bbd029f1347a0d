package io.vedette.jobs.connect;

import io.vedette.jobs.derive.Rejected;
import io.vedette.jobs.derive.SampleRecord;
import io.vedette.jobs.life.AlertStateChange;
import io.vedette.kafka.KafkaSettings;
import io.vedette.kafka.StartAt;
import io.vedette.kafka.Topics;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.frame.Frame;
import java.util.Properties;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;

/** The ends of both jobs at Kafka. Sinks write at least once: what repeats after a crash carries the ids that it had. */
public final class KafkaEnds {
    /** Consumer group of the derive job; offsets are committed with its checkpoints. */
    static final String DERIVE_GROUP = "vedette-derive";
    /** Consumer group of the detect job. */
    static final String DETECT_GROUP = "vedette-detect";

    private final KafkaSettings settings;
    private final Topics topics;

    public KafkaEnds(KafkaSettings settings) {
        this.settings = settings;
        this.topics = settings.topics();
    }

    /** Samples from a time on, Unix milliseconds, where the job has no state that knows better. */
    public KafkaSource<SampleRecord> samples(long fromMillis) {
        return source(topics.samples(), DERIVE_GROUP, fromMillis, new SampleRecordReader());
    }

    /** Frames from a time on, likewise; what is no frame goes to {@code vedette.rejected} by {@link FrameDecoder}. */
    KafkaSource<Tuple2<String, byte[]>> frames(long fromMillis) {
        return source(topics.frames(), DETECT_GROUP, fromMillis, new FrameRecordReader());
    }

    KafkaSink<Frame> frameSink(String suffix) {
        return sink(DERIVE_GROUP + suffix, new FrameWriter(topics.frames()));
    }

    KafkaSink<AlertEvent> alertSink() {
        return sink(DETECT_GROUP + "-alerts", new AlertWriter(topics.alerts()));
    }

    KafkaSink<AlertStateChange> stateSink() {
        return sink(DETECT_GROUP + "-states", new StateWriter(topics.states()));
    }

    /**
     * Records that a job could not use.
     *
     * @param job the group of the job that rejects
     */
    KafkaSink<Rejected> rejectedSink(String job, String sourceTopic) {
        return sink(settings.rejectedProducer(job + "-rejected"), new RejectedWriter(topics.rejected(), sourceTopic));
    }

    private <T> KafkaSource<T> source(
            String topic, String group, long fromMillis, KafkaRecordDeserializationSchema<T> reader) {
        return KafkaSource.<T>builder()
                .setProperties(settings.consumer(group, StartAt.EARLIEST))
                .setClientIdPrefix(group)
                .setTopics(topic)
                .setStartingOffsets(new SinceTime(fromMillis))
                .setDeserializer(reader)
                .build();
    }

    private <T> KafkaSink<T> sink(String clientId, KafkaRecordSerializationSchema<T> writer) {
        return sink(settings.producer(clientId), writer);
    }

    private <T> KafkaSink<T> sink(Properties producer, KafkaRecordSerializationSchema<T> writer) {
        return KafkaSink.<T>builder()
                .setBootstrapServers(settings.bootstrap())
                .setKafkaProducerConfig(producer)
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(writer)
                .build();
    }
}
