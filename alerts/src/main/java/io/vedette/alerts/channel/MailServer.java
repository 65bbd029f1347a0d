package io.vedette.alerts.channel;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A server that takes mail.
 *
 * @param login empty for a server that asks for none
 * @param authorities a PEM file of the certificates that its own may be signed by; empty for those that Java trusts
 */
public record MailServer(String host, int port, Tls tls, Optional<Login> login, Optional<Path> authorities) {
    public static final int DEFAULT_PORT = 587;
    /** The port on which TLS begins at once. */
    public static final int IMPLICIT_TLS_PORT = 465;

    /** How the connection is made private. */
    public enum Tls {
        /** By the command STARTTLS, which the server must know. */
        STARTTLS("starttls"),
        /** From the first byte. */
        IMPLICIT("implicit"),
        /** Not at all. */
        NONE("none");

        private final String word;

        Tls(String word) {
            this.word = word;
        }

        /** The word in the configuration. */
        public String word() {
            return word;
        }

        static Optional<Tls> ofWord(String word) {
            return Arrays.stream(values()).filter(tls -> tls.word.equals(word)).findFirst();
        }
    }

    /** What a user is known by. */
    public record Login(String username, Secret password) {}

    public MailServer {
        if (tls == Tls.NONE && login.isPresent()) {
            throw new IllegalArgumentException(
                    "tls: none would send the password for everybody to read; write tls: starttls or implicit");
        }
    }
}
