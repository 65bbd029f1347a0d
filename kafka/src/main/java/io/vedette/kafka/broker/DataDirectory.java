package io.vedette.kafka.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/** The embedded broker's directory: locked while the broker runs, formatted as a Kafka log directory when it is new. */
final class DataDirectory implements AutoCloseable {
    private static final String LOCK_FILE = "vedette.lock";

    private final Path path;
    private final FileChannel lockChannel;

    private DataDirectory(Path path, FileChannel lockChannel) {
        this.path = path;
        this.lockChannel = lockChannel;
    }

    /** Creates the directory where it is missing, and locks it against other processes and other brokers of this one. */
    static DataDirectory lock(Path path) {
        FileChannel channel = null;
        try {
            Files.createDirectories(path);
            channel = FileChannel.open(path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new DataDirectory(path, channel);
            }
        } catch (OverlappingFileLockException ignored) {
            // Held by this process: the same answer as when another one holds it.
        } catch (IOException e) {
            close(channel);
            throw new BrokerStartException(
                    "the embedded Kafka cannot use the directory " + path + " (" + e
                            + "): make it writable or choose another with --data",
                    e);
        }
        close(channel);
        throw new BrokerStartException(
                "the embedded Kafka's directory " + path
                        + " is in use by another vedette: stop that one or choose another directory with --data",
                null);
    }

    Path path() {
        return path;
    }

    /** Writes a new cluster's identity where there is none yet; an existing one is kept. */
    void formatWhenNew() {
        if (Files.exists(path.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
            return;
        }
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setNodeId(BrokerConfiguration.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .addDirectory(path.toString())
                    .setMetadataLogDirectory(path.toString())
                    .setControllerListenerName(BrokerConfiguration.CONTROLLER_LISTENER)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    // Share and streams groups have coordinators of their own, which nobody here would use.
                    .setFeatureLevel(Feature.SHARE_VERSION.featureName(), (short) 0)
                    .setFeatureLevel(Feature.STREAMS_VERSION.featureName(), (short) 0)
                    .run();
        } catch (Exception e) {
            throw new BrokerStartException("the embedded Kafka cannot write to " + path + ": " + e, e);
        }
    }

    /** Unlocks the directory. */
    @Override
    public void close() {
        close(lockChannel);
    }

    private static void close(@Nullable FileChannel channel) {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException ignored) {
            // The file is empty; its lock goes with the process at the latest.
        }
    }
}
