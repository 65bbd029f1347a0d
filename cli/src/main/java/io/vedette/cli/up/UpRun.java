package io.vedette.cli.up;

import io.vedette.cli.Interrupts;
import io.vedette.cli.Logging;
import io.vedette.cli.UserMistake;
import io.vedette.cli.config.Configuration;
import io.vedette.ingest.scrape.TargetSettings;
import io.vedette.jobs.run.JobStartException;
import io.vedette.kafka.KafkaAccessException;
import io.vedette.kafka.broker.BrokerStartException;
import io.vedette.model.alert.AlertEvent;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code vedette up} from start to Ctrl-C. */
public final class UpRun {
    private static final Logger logger = LoggerFactory.getLogger(UpRun.class);

    /** All that is on disk survives an end without good-bye, so no part may delay it for longer. */
    private static final Duration LONGEST_END = Duration.ofMillis(4_500);

    private static final int INTERRUPTED = 130;

    private final Configuration configuration;
    private final PrintWriter out;
    private final PrintWriter err;
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicReference<@Nullable String> fatal = new AtomicReference<>();

    private UpRun(Configuration configuration, PrintWriter out, PrintWriter err) {
        this.configuration = configuration;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs until Ctrl-C, or until the embedded Kafka gives up.
     *
     * @param fresh begin anew
     * @return whether it ended as it was asked to
     * @throws UserMistake when it cannot start
     */
    public static boolean run(
            Configuration configuration, boolean fresh, boolean verbose, PrintWriter out, PrintWriter err)
            throws InterruptedException {
        return new UpRun(configuration, out, err).run(fresh, verbose);
    }

    private boolean run(boolean fresh, boolean verbose) throws InterruptedException {
        try (DataFolder data = DataFolder.open(configuration.data())) {
            Logging.start(verbose, data.log());
            Interrupts.tell(this::interrupted);
            if (fresh) {
                data.clear();
            }
            try (Up up = start(data)) {
                tellWhere(up.address());
                end.await();
            }
        }
        String failure = fatal.get();
        if (failure != null) {
            err.println("vedette: " + failure);
        }
        return failure == null;
    }

    private Up start(DataFolder data) {
        try {
            return Up.start(configuration, data, InstantSource.system(), new Events());
        } catch (BrokerStartException | JobStartException | KafkaAccessException e) {
            logger.warn("The start failed", e);
            throw new UserMistake(e.getMessage() + " (more in " + data.log() + ')', e);
        }
    }

    private void tellWhere(InetSocketAddress metrics) {
        out.println("watching "
                + configuration.agent().targets().stream()
                        .map(TargetSettings::url)
                        .map(String::valueOf)
                        .collect(Collectors.joining(", ")));
        out.println("series for Prometheus: http://" + Ports.text(metrics) + "/metrics");
        out.flush();
    }

    private void interrupted(int times) {
        if (times > 1) {
            Runtime.getRuntime().halt(INTERRUPTED);
        }
        Thread limit = new Thread(
                () -> {
                    LockSupport.parkNanos(LONGEST_END.toNanos());
                    logger.warn("Not all parts stopped in time; what they have on disk is whole");
                    Runtime.getRuntime().halt(0);
                },
                "vedette-end");
        limit.setDaemon(true);
        limit.start();
        end.countDown();
    }

    /** Prints alerts, and ends when Kafka does. */
    private final class Events implements Up.Listener {
        private final ZoneId zone = ZoneId.systemDefault();

        @Override
        public void alert(AlertEvent event) {
            out.println(AlertLine.of(event, zone));
            out.flush();
        }

        @Override
        public void onFatal(int status, String message) {
            fatal.set(message);
            end.countDown();
        }
    }
}
