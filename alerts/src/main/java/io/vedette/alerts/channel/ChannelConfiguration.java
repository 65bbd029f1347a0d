package io.vedette.alerts.channel;

import io.vedette.alerts.channel.Destination.Format;
import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.NearestName;
import io.vedette.model.yaml.YamlValue;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code alerts: channels:} of {@code vedette.yaml}. */
public final class ChannelConfiguration {
    private static final String WEBHOOK = "webhook";
    private static final String ALERTMANAGER = "alertmanager";

    private static final Set<String> COMMON_KEYS =
            Set.of("name", "type", "url", "url_file", "authorization", "basic_auth", "matchers", "timeout", "max_wait");

    /** What each type knows besides. */
    private static final Map<String, Set<String>> KEYS =
            Map.of(WEBHOOK, Set.of("format"), ALERTMANAGER, Set.of("urls"));

    private ChannelConfiguration() {}

    /**
     * Reads a list of channels. Files of secrets must be readable now; their paths are relative to the configuration's folder.
     *
     * @throws ConfigurationException for anything that is not as it should be; URLs and secrets are not repeated
     */
    public static List<ChannelSettings> readAll(YamlValue channels) {
        List<ChannelSettings> settings = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (YamlValue channel : channels.sequence()) {
            ChannelSettings read = read(channel);
            if (!names.add(read.name())) {
                throw channel.mistake("there are two channels '" + read.name() + "'; give each a name of its own");
            }
            settings.add(read);
        }
        return settings;
    }

    private static ChannelSettings read(YamlValue channel) {
        String type = type(channel);
        Map<String, YamlValue> values = channel.mapping(union(COMMON_KEYS, KEYS.getOrDefault(type, Set.of())));
        String name = required(channel, values, "name").string();
        Destination destination = type.equals(ALERTMANAGER) ? alertmanager(channel, values) : webhook(channel, values);
        try {
            return new ChannelSettings(
                    name,
                    destination,
                    authorization(channel, values),
                    value(values, "matchers")
                            .map(ChannelConfiguration::matchers)
                            .orElse(List.of()),
                    value(values, "timeout").map(YamlValue::duration).orElse(ChannelSettings.DEFAULT_TIMEOUT),
                    value(values, "max_wait").map(YamlValue::duration).orElse(ChannelSettings.DEFAULT_MAX_WAIT));
        } catch (IllegalArgumentException e) {
            throw channel.mistake(message(e));
        }
    }

    /** The type comes first, since it decides which keys there are. A misspelt key is named before a missing type. */
    private static String type(YamlValue channel) {
        Set<String> known = KEYS.values().stream().reduce(COMMON_KEYS, ChannelConfiguration::union);
        YamlValue type = required(channel, channel.mapping(known), "type");
        if (!KEYS.containsKey(type.string())) {
            throw type.mistake("unknown type '" + type.string() + "'"
                    + NearestName.hint(
                            type.string(), KEYS.keySet().stream().sorted().toList()));
        }
        return type.string();
    }

    private static Destination webhook(YamlValue channel, Map<String, YamlValue> values) {
        Address address = new Address(secret(channel, values, "url", "url_file"));
        checked(addressPlace(channel, values), address::uri);
        return new Destination.Webhook(
                address,
                value(values, "format").map(ChannelConfiguration::format).orElse(Format.ALERTMANAGER));
    }

    private static Destination alertmanager(YamlValue channel, Map<String, YamlValue> values) {
        Optional<YamlValue> urls = value(values, "urls");
        if (urls.isEmpty()) {
            if (value(values, "url").isEmpty() && value(values, "url_file").isEmpty()) {
                throw channel.mistake("give one of urls, url and url_file");
            }
            Address address = new Address(secret(channel, values, "url", "url_file"));
            checked(addressPlace(channel, values), () -> Destination.Alertmanager.alerts(address));
            return new Destination.Alertmanager(List.of(address));
        }
        if (value(values, "url").isPresent() || value(values, "url_file").isPresent()) {
            throw channel.mistake("give one of urls, url and url_file");
        }
        List<Address> servers = new ArrayList<>();
        Set<URI> seen = new HashSet<>();
        for (YamlValue url : urls.get().sequence()) {
            Address address = new Address(Secret.of(url.string()));
            if (!seen.add(checked(url, () -> Destination.Alertmanager.alerts(address)))) {
                throw url.mistake("this server stands here twice");
            }
            servers.add(address);
        }
        if (servers.isEmpty()) {
            throw urls.get().mistake("name at least one server");
        }
        return new Destination.Alertmanager(servers);
    }

