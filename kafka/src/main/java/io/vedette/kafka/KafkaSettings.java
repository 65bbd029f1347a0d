package io.vedette.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How to reach Kafka, and from that the properties of each kind of client. Keys and values are bytes everywhere.
 *
 * <p>Secrets are best given as files: they are read each time that properties are made and never kept here. {@link #toString}
 * prints every value whose name tells of a secret as {@code ***}; the {@link Properties} hold them in clear, so never print those.
 *
 * @param bootstrap {@code host:port}, several separated by commas
 * @param topicPrefix stands before each topic's name; see {@link Topics}
 * @param properties further client properties by Kafka's names, such as {@code security.protocol}; those on which Vedette's
 *     guarantees rest ({@code acks}, {@code enable.auto.commit} and the like) are refused
 * @param secretFiles client properties whose values are the contents of files (surrounding white space removed)
 * @param login user and password, where Kafka asks for them
 */
public record KafkaSettings(
        String bootstrap,
        String topicPrefix,
        Map<String, String> properties,
        Map<String, Path> secretFiles,
        Optional<SaslLogin> login) {

    private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^\\s:,\\[\\]]+):(\\d{1,5})");
    private static final Pattern SECRET = Pattern.compile("password|jaas|secret|token|keystore\\.key|credential");

    private static final Set<String> RESERVED = Set.of(
            CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
            CommonClientConfigs.CLIENT_ID_CONFIG,
            CommonClientConfigs.GROUP_ID_CONFIG,
            CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG,
            ProducerConfig.ACKS_CONFIG,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);

    public KafkaSettings {
        for (String address : bootstrap.split(",", -1)) {
            var match = ADDRESS.matcher(address.strip());
            if (!(match.matches() && Integer.parseInt(match.group(2)) <= 65_535)) {
                throw new IllegalArgumentException(
                        "kafka.bootstrap must be host:port, several separated by commas: \"" + bootstrap + "\"");
            }
        }
        topicPrefix = new Topics(topicPrefix).prefix();
        properties = Map.copyOf(properties);
        secretFiles = Map.copyOf(secretFiles);
        properties.keySet().forEach(KafkaSettings::requireSettable);
        secretFiles.keySet().forEach(KafkaSettings::requireSettable);
    }

    /** A Kafka that asks for no login. */
    public KafkaSettings(
            String bootstrap, String topicPrefix, Map<String, String> properties, Map<String, Path> secretFiles) {
        this(bootstrap, topicPrefix, properties, secretFiles, Optional.empty());
    }

    /** A Kafka without security and prefix, such as the embedded one. */
    public static KafkaSettings of(String bootstrap) {
        return new KafkaSettings(bootstrap, "", Map.of(), Map.of());
    }

    /** The names of the topics there. */
    public Topics topics() {
        return new Topics(topicPrefix);
    }

    /**
     * Properties of a producer that loses and repeats nothing while it lives: idempotent, acknowledged by all in-sync replicas,
     * zstd. It collects records for 20 ms. Callers that must not wait for Kafka set {@code max.block.ms} themselves.
     *
     * @throws UncheckedIOException when a secret's file cannot be read
     */
    public Properties producer(String clientId) {
        Properties producer = client(clientId, ProducerConfig.configNames());
        producer.setProperty(ProducerConfig.ACKS_CONFIG, "all");
        producer.setProperty(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        producer.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        producer.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, "20");
        producer.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(64 << 10));
        producer.putIfAbsent(ProducerConfig.BUFFER_MEMORY_CONFIG, Integer.toString(16 << 20));
        producer.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(Topic.MAX_RECORD_BYTES));
        producer.setProperty(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        producer.setProperty(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        return producer;
    }

    /**
     * Properties of a producer to {@code vedette.rejected}: the same, and every {@link RejectedRecord} fits.
     *
     * @throws UncheckedIOException when a secret's file cannot be read
     */
    public Properties rejectedProducer(String clientId) {
        Properties producer = producer(clientId);
        producer.setProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(Topic.MAX_BATCH_BYTES));
        producer.setProperty(ProducerConfig.BUFFER_MEMORY_CONFIG, Integer.toString(8 << 20));
        return producer;
    }

    /**
     * Properties of a consumer in a group that commits by hand. For one that assigns its partitions itself the group only names
     * where offsets are committed.
     *
     * @throws UncheckedIOException when a secret's file cannot be read
     */
    public Properties consumer(String group, StartAt start) {
        Properties consumer = reader(group, start);
        consumer.setProperty(ConsumerConfig.GROUP_ID_CONFIG, group);
        return consumer;
    }

    /**
     * Properties of a consumer without a group, which assigns its partitions itself and commits nothing.
     *
     * @throws UncheckedIOException when a secret's file cannot be read
     */
    public Properties reader(String clientId, StartAt start) {
        Properties reader = client(clientId, ConsumerConfig.configNames());
        reader.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        reader.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, start.offsetReset());
        reader.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        reader.setProperty(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        reader.setProperty(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        return reader;
    }

    /**
     * Properties of an admin client.
     *
     * @throws UncheckedIOException when a secret's file cannot be read
     */
    public Properties admin(String clientId) {
        return client(clientId, AdminClientConfig.configNames());
    }

    private Properties client(String clientId, Set<String> known) {
        var client = new Properties();
        properties.forEach((key, value) -> {
            if (known.contains(key)) {
                client.setProperty(key, value);
            }
        });
        secretFiles.forEach((key, file) -> {
            if (known.contains(key)) {
                client.setProperty(key, secret(key, file));
            }
        });
        login.ifPresent(as -> {
            client.setProperty(SaslConfigs.SASL_MECHANISM, as.mechanism().word());
            client.setProperty(SaslConfigs.SASL_JAAS_CONFIG, as.jaas());
        });
        client.setProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        client.setProperty(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        // Each part shows its own metrics; a set of MBeans per client costs start-up time and memory for nobody.
        client.putIfAbsent(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        client.putIfAbsent(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, "false");
        return client;
    }

    private static String secret(String key, Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("kafka: cannot read " + key + " from " + file + ": " + e, e);
        }
    }

    private static void requireSettable(String key) {
        if (RESERVED.contains(key)) {
            throw new IllegalArgumentException("kafka: " + key + " is set by Vedette; remove it");
        }
        if (!ProducerConfig.configNames().contains(key)
                && !ConsumerConfig.configNames().contains(key)
                && !AdminClientConfig.configNames().contains(key)) {
            throw new IllegalArgumentException("kafka: no Kafka client has a property \"" + key + "\"");
        }
    }

    @Override
    public String toString() {
        var shown = new TreeMap<String, String>();
        properties.forEach((key, value) ->
                shown.put(key, SECRET.matcher(key.toLowerCase(Locale.ROOT)).find() ? "***" : value));
        return "KafkaSettings[bootstrap=" + bootstrap + ", topicPrefix=" + topicPrefix + ", properties=" + shown
                + ", secretFiles=" + new TreeSet<>(secretFiles.keySet())
                + login.map(as -> ", login=" + as).orElse("") + "]";
    }
}
