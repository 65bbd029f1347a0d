package io.vedette.cli.config;

import io.vedette.alerts.GatewaySettings;
import io.vedette.kafka.broker.EmbeddedBroker;
import io.vedette.model.yaml.YamlValue;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;

/**
 * Where servers listen: each part's own {@code /metrics}, and the embedded Kafka.
 *
 * @param metrics of {@code up} and of the gateway
 * @param kafka port on 127.0.0.1; 0 for a free one
 */
public record Listen(
        InetSocketAddress metrics,
        InetSocketAddress agent,
        InetSocketAddress derive,
        InetSocketAddress detect,
        int kafka) {
    private static final Set<String> KEYS = Set.of("metrics", "agent", "derive", "detect", "kafka");
    private static final int AGENT_PORT = 9781;
    private static final int DERIVE_PORT = 9782;
    private static final int DETECT_PORT = 9783;
    private static final int HIGHEST_PORT = 65_535;

    static Listen read(Section file) {
        Optional<Section> listen = file.section("listen", KEYS);
        return new Listen(
                address(listen, "metrics").orElse(GatewaySettings.DEFAULT_LISTEN),
                address(listen, "agent").orElseGet(() -> loopback(AGENT_PORT)),
                address(listen, "derive").orElseGet(() -> loopback(DERIVE_PORT)),
                address(listen, "detect").orElseGet(() -> loopback(DETECT_PORT)),
                value(listen, "kafka")
                        .map(port -> port.integer(0, HIGHEST_PORT))
                        .orElse(EmbeddedBroker.DEFAULT_PORT));
    }

    private static Optional<InetSocketAddress> address(Optional<Section> listen, String key) {
        return value(listen, key).map(ListenAddress::read);
    }

    private static Optional<YamlValue> value(Optional<Section> listen, String key) {
        return listen.flatMap(section -> section.get(key));
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
