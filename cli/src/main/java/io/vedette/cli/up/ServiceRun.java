package io.vedette.cli.up;

import io.vedette.cli.Interrupts;
import io.vedette.cli.Logging;
import io.vedette.cli.UserMistake;
import io.vedette.jobs.run.JobStartException;
import io.vedette.kafka.KafkaAccessException;
import io.vedette.kafka.broker.BrokerStartException;
import io.vedette.model.alert.AlertEvent;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A service from start to Ctrl-C: {@code vedette up}, or a part by itself. */
public final class ServiceRun {
    private static final Logger logger = LoggerFactory.getLogger(ServiceRun.class);

    private static final Duration LONGEST_END = Duration.ofMillis(4_500);

    private final PrintWriter out;
    private final PrintWriter err;
    private final Ending ending;

    private ServiceRun(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
        this.ending = new Ending(LONGEST_END, Runtime.getRuntime()::halt, err);
    }

    /**
     * Runs until Ctrl-C, or until a part gives up.
     *
     * @param fresh begin anew
     * @return whether it ended as it was asked to
     * @throws UserMistake when it cannot start
     */
    public static boolean run(ServicePlan plan, boolean fresh, boolean verbose, PrintWriter out, PrintWriter err)
            throws InterruptedException {
        ServiceRun run = new ServiceRun(out, err);
        if (plan.folder().isEmpty()) {
            Interrupts.tell(run.ending::interrupted);
            return run.run(plan, Optional.empty());
        }
        try (DataFolder data = DataFolder.open(plan.folder().get())) {
            Logging.start(verbose, data.log());
            Interrupts.tell(run.ending::interrupted);
            if (fresh) {
                data.clear();
            }
            return run.run(plan, Optional.of(data));
        }
    }

    private boolean run(ServicePlan plan, Optional<DataFolder> data) throws InterruptedException {
        String more = data.map(folder -> " (more in " + folder.log() + ')').orElse("");
        try (ServicePlan.Service service = start(plan, data, more)) {
            service.welcome().forEach(out::println);
            out.flush();
            return ending.await();
        }
    }

    private ServicePlan.Service start(ServicePlan plan, Optional<DataFolder> data, String more) {
        try {
            return plan.start(data, new Events(more));
        } catch (BrokerStartException | JobStartException | KafkaAccessException e) {
            logger.warn("The start failed", e);
            throw new UserMistake(e.getMessage() + more, e);
        }
    }

    /** Prints what happens, and ends when a part does. */
    private final class Events implements ServiceListener {
        private final ZoneId zone = ZoneId.systemDefault();
        private final String more;

        private Events(String more) {
            this.more = more;
        }

        @Override
        public void alert(AlertEvent event) {
            out.println(AlertLine.of(event, zone));
            out.flush();
        }

        @Override
        public void notice(String message) {
            err.println("vedette: " + message + more);
            err.flush();
        }

        @Override
        public void onFatal(int status, String message) {
            ending.failed(message + more);
        }
    }
}
