package io.vedette.alerts.channel;

import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.NearestName;
import io.vedette.model.yaml.YamlValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code alerts: channels:} of {@code vedette.yaml}. */
public final class ChannelConfiguration {
    private ChannelConfiguration() {}

    /**
     * Reads a list of channels. Files of secrets must be readable now; their paths are relative to the configuration's folder.
     *
     * @param usual how messages are worded where a channel says nothing else
     * @throws ConfigurationException for anything that is not as it should be; URLs and secrets are not repeated
     */
    public static List<ChannelSettings> readAll(YamlValue channels, Wording usual) {
        List<ChannelSettings> settings = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (YamlValue channel : channels.sequence()) {
            ChannelSettings read = read(channel, usual);
            if (!names.add(read.name())) {
                throw channel.mistake("there are two channels '" + read.name() + "'; give each a name of its own");
            }
            settings.add(read);
        }
        return settings;
    }

    private static ChannelSettings read(YamlValue channel, Wording usual) {
        ChannelType type = type(channel);
        Keys keys = Keys.of(channel, type.keys());
        String name = keys.required("name").string();
        Destination destination = type.reader().apply(keys, usual);
        try {
            return new ChannelSettings(
                    name,
                    destination,
                    authorization(keys, destination),
                    keys.get("matchers").map(ChannelConfiguration::matchers).orElse(List.of()),
                    keys.get("timeout").map(YamlValue::duration).orElse(ChannelSettings.DEFAULT_TIMEOUT),
                    keys.get("max_wait").map(YamlValue::duration).orElse(ChannelSettings.DEFAULT_MAX_WAIT));
        } catch (IllegalArgumentException e) {
            throw channel.mistake(message(e));
        }
    }

    /** The type comes first, since it decides which keys there are. A misspelt key is named before a missing type. */
    private static ChannelType type(YamlValue channel) {
        YamlValue type = Keys.of(channel, ChannelType.allKeys()).required("type");
        return ChannelType.ofWord(type.string())
                .orElseThrow(() -> type.mistake(
                        "unknown type '" + type.string() + "'" + NearestName.hint(type.string(), ChannelType.words())));
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

    private static Optional<Authorization> authorization(Keys channel, Destination destination) {
        if (destination instanceof Destination.SlackBot) {
            return Optional.of(readable(
                    channel.placeOfSecret("token"), new Authorization.Token("Bearer", channel.secret("token"))));
        }
        Optional<YamlValue> token = channel.get("authorization");
        Optional<YamlValue> basic = channel.get("basic_auth");
        if (token.isPresent() && basic.isPresent()) {
            throw channel.place().mistake("give authorization or basic_auth, not both");
        }
        return token.map(ChannelConfiguration::token).or(() -> basic.map(ChannelConfiguration::basic));
    }

    private static Authorization token(YamlValue token) {
        Keys keys = Keys.of(token, Keys.union(List.of(Set.of("type"), Keys.ofSecret("credentials"))));
        String scheme = keys.get("type").map(YamlValue::string).orElse("Bearer");
        return readable(token, new Authorization.Token(scheme, keys.secret("credentials")));
    }

    private static Authorization basic(YamlValue basic) {
        Keys keys = Keys.of(basic, Keys.union(List.of(Set.of("username"), Keys.ofSecret("password"))));
        return readable(basic, new Authorization.Basic(keys.required("username").string(), keys.secret("password")));
    }

    private static Authorization readable(YamlValue place, Authorization authorization) {
        try {
            authorization.header();
            return authorization;
        } catch (IOException e) {
            throw place.mistake(message(e));
        }
    }

    private static String message(Exception e) {
        return String.valueOf(e.getMessage());
    }
}
