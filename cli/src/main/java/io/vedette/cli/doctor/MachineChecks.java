package io.vedette.cli.doctor;

import io.vedette.cli.config.Configuration;
import io.vedette.cli.up.DataFolder;
import io.vedette.cli.up.Ports;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What {@code up} needs of this machine: Java, ports, disk. */
final class MachineChecks {
    private static final int JAVA = 17;
    private static final long MEBIBYTE = 1L << 20;
    /** Less than this and Kafka may have to stop within hours. */
    private static final long LEAST_DISK = 1024 * MEBIBYTE;
    /** What the embedded Kafka may keep of a fleet at most, roughly. */
    private static final long AMPLE_DISK = 8 * 1024 * MEBIBYTE;

    private final Configuration configuration;

    MachineChecks(Configuration configuration) {
        this.configuration = configuration;
    }

    List<Finding> all() {
        return List.of(
                java(), disk(), configuration.kafka().map(KafkaCheck::of).orElseGet(this::kafkaPort), metricsPort());
    }

    private static Finding java() {
        int version = Runtime.version().feature();
        String detail = "Java " + Runtime.version();
        return version == JAVA
                ? Finding.ok("java", detail)
                : Finding.fault("java", detail, "set JAVA_HOME to a JDK 17, with which Vedette is tested");
    }

    private Finding disk() {
        Path data = configuration.data().toAbsolutePath();
        Path existing = data;
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            return Finding.fault(
                    "disk", existing + " is no folder that can be written", "mend that, or choose another with --data");
        }
        // Not Files.getFileStore, which wants to find the mount point: in a chroot there may be none.
        long free = existing.toFile().getUsableSpace();
        String detail = data + ": " + free / MEBIBYTE + " MiB free";
        if (free < LEAST_DISK) {
            return Finding.fault("disk", detail, "make room, or choose another disk with --data");
        }
        return free < AMPLE_DISK
                ? Finding.warning("disk", detail, "enough for a few replicas; a fleet may need 8 GiB")
                : Finding.ok("disk", detail);
    }

    private Finding kafkaPort() {
        return port(
                "kafka port",
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), configuration.listen().kafka()),
                "kafka");
    }

    private Finding metricsPort() {
        return port("metrics port", configuration.gateway().listen(), "metrics");
    }

    private Finding port(String check, InetSocketAddress address, String key) {
        if (Ports.isFree(address)) {
            return Finding.ok(check, Ports.text(address) + " is free");
        }
        if (DataFolder.isInUse(configuration.data())) {
            return Finding.ok(
                    check, Ports.text(address) + " is in use by the vedette that runs on " + configuration.data());
        }
        return Finding.fault(
                check,
                Ports.text(address) + " is in use",
                "`ss -ltnp 'sport = :" + address.getPort() + "'` shows by whom; stop that, or set listen: {" + key
                        + ": PORT}");
    }
}
