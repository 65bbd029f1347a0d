package io.vedette.cli.up;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a run ends: as it was asked to, or since something failed for good, whichever comes first. From then on its parts have so long to stop: all that is
 * on disk survives an end without good-bye, so none may delay it for longer. Thread-safe.
 */
final class Ending {
    private static final Logger logger = LoggerFactory.getLogger(Ending.class);

    private static final int AS_ASKED = 0;
    private static final int FAILED = 1;
    private static final int INTERRUPTED = 130;
    private static final int NOT_YET = -1;

    private final Duration limit;
    private final IntConsumer halt;
    private final PrintWriter err;
    private final AtomicInteger status = new AtomicInteger(NOT_YET);
    private final CountDownLatch begun = new CountDownLatch(1);

    /**
     * An end that has not begun.
     *
     * @param limit how long it may take
     * @param halt ends the process with a status, whatever it is doing
     * @param err where a failure is told
     */
    Ending(Duration limit, IntConsumer halt, PrintWriter err) {
        this.limit = limit;
        this.halt = halt;
        this.err = err;
    }

    /** Ctrl-C: the first time it begins the end, the second time it is the end. */
    void interrupted(int times) {
        if (times > 1) {
            halt.accept(INTERRUPTED);
        }
        begin(AS_ASKED, "");
    }

    /** Tells the user at once, since stopping may hang where something is broken, and begins the end. */
    void failed(String message) {
        begin(FAILED, "vedette: " + message);
    }

    private void begin(int with, String line) {
        if (!status.compareAndSet(NOT_YET, with)) {
            return;
        }
        if (!line.isEmpty()) {
            err.println(line);
            err.flush();
        }
        Thread limiter = new Thread(
                () -> {
                    LockSupport.parkNanos(limit.toNanos());
                    logger.warn("Not all parts stopped in time; what they have on disk is whole");
                    halt.accept(with);
                },
                "vedette-end");
        limiter.setDaemon(true);
        limiter.start();
        begun.countDown();
    }

    /** Waits until it begins; whether it was asked for. */
    boolean await() throws InterruptedException {
        begun.await();
        return status.get() == AS_ASKED;
    }
}
