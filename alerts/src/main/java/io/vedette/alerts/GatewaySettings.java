package io.vedette.alerts;

import io.vedette.alerts.channel.ChannelSettings;
import io.vedette.alerts.exposition.DerivedSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * What the gateway does.
 *
 * @param listen where {@code /metrics} is served; port 0 for any free one
 * @param channels that are told of alerts; none is fine
 * @param derived what is shown of the derived series
 * @param version Vedette's own, for {@code vedette_build_info}
 */
public record GatewaySettings(
        InetSocketAddress listen, List<ChannelSettings> channels, DerivedSettings derived, String version) {
    /** Where {@code /metrics} is served unless something else is said. */
    public static final InetSocketAddress DEFAULT_LISTEN =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 9780);

    public GatewaySettings {
        channels = List.copyOf(channels);
        if (channels.stream().map(ChannelSettings::name).distinct().count() != channels.size()) {
            throw new IllegalArgumentException("two channels have the same name");
        }
    }

    /** Settings with everything but channels and version at its default. */
    public static GatewaySettings of(List<ChannelSettings> channels, String version) {
        return new GatewaySettings(DEFAULT_LISTEN, channels, DerivedSettings.DEFAULT, version);
    }
}
