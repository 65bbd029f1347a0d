package io.vedette.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.cli.UserMistake;
import io.vedette.cli.config.Flags;
import io.vedette.cli.config.PartConfiguration;
import io.vedette.cli.up.SharedKafka;
import io.vedette.kafka.KafkaSettings;
import io.vedette.kafka.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Kafka that wants a password over TLS, reached with what {@code vedette.yaml} says. */
class SecureKafkaIT {
    private static final int LONG_SECONDS = 120;

    @TempDir
    private Path folder;

    @Test
    void isReachedWithAPasswordAndACertificateInFilesAndNotWithoutThem() throws Exception {
        int port = ForkedJava.freePort();
        keytool(
                "-genkeypair",
                List.of("-keyalg", "RSA", "-dname", "CN=broker", "-ext", "san=ip:127.0.0.1", "-storetype", "PKCS12"));
        keytool("-exportcert", List.of("-rfc", "-file", folder.resolve("ca.pem").toString()));
        Path properties = Files.writeString(folder.resolve("server.properties"), """
                node.id=1
                process.roles=broker,controller
                controller.quorum.voters=1@127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=INTERNAL
                listeners=CONTROLLER://127.0.0.1:%1$d,INTERNAL://127.0.0.1:%2$d,CLIENTS://127.0.0.1:%3$d
                advertised.listeners=INTERNAL://127.0.0.1:%2$d,CLIENTS://127.0.0.1:%3$d
                listener.security.protocol.map=CONTROLLER:PLAINTEXT,INTERNAL:PLAINTEXT,CLIENTS:SASL_SSL
                sasl.enabled.mechanisms=SCRAM-SHA-512
                listener.name.clients.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
                ssl.keystore.location=%4$s
                ssl.keystore.type=PKCS12
                ssl.keystore.password=changeit
                log.dirs=%5$s
                offsets.topic.replication.factor=1
                """.formatted(
                        ForkedJava.freePort(),
                        ForkedJava.freePort(),
                        port,
                        folder.resolve("broker.p12"),
                        folder.resolve("logs")));
        try (ForkedJava format = java(
                "format",
                "kafka.tools.StorageTool",
                List.of(
                        "format",
                        "-t",
                        "dmVkZXR0ZS1jb21wb3NlMQ",
                        "-c",
                        properties.toString(),
                        "--add-scram",
                        "SCRAM-SHA-512=[name=ops,password=a\"b]"))) {
            assertThat(format.awaitEnd(LONG_SECONDS)).as(format.output()).isZero();
        }
        Files.writeString(folder.resolve("right"), "a\"b\n");
        Files.writeString(folder.resolve("wrong"), "b\n");

        try (ForkedJava broker = java("kafka", "kafka.Kafka", List.of(properties.toString()))) {
            KafkaSettings right = settings(port, "right", "tls_config: {ca_file: ca.pem}");
            List<String> notices = new ArrayList<>();
            SharedKafka.prepare(right, Set.of(Topic.SAMPLES), notices::add);
            try (var producer = new KafkaProducer<byte[], byte[]>(right.producer("test"))) {
                assertThat(producer.send(new ProducerRecord<>(right.topics().samples(), new byte[0]))
                                .get()
                                .hasOffset())
                        .isTrue();
            }

            assertThatThrownBy(() -> SharedKafka.prepare(
                            settings(port, "wrong", "tls_config: {ca_file: ca.pem}"),
                            Set.of(Topic.SAMPLES),
                            notices::add))
                    .isInstanceOf(UserMistake.class)
                    .hasMessageContaining("Authentication failed");
            assertThatThrownBy(() -> SharedKafka.prepare(
                            settings(port, "right", "tls_config: {}"), Set.of(Topic.SAMPLES), notices::add))
                    .isInstanceOf(UserMistake.class)
                    .hasMessageContaining("SSL handshake failed");
            assertThat(broker.isAlive()).isTrue();
        }
    }

    private KafkaSettings settings(int port, String passwordFile, String tls) throws IOException {
        Path file = Files.writeString(folder.resolve("vedette.yaml"), """
                kafka:
                  bootstrap: "127.0.0.1:%d"
                  sasl: {mechanism: SCRAM-SHA-512, username: ops, password_file: %s}
                  %s
                """.formatted(port, passwordFile, tls));
        return PartConfiguration.Agent.read(new Flags(Optional.of(file), List.of(), List.of(), Optional.empty()))
                .kafka();
    }

    private void keytool(String task, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/keytool",
                task,
                "-alias",
                "broker",
                "-storepass",
                "changeit",
                "-keystore",
                folder.resolve("broker.p12").toString()));
        command.addAll(arguments);
        try (ForkedJava process = ForkedJava.start(folder.resolve("keytool.log"), Map.of(), command)) {
            assertThat(process.awaitEnd(LONG_SECONDS)).as(process.output()).isZero();
        }
    }

    private ForkedJava java(String name, String main, List<String> arguments) throws IOException {
        Path logback = folder.resolve("logback.xml");
        Files.writeString(logback, "<configuration/>");
        return ForkedJava.start(
                folder.resolve(name + ".log"),
                Map.of(),
                ForkedJava.java(
                        ForkedJava.wholeClassPath(),
                        List.of("-Xmx256m", "-Dlogback.configurationFile=" + logback),
                        main,
                        arguments));
    }
}
