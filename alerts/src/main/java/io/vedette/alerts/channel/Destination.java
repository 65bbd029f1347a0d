package io.vedette.alerts.channel;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where a channel's alerts go. */
public sealed interface Destination {
    /** The word under {@code type}. */
    String word();

    /**
     * The machines that are spoken to.
     *
     * @throws IOException when an address can't be read; the message doesn't repeat it
     */
    List<String> hosts() throws IOException;

    private static List<String> hosts(List<Address> addresses) throws IOException {
        List<String> hosts = new ArrayList<>();
        for (Address address : addresses) {
            hosts.add(address.uri().getHost());
        }
        return hosts;
    }

    /** What a webhook's body looks like. */
    enum Format {
        /** Alertmanager's webhook payload, version 4. */
        ALERTMANAGER,
        /** A JSON array of alert events as they stand on the topic. */
        VEDETTE
    }

    /** {@code type: webhook}: a URL that is told of each change once. */
    record Webhook(Address address, Format format) implements Destination {
        @Override
        public String word() {
            return "webhook";
        }

        @Override
        public List<String> hosts() throws IOException {
            return Destination.hosts(List.of(address));
        }
    }

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

        @Override
        public String word() {
            return "alertmanager";
        }

        @Override
        public List<String> hosts() throws IOException {
            return Destination.hosts(servers);
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

    /** One whose messages people read. */
    sealed interface Chat extends Destination {
        Wording wording();
    }

    /** {@code type: slack} with an incoming webhook: each message stands alone. */
    record SlackWebhook(Address address, Wording wording) implements Chat {
        @Override
        public String word() {
            return "slack";
        }

        @Override
        public List<String> hosts() throws IOException {
            return Destination.hosts(List.of(address));
        }
    }

    /**
     * {@code type: slack} with a bot's token, which is the channel's authorization: an alert's message is changed as the alert changes.
     *
     * @param api where Slack's methods are, ending in a slash
     * @param conversation id of the conversation to post to, such as {@code C0123456789}
     */
    record SlackBot(URI api, String conversation, Wording wording) implements Chat {
        /** Where Slack's methods are. */
        public static final URI API = URI.create("https://slack.com/api/");

        @Override
        public String word() {
            return "slack";
        }

        @Override
        public List<String> hosts() {
            return List.of(api.getHost());
        }
    }

    /** {@code type: feishu}: a custom bot of a group. */
    record Feishu(Address address, Optional<Secret> secret, Wording wording) implements Chat {
        @Override
        public String word() {
            return "feishu";
        }

        @Override
        public List<String> hosts() throws IOException {
            return Destination.hosts(List.of(address));
        }
    }

    /** {@code type: dingtalk}: a custom robot of a group. */
    record DingTalk(Address address, Optional<Secret> secret, Wording wording) implements Chat {
        @Override
        public String word() {
            return "dingtalk";
        }

        @Override
        public List<String> hosts() throws IOException {
            return Destination.hosts(List.of(address));
        }
    }

    /** {@code type: wecom}: a robot of a group. */
    record WeCom(Address address, Wording wording) implements Chat {
        @Override
        public String word() {
            return "wecom";
        }

        @Override
        public List<String> hosts() throws IOException {
            return Destination.hosts(List.of(address));
        }
    }

    /**
     * {@code type: email}.
     *
     * @param from an address that has been checked
     * @param to addresses that have been checked; at least one
     */
    record Email(MailServer server, String from, List<String> to, Wording wording) implements Chat {
        public Email {
            to = List.copyOf(to);
        }

        @Override
        public String word() {
            return "email";
        }

        @Override
        public List<String> hosts() {
            return List.of(server.host());
        }
    }
}
