package io.vedette.kafka.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The two listening sockets of the embedded broker, bound before Kafka starts: a port that is taken is known within a
 * millisecond, and a port chosen by the system cannot be lost to somebody else in between.
 */
final class LoopbackSockets implements ServerSocketFactory, AutoCloseable {
    static final String HOST = "127.0.0.1";

    private final ServerSocketChannel broker;
    private final ServerSocketChannel controller;

    /** @param port of the broker; 0 takes any free one, as the controller's always does */
    LoopbackSockets(int port) {
        broker = bind(port);
        try {
            controller = bind(0);
        } catch (RuntimeException e) {
            close(broker);
            throw e;
        }
    }

    private static ServerSocketChannel bind(int port) {
        ServerSocketChannel channel = null;
        try {
            channel = ServerSocketChannel.open();
            channel.configureBlocking(false);
            return channel.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
        } catch (IOException e) {
            if (channel != null) {
                close(channel);
            }
            throw new BrokerStartException(
                    "the embedded Kafka cannot listen on " + HOST + ":" + port + " (" + e.getMessage()
                            + "): another vedette or Kafka may run there; `ss -ltnp 'sport = :" + port
                            + "'` shows it. Stop it, or choose another port",
                    e);
        }
    }

    int brokerPort() {
        return broker.socket().getLocalPort();
    }

    int controllerPort() {
        return controller.socket().getLocalPort();
    }

    @Override
    public ServerSocketChannel openServerSocket(
            String listenerName, InetSocketAddress address, int backlog, int receiveBufferBytes) {
        return address.getPort() == brokerPort() ? broker : controller;
    }

    @Override
    public void close() {
        close(broker);
        close(controller);
    }

    private static void close(ServerSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException ignored) {
            // A listening socket holds no data; there is nothing to lose and nobody to tell.
        }
    }
}
