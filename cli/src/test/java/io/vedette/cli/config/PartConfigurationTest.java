package io.vedette.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.kafka.KafkaSettings;
import io.vedette.kafka.SaslLogin;
import io.vedette.model.yaml.ConfigurationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartConfigurationTest {
    private static final String KAFKA = "kafka: {bootstrap: \"kafka-1:9092\"}\n";

    @TempDir
    private Path folder;

    @Test
    void readsHowKafkaIsReached() throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "hunter2\n");
        Path ca = Files.writeString(folder.resolve("ca.pem"), "CA\n");
        Path certificate = Files.writeString(folder.resolve("cert.pem"), "CERTIFICATE\n");
        Path key = Files.writeString(folder.resolve("key.pem"), "KEY\n");

        KafkaSettings kafka = PartConfiguration.Agent.read(flags("""
                kafka:
                  bootstrap: "kafka-1:9092,kafka-2:9092"
                  topic_prefix: bj1-
                  sasl: {mechanism: SCRAM-SHA-256, username: ops, password_file: password}
                  tls_config: {ca_file: ca.pem, cert_file: cert.pem, key_file: key.pem}
                  properties: {client.dns.lookup: use_all_dns_ips}
                """)).kafka();

        assertThat(kafka)
                .isEqualTo(new KafkaSettings(
                        "kafka-1:9092,kafka-2:9092",
                        "bj1-",
                        Map.of(
                                "security.protocol", "SASL_SSL",
                                "ssl.truststore.type", "PEM",
                                "ssl.keystore.type", "PEM",
                                "client.dns.lookup", "use_all_dns_ips"),
                        Map.of(
                                "ssl.truststore.certificates", ca,
                                "ssl.keystore.certificate.chain", certificate,
                                "ssl.keystore.key", key),
                        Optional.of(new SaslLogin(
                                SaslLogin.Mechanism.SCRAM_SHA_256, "ops", Optional.empty(), Optional.of(password)))));
    }

    @Test
    void aKafkaWithoutSecurityNeedsItsAddressAlone() throws IOException {
        assertThat(PartConfiguration.Agent.read(flags(KAFKA)).kafka().properties())
                .isEqualTo(Map.of("security.protocol", "PLAINTEXT"));
    }

    @Test
    void eachPartListensOnAPortOfItsOwn() throws IOException {
        Flags flags = flags(KAFKA);

        assertThat(PartConfiguration.Gateway.read(flags, "1").listen()).isEqualTo(loopback(9780));
        assertThat(PartConfiguration.Agent.read(flags).listen()).isEqualTo(loopback(9781));
        assertThat(PartConfiguration.Derive.read(flags).listen()).isEqualTo(loopback(9782));
        assertThat(PartConfiguration.Detect.read(flags).listen()).isEqualTo(loopback(9783));
        assertThat(PartConfiguration.Agent.read(flags(KAFKA + "listen: {agent: 0.0.0.0:1}\n"))
                        .listen())
                .isEqualTo(new InetSocketAddress("0.0.0.0", 1));
    }

    @Test
    void bothJobsCanRunOnOneDataFolder() throws IOException {
        Flags flags = flags(KAFKA + "data: here\n");

        assertThat(PartConfiguration.Derive.read(flags).data()).contains(folder.resolve("here/derive"));
        assertThat(PartConfiguration.Detect.read(flags).data()).contains(folder.resolve("here/detect"));
    }

    @Test
    void aNodeWithAnAgentDoesWithoutTheFilesOfTheOtherParts() throws IOException {
        Flags flags = flags(KAFKA + """
                rules: [elsewhere.yaml]
                alerts: {channels: [{name: ops, type: webhook, url_file: elsewhere}]}
                """);

        assertThat(PartConfiguration.Agent.read(flags).settings().targets()).hasSize(1);
        assertThat(PartConfiguration.Derive.read(flags).settings().windows()).hasSize(3);
        assertThatThrownBy(() -> PartConfiguration.Detect.read(flags))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("elsewhere.yaml");
    }

    @Test
    void saysThatAPartNeedsAKafka() throws IOException {
        Flags flags = flags("data: here\n");

        assertThatThrownBy(() -> PartConfiguration.Agent.read(flags))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(folder.resolve("vedette.yaml") + ":1:1: 'kafka' is missing here: parts that run by"
                        + " themselves meet at a Kafka; add kafka: {bootstrap: \"HOST:9092\"}, or run all of them in one"
                        + " process with `vedette up`");
    }

    @Test
    void namesThePlaceOfAMistakeAboutKafka() throws IOException {
        Map<String, String> mistakes = Map.of(
                "{}", ":1:8: 'bootstrap' is missing here",
                "{bootstrap: kafka}",
                        ":1:20: kafka.bootstrap must be host:port, several separated by commas: \"kafka\"",
                "{bootstrap: \"k:1\", topic_prefix: a b}", ":1:8: topic_prefix may hold only letters, ",
                "{bootstrap: \"k:1\", sasl: {username: u, password: p}}", ":1:33: 'mechanism' is missing here",
                "{bootstrap: \"k:1\", sasl: {mechanism: PLAIN, username: u}}",
                        ":1:33: give one of password and password_file",
                "{bootstrap: \"k:1\", tls_config: {cert_file: c}}", ":1:39: cert_file and key_file belong together",
                "{bootstrap: \"k:1\", tls_config: {ca_file: missing}}",
                        ":1:8: kafka: cannot read ssl.truststore.certificates from " + folder.resolve("missing"),
                "{bootstrap: \"k:1\", properties: {acks: 0}}", ":1:8: kafka: acks is set by Vedette; remove it");
        for (Map.Entry<String, String> mistake : mistakes.entrySet()) {
            Flags flags = flags("kafka: " + mistake.getKey() + "\n");
            assertThatThrownBy(() -> PartConfiguration.Agent.read(flags))
                    .as(mistake.getKey())
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageStartingWith(folder.resolve("vedette.yaml") + mistake.getValue());
        }
    }

    private Flags flags(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("vedette.yaml"), yaml);
        return new Flags(Optional.of(file), List.of(), List.of(), Optional.empty());
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
