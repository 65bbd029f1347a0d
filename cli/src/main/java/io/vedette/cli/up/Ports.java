package io.vedette.cli.up;

import io.vedette.cli.UserMistake;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Looks at ports before anything is started that takes seconds. */
public final class Ports {
    private Ports() {}

    /** Whether this process could listen there; 0 is always free. */
    public static boolean isFree(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
            return true;
        } catch (IOException ignored) {
            return false;
        }
    }

    static void requireFree(InetSocketAddress address, String key) {
        if (!isFree(address)) {
            throw new UserMistake("cannot listen on " + text(address)
                    + ": another vedette may run there (`ss -ltnp 'sport = :"
                    + address.getPort() + "'` shows it); stop it, or set another port in the configuration, listen: {"
                    + key + ": PORT}");
        }
    }

    /** What is told of an address on which nobody can listen. */
    static UserMistake unusable(InetSocketAddress address, IOException cause) {
        return new UserMistake("cannot listen on " + address + " (" + cause.getMessage() + ')', cause);
    }

    /** {@code HOST:PORT}. */
    public static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ':' + address.getPort();
    }
}
