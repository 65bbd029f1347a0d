package io.vedette.ingest.scrape;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Base64;

/** What a target wants to see in the {@code Authorization} header, as in Prometheus' {@code authorization} and {@code basic_auth}. */
public sealed interface Credentials {
    /**
     * The header's value, secrets read anew.
     *
     * @throws IOException when a secret's file cannot be read or holds what no header can carry; the message never shows the secret
     */
    String header() throws IOException;

    /** None. */
    record None() implements Credentials {
        @Override
        public String header() {
            return "";
        }
    }

    /**
     * A type and a token.
     *
     * @param type such as {@code Bearer}, Prometheus' default
     */
    record Authorization(String type, Secret credentials) implements Credentials {
        /** Prometheus' default type. */
        public static final String BEARER = "Bearer";

        public Authorization {
            if (type.isBlank() || !type.equals(type.strip())) {
                throw new IllegalArgumentException("authorization.type must be a word such as Bearer: '" + type + "'");
            }
            if (type.equalsIgnoreCase("basic")) {
                throw new IllegalArgumentException("authorization.type must not be Basic; use basic_auth instead");
            }
        }

        @Override
        public String header() throws IOException {
            String secret = credentials.read();
            // A line feed in a header would be a header of its own.
            if (!secret.chars().allMatch(c -> c >= ' ' && c != 0x7f && c <= 0xff)) {
                throw new IOException("credentials " + credentials + " hold characters that no HTTP header may have");
            }
            return type + ' ' + secret;
        }
    }

    /** HTTP basic authentication, in UTF-8. */
    record Basic(String username, Secret password) implements Credentials {
        public Basic {
            if (username.indexOf(':') >= 0) {
                throw new IllegalArgumentException("basic_auth.username must not have a colon: '" + username + "'");
            }
        }

        @Override
        public String header() throws IOException {
            String pair = username + ':' + password.read();
            return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
        }
    }
}
