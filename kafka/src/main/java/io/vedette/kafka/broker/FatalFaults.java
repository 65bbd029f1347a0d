package io.vedette.kafka.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.server.fault.FaultHandler;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what would end the process into a call of the {@link FatalListener}. Kafka ends processes in two ways: through fault
 * handlers, which it lets us provide, and through {@link Exit}, whose procedures are static. Those are replaced for the rest of the
 * process's life, and report to the broker that was started last.
 */
final class FatalFaults implements FaultHandlerFactory {
    private static final Logger logger = LoggerFactory.getLogger(FatalFaults.class);

    private final Path directory;
    private final FatalListener listener;
    private final AtomicBoolean reported = new AtomicBoolean();

    FatalFaults(Path directory, FatalListener listener) {
        this.directory = directory;
        this.listener = listener;
    }

    void replaceExitProcedures() {
        Exit.setExitProcedure((status, message) -> report(status, message, null));
        Exit.setHaltProcedure((status, message) -> report(status, message, null));
    }

    /** After this nothing is reported: the broker is being closed, or its failed start is told by an exception. */
    void silence() {
        reported.set(true);
    }

    @Override
    public FaultHandler build(String name, boolean fatal, Runnable action) {
        if (!fatal) {
            return new LoggingFaultHandler(name, action);
        }
        return (message, cause) -> {
            action.run();
            report(1, name + ": " + message, cause);
            return new IllegalStateException(message, cause);
        };
    }

    private void report(int status, @Nullable String message, @Nullable Throwable cause) {
        if (!reported.compareAndSet(false, true)) {
            return;
        }
        String text = "the embedded Kafka has stopped" + (message == null ? "" : " (" + message + ")")
                + (cause == null ? "" : ": " + cause) + "; its data is in " + directory + ", with " + freeSpace()
                + " free on that disk. Make room or mend the disk, then start again";
        // The listener tells the user.
        logger.warn(text, cause);
        var thread = new Thread(() -> listener.onFatal(status, text), "vedette-broker-fatal");
        thread.setDaemon(true);
        thread.start();
    }

    private String freeSpace() {
        try {
            return (Files.getFileStore(directory).getUsableSpace() >> 20) + " MiB";
        } catch (IOException e) {
            return "an unknown amount";
        }
    }
}
