package io.vedette.alerts.channel;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** Where a channel's alerts go. */
public sealed interface Destination {
    /** What a webhook's body looks like. */
    enum Format {
        /** Alertmanager's webhook payload, version 4. */
        ALERTMANAGER,
        /** A JSON array of alert events as they stand on the topic. */
        VEDETTE
    }

    /** {@code type: webhook}: a URL that is told of each change once. */
    record Webhook(Address address, Format format) implements Destination {}

    /**
     * {@code type: alertmanager}: Alertmanagers that know of each other or not; each gets everything.
     *
     * @param servers at least one; the URLs under which people see them, without {@code /api/v2}
     */
    record Alertmanager(List<Address> servers) implements Destination {
        private static final String ALERTS = "/api/v2/alerts";

        public Alertmanager {
            servers = List.copyOf(servers);
            if (servers.isEmpty()) {
                throw new IllegalArgumentException("an alertmanager channel needs a server");
            }
        }

        /**
         * Where a server takes alerts.
         *
         * @throws IOException when its URL's file can't be read, or it is no URL of a server; the message doesn't repeat it
         */
        public static URI alerts(Address server) throws IOException {
            URI uri = server.uri();
            String path = uri.getRawPath().replaceAll("/+$", "");
            if (uri.getRawQuery() != null || uri.getRawFragment() != null || path.matches(".*/api/v[0-9]+(/.*)?")) {
                throw new IOException("more than the server's URL; leave " + ALERTS + " and anything after it out");
            }
            return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + path + ALERTS);
        }
    }
}