    private static YamlValue addressPlace(YamlValue channel, Map<String, YamlValue> values) {
        return value(values, "url").or(() -> value(values, "url_file")).orElse(channel);
    }

    /** Finds out an address. */
    private interface Resolution {
        URI resolve() throws IOException;
    }

    private static URI checked(YamlValue place, Resolution resolution) {
        try {
            return resolution.resolve();
        } catch (IOException e) {
            throw place.mistake(message(e));
        }
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    private static List<Matcher> matchers(YamlValue matchers) {
        return matchers.sequence().stream().map(ChannelConfiguration::matcher).toList();
    }

    private static Matcher matcher(YamlValue matcher) {
        try {
            return Matcher.parse(matcher.string());
        } catch (IllegalArgumentException e) {
            throw matcher.mistake(message(e));
        }
    }

    private static Format format(YamlValue format) {
        return switch (format.string()) {
            case "alertmanager" -> Format.ALERTMANAGER;
            case "vedette" -> Format.VEDETTE;
            default ->
                throw format.mistake("unknown format '" + format.string() + "'"
                        + NearestName.hint(format.string(), List.of("alertmanager", "vedette")));
        };
    }

    private static Optional<Authorization> authorization(YamlValue channel, Map<String, YamlValue> values) {
        Optional<YamlValue> token = value(values, "authorization");
        Optional<YamlValue> basic = value(values, "basic_auth");
        if (token.isPresent() && basic.isPresent()) {
            throw channel.mistake("give authorization or basic_auth, not both");
        }
        return token.map(ChannelConfiguration::token).or(() -> basic.map(ChannelConfiguration::basic));
    }

    private static Authorization token(YamlValue token) {
        Map<String, YamlValue> values = token.mapping(Set.of("type", "credentials", "credentials_file"));
        String scheme = value(values, "type").map(YamlValue::string).orElse("Bearer");
        return readable(
                token, new Authorization.Token(scheme, secret(token, values, "credentials", "credentials_file")));
    }

    private static Authorization basic(YamlValue basic) {
        Map<String, YamlValue> values = basic.mapping(Set.of("username", "password", "password_file"));
        String username = required(basic, values, "username").string();
        return readable(basic, new Authorization.Basic(username, secret(basic, values, "password", "password_file")));
    }

    private static Authorization readable(YamlValue place, Authorization authorization) {
        try {
            authorization.header();
            return authorization;
        } catch (IOException e) {
            throw place.mistake(message(e));
        }
    }

    private static Secret secret(YamlValue place, Map<String, YamlValue> values, String key, String fileKey) {
        Optional<YamlValue> text = value(values, key);
        Optional<YamlValue> file = value(values, fileKey);
        if (text.isPresent() == file.isPresent()) {
            throw place.mistake("give one of " + key + " and " + fileKey);
        }
        return text.map(value -> Secret.of(value.string()))
                .or(() -> file.map(value -> Secret.inFile(value.path())))
                .orElseThrow();
    }

    private static YamlValue required(YamlValue place, Map<String, YamlValue> values, String key) {
        return value(values, key).orElseThrow(() -> place.mistake("'" + key + "' is missing here"));
    }

    private static Optional<YamlValue> value(Map<String, YamlValue> values, String key) {
        return Optional.ofNullable(values.get(key));
    }

    private static String message(Exception e) {
        return String.valueOf(e.getMessage());
    }
}
