package io.vedette.cli.config;

import io.vedette.kafka.KafkaSettings;
import io.vedette.kafka.SaslLogin;
import io.vedette.model.yaml.YamlValue;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/** Reads {@code kafka:}. */
final class KafkaConfiguration {
    private static final Set<String> KEYS = Set.of("bootstrap", "topic_prefix", "sasl", "tls_config", "properties");
    private static final Set<String> SASL_KEYS = Set.of("mechanism", "username", "password", "password_file");
    private static final Set<String> TLS_KEYS = Set.of("ca_file", "cert_file", "key_file", "key_password_file");
    private static final String PEM = "PEM";

    private KafkaConfiguration() {}

    static KafkaSettings read(YamlValue value) {
        Section kafka = new Section(value, KEYS);
        YamlValue bootstrap = kafka.required("bootstrap");
        Section.at(bootstrap, () -> KafkaSettings.of(bootstrap.string()));
        Optional<SaslLogin> login = kafka.section("sasl", SASL_KEYS).map(KafkaConfiguration::login);
        Optional<Section> tls = kafka.section("tls_config", TLS_KEYS);
        Map<String, String> properties = new LinkedHashMap<>();
        Map<String, Path> secrets = new LinkedHashMap<>();
        properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol(login.isPresent(), tls.isPresent()).name);
        tls.ifPresent(section -> addTls(section, properties, secrets));
        kafka.get("properties").ifPresent(further -> further.mapping()
                .forEach((name, property) -> properties.put(name, property.string())));
        KafkaSettings settings = kafka.build(() -> new KafkaSettings(
                bootstrap.string(), kafka.string("topic_prefix").orElse(""), properties, secrets, login));
        return kafka.build(() -> readable(settings));
    }

    private static SaslLogin login(Section sasl) {
        return sasl.build(() -> new SaslLogin(
                SaslLogin.Mechanism.of(sasl.required("mechanism").string()),
                sasl.required("username").string(),
                sasl.string("password"),
                sasl.path("password_file")));
    }

    private static SecurityProtocol protocol(boolean sasl, boolean tls) {
        if (sasl) {
            return tls ? SecurityProtocol.SASL_SSL : SecurityProtocol.SASL_PLAINTEXT;
        }
        return tls ? SecurityProtocol.SSL : SecurityProtocol.PLAINTEXT;
    }

    private static void addTls(Section tls, Map<String, String> properties, Map<String, Path> secrets) {
        tls.path("ca_file").ifPresent(file -> {
            properties.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, PEM);
            secrets.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, file);
        });
        Optional<Path> certificate = tls.path("cert_file");
        Optional<Path> key = tls.path("key_file");
        if (certificate.isPresent() != key.isPresent()) {
            throw tls.mistake("cert_file and key_file belong together: give both or neither");
        }
        certificate.ifPresent(file -> {
            properties.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, PEM);
            secrets.put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, file);
        });
        key.ifPresent(file -> secrets.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, file));
        tls.path("key_password_file").ifPresent(file -> secrets.put(SslConfigs.SSL_KEY_PASSWORD_CONFIG, file));
    }

    /** Secrets are read when clients are made, long after the start: what is missing is told now. */
    private static KafkaSettings readable(KafkaSettings settings) {
        try {
            var unused = settings.admin("vedette");
            return settings;
        } catch (UncheckedIOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
