package io.vedette.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.kafka.SaslLogin.Mechanism;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SaslLoginTest {
    @TempDir
    private Path folder;

    @Test
    void reachesEachClientWithAPasswordThatAFileHolds() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "a \"quoted\\one\"\n");
        SaslLogin login = new SaslLogin(Mechanism.SCRAM_SHA_512, "ops", Optional.empty(), Optional.of(file));
        KafkaSettings settings = new KafkaSettings("k:1", "", Map.of(), Map.of(), Optional.of(login));

        for (var properties :
                List.of(settings.producer("a"), settings.reader("b", StartAt.EARLIEST), settings.admin("c"))) {
            assertThat(properties).containsEntry("sasl.mechanism", "SCRAM-SHA-512");
            assertThat(asKafkaReadsIt(properties.getProperty("sasl.jaas.config")))
                    .isEqualTo(Map.of("username", "ops", "password", "a \"quoted\\one\""));
        }
        assertThat(settings.toString()).contains("ops").doesNotContain("quoted");
    }

    private static Map<String, ?> asKafkaReadsIt(String jaas) {
        List<AppConfigurationEntry> entries = JaasContext.loadClientContext(
                        Map.of("sasl.jaas.config", new Password(jaas)))
                .configurationEntries();
        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).getLoginModuleName())
                .isEqualTo("org.apache.kafka.common.security.scram.ScramLoginModule");
        return entries.get(0).getOptions();
    }

    @Test
    void namesAFileThatCannotBeRead() {
        Path missing = folder.resolve("missing");
        SaslLogin login = new SaslLogin(Mechanism.PLAIN, "ops", Optional.empty(), Optional.of(missing));
        KafkaSettings settings = new KafkaSettings("k:1", "", Map.of(), Map.of(), Optional.of(login));

        assertThatThrownBy(() -> settings.admin("a"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("kafka: cannot read the password from " + missing);
    }

    @Test
    void wantsOnePasswordAndAMechanismThatIsKnown() {
        assertThatThrownBy(() -> new SaslLogin(Mechanism.PLAIN, "ops", Optional.empty(), Optional.empty()))
                .hasMessage("give one of password and password_file");
        assertThatThrownBy(() -> Mechanism.of("scram"))
                .hasMessage("mechanism is PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512, not 'scram'");
    }
}
