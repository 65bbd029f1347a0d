package io.vedette.alerts.channel;

import io.vedette.alerts.channel.MailServer.Tls;
import io.vedette.model.yaml.YamlValue;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads where the alerts of channels go that people read. */
final class ChatConfiguration {
    /** An id as Slack gives them: a conversation, or a person. A name is not enough for changing a message. */
    private static final Pattern SLACK_ID = Pattern.compile("[CGDU][A-Z0-9]{6,}");

    private static final Pattern SMARTHOST = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\s/@]+)(?::([0-9]{1,5}))?");

    /** One address, perhaps with a name before it. What is no address at all is told here; the rest is the server's to judge. */
    private static final Pattern MAIL =
            Pattern.compile("[^\\p{Cntrl}<>]*<[^\\s<>@]+@[^\\s<>@]+>|[^\\s<>@,;]+@[^\\s<>@,;]+");

    private ChatConfiguration() {}

    static Destination slack(Keys channel, Wording usual) {
        boolean bot = channel.hasSecret("token");
        if (bot == channel.hasSecret("url")) {
            throw channel.place()
                    .mistake("give either the url of an incoming webhook, or the token of a bot and a channel");
        }
        if (!bot) {
            for (String key : List.of("channel", "api_url")) {
                channel.get(key).ifPresent(value -> {
                    throw value.mistake("'" + key + "' goes with a bot's token; a webhook posts where it was made for");
                });
            }
            return new Destination.SlackWebhook(DestinationConfiguration.address(channel), wording(channel, usual));
        }
        channel.readableSecret("token");
        YamlValue conversation = channel.required("channel");
        if (!SLACK_ID.matcher(conversation.string()).matches()) {
            throw conversation.mistake("'" + conversation.string()
                    + "' is no id of a channel; write the id such as C0123456789, which stands at the end of the"
                    + " channel's details in Slack");
        }
        return new Destination.SlackBot(
                channel.get("api_url").map(ChatConfiguration::api).orElse(Destination.SlackBot.API),
                conversation.string(),
                wording(channel, usual));
    }

    private static URI api(YamlValue url) {
        String text = url.string();
        try {
            URI uri = URI.create(text.endsWith("/") ? text : text + '/');
            if (uri.getHost() != null
                    && ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw url.mistake("no valid URL; write one such as " + Destination.SlackBot.API);
        }
        throw url.mistake("no http:// or https:// URL with a host; write one such as " + Destination.SlackBot.API);
    }

    static Destination feishu(Keys channel, Wording usual) {
        return new Destination.Feishu(
                DestinationConfiguration.address(channel), channel.optionalSecret("secret"), wording(channel, usual));
    }

    static Destination dingTalk(Keys channel, Wording usual) {
        return new Destination.DingTalk(
                DestinationConfiguration.address(channel), channel.optionalSecret("secret"), wording(channel, usual));
    }

    static Destination weCom(Keys channel, Wording usual) {
        return new Destination.WeCom(DestinationConfiguration.address(channel), wording(channel, usual));
    }

    static Destination email(Keys channel, Wording usual) {
        YamlValue to = channel.required("to");
        List<String> receivers = (to.isSequence() ? to.sequence() : List.of(to))
                .stream().map(ChatConfiguration::mailAddress).toList();
        if (receivers.isEmpty()) {
            throw to.mistake("name at least one address");
        }
        return new Destination.Email(
                mailServer(channel), mailAddress(channel.required("from")), receivers, wording(channel, usual));
    }

    private static MailServer mailServer(Keys channel) {
        YamlValue smarthost = channel.required("smarthost");
        Matcher parts = SMARTHOST.matcher(smarthost.string());
        if (!parts.matches()) {
            throw smarthost.mistake("'" + smarthost.string() + "' is no mail server; write HOST:PORT");
        }
        int port = parts.group(2) == null ? MailServer.DEFAULT_PORT : Integer.parseInt(parts.group(2));
        if (port < 1 || port > 65_535) {
            throw smarthost.mistake(port + " is no port; write one from 1 to 65535");
        }
        Tls tls = channel.word(
                        "tls",
                        Tls::ofWord,
                        Arrays.stream(Tls.values()).map(Tls::word).toList())
                .orElse(port == MailServer.IMPLICIT_TLS_PORT ? Tls.IMPLICIT : Tls.STARTTLS);
        Optional<MailServer.Login> login = login(channel);
        if (tls == Tls.NONE && login.isPresent()) {
            throw channel.required("tls")
                    .mistake("'none' would send the password for everybody to read; write starttls or implicit");
        }
        return new MailServer(
                parts.group(1).replaceAll("[\\[\\]]", ""),
                port,
                tls,
                login,
                channel.get("ca_file").map(ChatConfiguration::readable));
    }

    private static Optional<MailServer.Login> login(Keys channel) {
        Optional<YamlValue> username = channel.get("username");
        if (username.isPresent() != channel.hasSecret("password")) {
            throw channel.place()
                    .mistake("give both username and password (or password_file, password_env), or neither");
        }
        return username.map(name -> new MailServer.Login(name.string(), channel.readableSecret("password")));
    }

    private static Path readable(YamlValue file) {
        Path path = file.path();
        if (!Files.isReadable(path)) {
            throw file.mistake("cannot read " + path);
        }
        return path;
    }

    private static String mailAddress(YamlValue address) {
        if (!MAIL.matcher(address.string()).matches()) {
            throw address.mistake("'" + address.string() + "' is no mail address; write NAME@DOMAIN");
        }
        return address.string();
    }

    private static Wording wording(Keys channel, Wording usual) {
        return WordingConfiguration.read(channel.place(), channel.values(), usual);
    }
}
