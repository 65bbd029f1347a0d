package io.vedette.alerts.channel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What a channel's requests carry in the header {@code Authorization}, as in Prometheus' configuration. */
public sealed interface Authorization {
    /**
     * The header's value.
     *
     * @throws IOException when a secret's file can't be read
     */
    String header() throws IOException;

    /**
     * {@code authorization:} a scheme and its credentials.
     *
     * @param scheme such as {@code Bearer}
     */
    record Token(String scheme, Secret credentials) implements Authorization {
        @Override
        public String header() throws IOException {
            return scheme + ' ' + credentials.reveal();
        }
    }

    /** {@code basic_auth:} user name and password. */
    record Basic(String username, Secret password) implements Authorization {
        @Override
        public String header() throws IOException {
            byte[] pair = (username + ':' + password.reveal()).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(pair);
        }
    }
}
