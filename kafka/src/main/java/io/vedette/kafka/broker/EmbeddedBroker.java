package io.vedette.kafka.broker;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker and its controller in this process, reachable on 127.0.0.1 only, without security. It keeps everything in one
 * directory and carries on from it after a clean stop as after a kill; after a kill it needs some 2 s more, until the session of its
 * former life has ended.
 *
 * <p>Kafka's static exit procedures are replaced, so that a fault or a full disk never ends the process but reaches the
 * {@link FatalListener}.
 */
public final class EmbeddedBroker implements AutoCloseable {
    /** The port unless told otherwise. */
    public static final int DEFAULT_PORT = 19092;

    private static final Logger logger = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(2);

    private final DataDirectory directory;
    private final LoopbackSockets sockets;
    private final FatalFaults faults;
    private final ControllerServer controller;
    private final BrokerServer broker;
    private final String clusterId;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedBroker(DataDirectory directory, LoopbackSockets sockets, FatalFaults faults) {
        this.directory = directory;
        this.sockets = sockets;
        this.faults = faults;
        KafkaConfig configuration = new KafkaConfig(
                BrokerConfiguration.of(directory.path(), sockets.brokerPort(), sockets.controllerPort()), false);
        var identity = KafkaRaftServer.initializeLogDirs(configuration, logger, "");
        var controllerAddress = InetSocketAddress.createUnresolved(LoopbackSockets.HOST, sockets.controllerPort());
        var shared = new SharedServer(
                configuration,
                identity._1(),
                Time.SYSTEM,
                new Metrics(),
                CompletableFuture.completedFuture(Map.of(BrokerConfiguration.NODE_ID, controllerAddress)),
                List.of(),
                faults,
                sockets);
        this.clusterId = shared.clusterId();
        this.controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), identity._2());
        this.broker = new BrokerServer(shared);
    }

    /**
     * Starts a broker and returns when clients can use it, within about a minute at most.
     *
     * @param dataDirectory where it keeps everything; created and formatted when new
     * @param port where it listens on 127.0.0.1; 0 takes any free port
     * @throws BrokerStartException with a message for the user: the port or the directory is in use, or Kafka failed
     */
    public static EmbeddedBroker start(Path dataDirectory, int port, FatalListener listener) {
        DataDirectory directory = DataDirectory.lock(dataDirectory.toAbsolutePath());
        LoopbackSockets sockets;
        try {
            sockets = new LoopbackSockets(port);
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
        var faults = new FatalFaults(directory.path(), listener);
        EmbeddedBroker embedded = null;
        try {
            directory.formatWhenNew();
            faults.replaceExitProcedures();
            embedded = new EmbeddedBroker(directory, sockets, faults);
            embedded.controller.startup();
            embedded.broker.startup();
            return embedded;
        } catch (RuntimeException | Error e) {
            faults.silence();
            if (embedded == null) {
                sockets.close();
                directory.close();
            } else {
                embedded.close();
            }
            throw startFailure(directory.path(), e);
        }
    }

    private static BrokerStartException startFailure(Path directory, Throwable cause) {
        if (cause instanceof BrokerStartException known) {
            return known;
        }
        return new BrokerStartException(
                "the embedded Kafka did not start on " + directory + ": " + cause
                        + "; check that the disk has room, or begin anew with --fresh",
                cause);
    }

    /** The port on which it listens. */
    public int port() {
        return sockets.brokerPort();
    }

    /** What clients take as {@code bootstrap.servers}. */
    public String bootstrap() {
        return LoopbackSockets.HOST + ":" + port();
    }

    /** The identity that the directory was given when it was formatted. */
    public String clusterId() {
        return clusterId;
    }

    /** Stops the broker, in a second or two, and releases its port and directory. Repeated calls do nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        faults.silence();
        // The broker first: it says good-bye to the controller, so that the next start need not wait for its session.
        quietly("broker", () -> broker.shutdown(SHUTDOWN_TIMEOUT));
        quietly("controller", controller::shutdown);
        sockets.close();
        directory.close();
    }

    private static void quietly(String what, Runnable shutdown) {
        try {
            shutdown.run();
        } catch (RuntimeException | Error e) {
            logger.warn("The embedded Kafka's {} did not stop cleanly", what, e);
        }
    }
}
