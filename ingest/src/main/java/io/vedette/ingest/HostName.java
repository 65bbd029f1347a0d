package io.vedette.ingest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of the machine, as its users know it. */
final class HostName {
    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private HostName() {}

    /** What the kernel says, since it asks no name server; else what Java finds; never empty. */
    static String ofThisMachine() {
        String name = ofKernel();
        return name.isEmpty() ? ofJava() : name;
    }

    private static String ofKernel() {
        try {
            return Files.readString(KERNEL).strip();
        } catch (IOException notLinux) {
            return "";
        }
    }

    private static String ofJava() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
