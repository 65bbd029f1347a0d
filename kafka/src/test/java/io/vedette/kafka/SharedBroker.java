package io.vedette.kafka;

import io.vedette.kafka.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One embedded broker for all test classes of the run. Each class gets {@link KafkaSettings} with a prefix of its own, and the topics
 * under it.
 */
final class SharedBroker implements BeforeAllCallback, ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SharedBroker.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        // Builds run on busy machines; a wait that succeeds takes no longer for it.
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        KafkaSettings settings = settings(context);
        try (var admin = Admin.create(settings.admin("test"))) {
            new TopicSetup(admin, settings.topics(), Deployment.EMBEDDED, Duration.ofSeconds(30)).createAndCheck();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == KafkaSettings.class;
    }

    @Override
    public KafkaSettings resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return settings(context);
    }

    private static KafkaSettings settings(ExtensionContext context) {
        Running running = context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent("broker", key -> new Running(), Running.class);
        String prefix = context.getRequiredTestClass().getSimpleName() + ".";
        return new KafkaSettings(running.broker.bootstrap(), prefix, Map.of(), Map.of());
    }

    private static final class Running implements AutoCloseable {
        private final Path directory;
        private final EmbeddedBroker broker;

        Running() {
            try {
                directory = Files.createTempDirectory("vedette-kafka");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            broker = EmbeddedBroker.start(directory, 0, (status, message) -> {});
        }

        @Override
        public void close() throws IOException {
            broker.close();
            try (var files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
