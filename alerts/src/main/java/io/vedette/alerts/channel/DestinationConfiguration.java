package io.vedette.alerts.channel;

import io.vedette.alerts.channel.Destination.Format;
import io.vedette.model.yaml.YamlValue;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads where the alerts of channels go that programs read. */
final class DestinationConfiguration {
    private DestinationConfiguration() {}

    static Destination webhook(Keys channel, Wording unused) {
        return new Destination.Webhook(
                address(channel),
                channel.word("format", DestinationConfiguration::format, List.of("alertmanager", "vedette"))
                        .orElse(Format.ALERTMANAGER));
    }

    private static Optional<Format> format(String word) {
        for (Format format : Format.values()) {
            if (format.name().toLowerCase(Locale.ROOT).equals(word)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    static Destination alertmanager(Keys channel, Wording unused) {
        Optional<YamlValue> urls = channel.get("urls");
        if (urls.isPresent() == channel.hasSecret("url")) {
            throw channel.place().mistake("give one of urls, url, url_file and url_env");
        }
        if (urls.isEmpty()) {
            Address address = new Address(channel.secret("url"));
            checked(channel.placeOfSecret("url"), () -> Destination.Alertmanager.alerts(address));
            return new Destination.Alertmanager(List.of(address));
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

    /** The address under {@code url}, {@code url_file} or {@code url_env}. */
    static Address address(Keys channel) {
        Address address = new Address(channel.secret("url"));
        checked(channel.placeOfSecret("url"), address::uri);
        return address;
    }

    /** Finds out an address. */
    private interface Resolution {
        URI resolve() throws IOException;
    }

    private static URI checked(YamlValue place, Resolution resolution) {
        try {
            return resolution.resolve();
        } catch (IOException e) {
            throw place.mistake(String.valueOf(e.getMessage()));
        }
    }
}
