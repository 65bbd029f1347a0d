package io.vedette.alerts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vedette.kafka.Deployment;
import io.vedette.kafka.KafkaSettings;
import io.vedette.kafka.TopicSetup;
import io.vedette.kafka.Topics;
import io.vedette.kafka.broker.EmbeddedBroker;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.AlertJson;
import io.vedette.model.yaml.YamlValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/consume.md} has to copy, run as it stands there. */
class ConsumeDocumentIT {
    private static final Path DOCS = Path.of("..", "docs");
    /** What both programs print of a story that has been written twice, as after a crash. */
    private static final List<String> TOLD = List.of(
            "firing warning queue-slow " + Stories.FIRING.summary(),
            "firing critical queue-blocked " + Stories.CHANGED.summary(),
            "resolved critical queue-blocked " + Stories.RESOLVED.summary());

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void write() throws Exception {
        broker = EmbeddedBroker.start(folder.resolve("kafka"), 0, (status, message) -> {});
        KafkaSettings kafka = new KafkaSettings(broker.bootstrap(), "", Map.of(), Map.of());
        try (Admin admin = Admin.create(kafka.admin("test"));
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(kafka.producer("test"))) {
            new TopicSetup(admin, kafka.topics(), Deployment.EMBEDDED, GatewayFixture.SOON).createAndCheck();
            for (AlertEvent event : List.of(Stories.FIRING, Stories.FIRING, Stories.CHANGED, Stories.RESOLVED)) {
                producer.send(new ProducerRecord<>("vedette.alerts", AlertJson.write(event)))
                        .get();
            }
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void theProgramInJavaReadsEachChangeOnce() throws Exception {
        Path source = Files.writeString(folder.resolve("Alerts.java"), block("java"));

        assertPrints(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                source.toString()));
    }

    /** Needs {@code pip install kafka-python[zstd]}; without it there is nothing to run. */
    @Test
    void theProgramInPythonReadsEachChangeOnce() throws Exception {
        String python = System.getProperty("vedette.python", "python3");
        assumeTrue(ends(python, "-c", "import kafka, zstandard"), "kafka-python with zstd is not installed");
        Path source = Files.writeString(folder.resolve("alerts.py"), block("python"));

        assertPrints(List.of(python, source.toString()));
    }

    /** Needs Debian's {@code kcat} and {@code jq}. */
    @Test
    void theCommandShowsTheNewest() throws Exception {
        assumeTrue(ends("kcat", "-V") && ends("jq", "--version"), "kcat or jq is not installed");
        String command = block("sh").replace("127.0.0.1:19092", broker.bootstrap());
        Process shell = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .start();
        String printed = new String(shell.getInputStream().readAllBytes(), UTF_8);

        assertThat(printed.lines().toList()).hasSize(4).last().asString().contains("resolved\tcritical\tqueue-blocked");
    }

    @Test
    void theAsyncApiDocumentNamesTheTopicsAndTheirSchemas() throws IOException {
        YamlValue document =
                YamlValue.read(DOCS.resolve("schema/asyncapi.yaml")).orElseThrow();
        Topics topics = new Topics("");

        assertThat(text(document, "channels", "alerts", "address")).isEqualTo(topics.alerts());
        assertThat(text(document, "channels", "states", "address")).isEqualTo(topics.states());
        for (String message : List.of("alertEvent", "alertState")) {
            String schema = text(document, "components", "messages", message, "payload", "schema", "$ref");
            JsonNode read = new JsonMapper()
                    .readTree(Files.readString(DOCS.resolve("schema").resolve(schema)));
            assertThat(read.path("title").asText())
                    .isEqualTo(text(document, "components", "messages", message, "title"));
        }
    }

    private static String text(YamlValue document, String... keys) {
        YamlValue value = document;
        for (String key : keys) {
            value = Objects.requireNonNull(value.mapping().get(key), key);
        }
        return value.string();
    }

    private static void assertPrints(List<String> command) throws IOException, InterruptedException {
        Path printed = Files.createTempFile(folder, "printed", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(printed.toFile());
        builder.redirectError(printed.resolveSibling("errors.txt").toFile());
        builder.environment().put("BOOTSTRAP", broker.bootstrap());
        Process program = builder.start();
        try {
            await().atMost(GatewayFixture.SOON.multipliedBy(2))
                    .until(() ->
                            !program.isAlive() || Files.readAllLines(printed).size() >= TOLD.size());
        } finally {
            program.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        assertThat(Files.readAllLines(printed))
                .as(Files.readString(printed.resolveSibling("errors.txt")))
                .isEqualTo(TOLD);
    }

    private static boolean ends(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String block(String language) throws IOException {
        Matcher block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(DOCS.resolve("consume.md")));
        assertThat(block.find()).as(language).isTrue();
        // Each its own, or the second would find all of it read.
        return block.group(1).replace("my-reader", "my-reader-" + language);
    }
}
