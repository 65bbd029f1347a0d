package io.vedette.cli.config;

import io.vedette.model.yaml.YamlValue;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a server listens: {@code PORT} on 127.0.0.1, or {@code HOST:PORT}. */
final class ListenAddress {
    private static final Pattern FORM = Pattern.compile("(?:(.+):)?(\\d{1,5})");
    private static final int MAX_PORT = 65_535;

    private ListenAddress() {}

    static InetSocketAddress read(YamlValue value) {
        Matcher matcher = FORM.matcher(value.string());
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > MAX_PORT) {
            throw value.mistake("'" + value.string() + "' is no address to listen on; write a port such as 9780, or"
                    + " HOST:PORT such as 0.0.0.0:9780");
        }
        int port = Integer.parseInt(matcher.group(2));
        String host = matcher.group(1);
        try {
            InetAddress address = host == null ? InetAddress.getLoopbackAddress() : InetAddress.getByName(host);
            return new InetSocketAddress(address, port);
        } catch (UnknownHostException e) {
            throw value.mistake("host '" + host + "' is not known; write an address of this machine, or 0.0.0.0");
        }
    }
}
