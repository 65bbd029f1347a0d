package io.vedette.cli.up;

import io.vedette.cli.Interrupts;
import io.vedette.cli.Logging;
import io.vedette.cli.UserMistake;
import io.vedette.cli.config.Configuration;
import io.vedette.jobs.run.JobStartException;
import io.vedette.kafka.KafkaAccessException;
import io.vedette.kafka.broker.BrokerStartException;
import io.vedette.model.alert.AlertEvent;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code vedette up} from start to Ctrl-C. */
public final class UpRun {
    private static final Logger logger = LoggerFactory.getLogger(UpRun.class);

    private static final Duration LONGEST_END = Duration.ofMillis(4_500);

    private final Configuration configuration;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Ending ending;

    private UpRun(Configuration configuration, PrintWriter out, PrintWriter err) {
        this.configuration = configuration;
        this.out = out;
        this.err = err;
        this.ending = new Ending(LONGEST_END, Runtime.getRuntime()::halt, err);
    }

    /**
     * Runs until Ctrl-C, or until the embedded Kafka or a job gives up.
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
            Interrupts.tell(ending::interrupted);
            if (fresh) {
                data.clear();
            }
            try (Up up = start(data)) {
                tellWhere(up);
                return ending.await();
            }
        }
    }

    private Up start(DataFolder data) {
        try {
            return Up.start(configuration, data, InstantSource.system(), new Events(data.log()));
        } catch (BrokerStartException | JobStartException | KafkaAccessException e) {
            logger.warn("The start failed", e);
            throw new UserMistake(e.getMessage() + " (more in " + data.log() + ')', e);
        }
    }

    private void tellWhere(Up up) {
        Welcome.lines(configuration, up.address(), up.cards()).forEach(out::println);
        out.flush();
    }

    /** Prints what happens, and ends when a part does. */
    private final class Events implements Up.Listener {
        private final ZoneId zone = ZoneId.systemDefault();
        private final Path log;

        private Events(Path log) {
            this.log = log;
        }

        @Override
        public void alert(AlertEvent event) {
            out.println(AlertLine.of(event, zone));
            out.flush();
        }

        @Override
        public void notice(String message) {
            err.println("vedette: " + message + " (more in " + log + ')');
            err.flush();
        }

        @Override
        public void onFatal(int status, String message) {
            ending.failed(message + " (more in " + log + ')');
        }
    }
}
