package io.vedette.ingest;

import io.vedette.ingest.publish.PublishListener;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what becomes of records, and says so where it needs attention. */
final class PublishReport implements PublishListener {
    private static final Logger logger = LoggerFactory.getLogger(PublishReport.class);

    private final AgentMetrics metrics;
    private final LongSupplier nanos;
    private final String bootstrap;
    private final OccasionalWarning letGoWarning = new OccasionalWarning(logger);
    private final OccasionalWarning refusedWarning = new OccasionalWarning(logger);
    private final OccasionalWarning postponedWarning = new OccasionalWarning(logger);

    /** @param bootstrap where Kafka should be, for messages */
    PublishReport(AgentMetrics metrics, LongSupplier nanos, String bootstrap) {
        this.metrics = metrics;
        this.nanos = nanos;
        this.bootstrap = bootstrap;
    }

    @Override
    public void sent() {
        metrics.sent();
    }

    @Override
    public void letGo(int records) {
        metrics.letGo(records);
        letGoWarning.add(
                nanos.getAsLong(),
                records,
                count -> "Kafka at " + bootstrap + " does not take records fast enough: the " + count
                        + " oldest were let go; the next scrapes carry what their counters missed");
    }

    @Override
    public void refused(String key, Exception cause) {
        metrics.refused();
        refusedWarning.add(
                nanos.getAsLong(),
                1,
                count -> "Kafka refused " + count + " records, the last one of " + key + ": " + cause.getMessage());
    }

    @Override
    public void postponed(Exception cause) {
        postponedWarning.add(
                nanos.getAsLong(),
                1,
                count -> "Kafka at " + bootstrap + " does not take records now, so they wait in memory (attempts: "
                        + count + "): " + cause.getMessage());
    }
}
