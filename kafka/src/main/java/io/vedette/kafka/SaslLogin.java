package io.vedette.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Who we are to a Kafka that asks: a user name, and a password that stands in the configuration or in a file, which is read whenever a client is made.
 * {@link #toString} does not tell the password.
 *
 * @param password given exactly where {@code passwordFile} is not
 */
public record SaslLogin(Mechanism mechanism, String username, Optional<String> password, Optional<Path> passwordFile) {
    private static final String MODULES = "org.apache.kafka.common.security.";

    /** How the password is shown to be known. Kafka's names have hyphens. */
    public enum Mechanism {
        /** Sends the password itself: for connections with TLS. */
        PLAIN("PLAIN", "plain.PlainLoginModule"),
        SCRAM_SHA_256("SCRAM-SHA-256", "scram.ScramLoginModule"),
        SCRAM_SHA_512("SCRAM-SHA-512", "scram.ScramLoginModule");

        private final String word;
        private final String module;

        Mechanism(String word, String module) {
            this.word = word;
            this.module = module;
        }

        /**
         * The mechanism of Kafka's name.
         *
         * @throws IllegalArgumentException when it is none of ours
         */
        public static Mechanism of(String word) {
            return Arrays.stream(values())
                    .filter(mechanism -> mechanism.word.equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "mechanism is PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512, not '" + word + "'"));
        }

        /** Kafka's name, the value of {@code sasl.mechanism}. */
        public String word() {
            return word;
        }
    }

    public SaslLogin {
        if (username.isBlank()) {
            throw new IllegalArgumentException("username must not be empty");
        }
        if (password.isPresent() == passwordFile.isPresent()) {
            throw new IllegalArgumentException("give one of password and password_file");
        }
    }

    /**
     * The value of {@code sasl.jaas.config}.
     *
     * @throws UncheckedIOException when the password's file cannot be read
     */
    String jaas() {
        return MODULES + mechanism.module + " required username=" + quoted(username) + " password="
                + quoted(password.orElseGet(this::inFile)) + ';';
    }

    private String inFile() {
        Path file = passwordFile.orElseThrow();
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("kafka: cannot read the password from " + file + ": " + e, e);
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public String toString() {
        return "SaslLogin[mechanism=" + mechanism.word + ", username=" + username + ", password=***]";
    }
}
