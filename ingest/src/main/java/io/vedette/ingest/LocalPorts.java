package io.vedette.ingest;

import io.vedette.ingest.cards.LocalTarget;
import io.vedette.ingest.scrape.TargetSettings;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells targets on this machine by their addresses; no name server is asked. */
final class LocalPorts {
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|\\[[0-9a-fA-F:.]+]");

    private LocalPorts() {}

    static Optional<LocalTarget> of(TargetSettings target) {
        String host = target.url().getHost();
        boolean local = host.equalsIgnoreCase("localhost")
                || host.equals(HostName.ofThisMachine())
                || (LITERAL.matcher(host).matches() && isOurs(host));
        return local ? Optional.of(new LocalTarget(target.name(), target.port())) : Optional.empty();
    }

    private static boolean isOurs(String literal) {
        try {
            InetAddress address = InetAddress.getByName(literal);
            return address.isLoopbackAddress()
                    || address.isAnyLocalAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (UnknownHostException | SocketException e) {
            return false;
        }
    }
}
