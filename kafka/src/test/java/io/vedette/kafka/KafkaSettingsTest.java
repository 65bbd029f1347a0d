package io.vedette.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSettingsTest {
    private static KafkaSettings with(Map<String, String> properties) {
        return new KafkaSettings("kafka-1:9092", "", properties, Map.of());
    }

    @Test
    void producersLoseNothing() {
        assertThat(KafkaSettings.of("kafka-1:9092,kafka-2:9092").producer("agent"))
                .isEqualTo(Map.ofEntries(
                        Map.entry("bootstrap.servers", "kafka-1:9092,kafka-2:9092"),
                        Map.entry("client.id", "agent"),
                        Map.entry("acks", "all"),
                        Map.entry("enable.idempotence", "true"),
                        Map.entry("compression.type", "zstd"),
                        Map.entry("linger.ms", "20"),
                        Map.entry("batch.size", "65536"),
                        Map.entry("buffer.memory", "16777216"),
                        Map.entry("max.request.size", "4194304"),
                        Map.entry("metric.reporters", ""),
                        Map.entry("enable.metrics.push", "false"),
                        Map.entry("key.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer"),
                        Map.entry("value.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer")));
    }

    @Test
    void consumersCommitByHand() {
        assertThat(KafkaSettings.of("kafka-1:9092").consumer("ops", StartAt.LATEST))
                .isEqualTo(Map.ofEntries(
                        Map.entry("bootstrap.servers", "kafka-1:9092"),
                        Map.entry("client.id", "ops"),
                        Map.entry("group.id", "ops"),
                        Map.entry("enable.auto.commit", "false"),
                        Map.entry("auto.offset.reset", "latest"),
                        Map.entry("allow.auto.create.topics", "false"),
                        Map.entry("metric.reporters", ""),
                        Map.entry("enable.metrics.push", "false"),
                        Map.entry("key.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer"),
                        Map.entry(
                                "value.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer")));
    }

    @Test
    void furtherPropertiesReachTheClientsThatKnowThem() {
        var settings = with(Map.of("security.protocol", "SSL", "linger.ms", "50", "fetch.min.bytes", "10"));
        assertThat(settings.producer("a"))
                .containsEntry("security.protocol", "SSL")
                .containsEntry("linger.ms", "50")
                .doesNotContainKey("fetch.min.bytes");
        assertThat(settings.consumer("g", StartAt.EARLIEST))
                .containsEntry("security.protocol", "SSL")
                .containsEntry("fetch.min.bytes", "10")
                .doesNotContainKey("linger.ms");
        assertThat(settings.admin("a")).containsEntry("security.protocol", "SSL");
    }

    @Test
    void secretsComeFromFilesAndAreNeverPrinted(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("key-password"), "hunter2\n");
        var settings = new KafkaSettings(
                "kafka-1:9092", "", Map.of("ssl.truststore.password", "swordfish"), Map.of("ssl.key.password", file));
        assertThat(settings.producer("a"))
                .containsEntry("ssl.key.password", "hunter2")
                .containsEntry("ssl.truststore.password", "swordfish");
        assertThat(settings)
                .hasToString("KafkaSettings[bootstrap=kafka-1:9092, topicPrefix=, "
                        + "properties={ssl.truststore.password=***}, secretFiles=[ssl.key.password]]");
    }

    @Test
    void anUnreadableSecretIsNamedWithItsFile(@TempDir Path folder) {
        var settings =
                new KafkaSettings("kafka-1:9092", "", Map.of(), Map.of("ssl.key.password", folder.resolve("missing")));
        assertThatThrownBy(() -> settings.producer("a"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot read ssl.key.password from " + folder.resolve("missing"));
    }

    @Test
    void whatGuaranteesRestOnCannotBeOverridden() {
        assertThatThrownBy(() -> with(Map.of("acks", "0"))).hasMessage("kafka: acks is set by Vedette; remove it");
        assertThatThrownBy(() -> with(Map.of("enable.auto.commit", "true")))
                .hasMessage("kafka: enable.auto.commit is set by Vedette; remove it");
    }

    @Test
    void aMisspeltPropertyIsNamed() {
        assertThatThrownBy(() -> with(Map.of("securty.protocol", "SSL")))
                .hasMessage("kafka: no Kafka client has a property \"securty.protocol\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "kafka-1", "kafka-1:", "kafka-1:99999", "kafka-1:9092,", "http://kafka-1:9092", "a b:1"})
    void aBootstrapThatIsNoAddressIsNamed(String bootstrap) {
        assertThatThrownBy(() -> KafkaSettings.of(bootstrap))
                .hasMessage("kafka.bootstrap must be host:port, several separated by commas: \"" + bootstrap + "\"");
    }

    @Test
    void ipv6AddressesAreAccepted() {
        try (var admin =
                Admin.create(KafkaSettings.of("[::1]:9092, 127.0.0.1:9092").admin("a"))) {
            assertThat(admin).isNotNull();
        }
    }
}
