package io.vedette.jobs.run;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;

/**
 * What the jobs in this process count, summed over their tasks. Counters of ours are those whose names have small letters and underscores alone:
 * Flink's and Kafka's own have neither form. Counts of tasks that have ended stay, so that they go on over a restart. Thread-safe.
 */
public final class JobMetrics implements MetricReporter {
    private static final Pattern OURS = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");
    private static final String PENDING_RECORDS = "pendingRecords";
    private static final String JOB_NAME = "<job_name>";
    private static final String OPERATOR_NAME = "<operator_name>";

    private final Map<Counter, Place> counters = new ConcurrentHashMap<>();
    private final Map<Place, Long> ended = new ConcurrentHashMap<>();
    private final Map<Gauge<?>, Place> pending = new ConcurrentHashMap<>();

    JobMetrics() {}

    /** Where a metric stands. */
    private record Place(String job, String name) {}

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        Map<String, String> scope = group.getAllVariables();
        String job = scope.get(JOB_NAME);
        if (job == null || !scope.containsKey(OPERATOR_NAME)) {
            return;
        }
        if (metric instanceof Counter counter && OURS.matcher(name).matches()) {
            counters.put(counter, new Place(job, name));
        } else if (metric instanceof Gauge<?> gauge && name.equals(PENDING_RECORDS)) {
            pending.put(gauge, new Place(job, name));
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        if (metric instanceof Counter counter) {
            Place place = counters.remove(counter);
            if (place != null) {
                ended.merge(place, counter.getCount(), Long::sum);
            }
        } else if (metric instanceof Gauge<?> gauge) {
            pending.remove(gauge);
        }
    }

    /** Counts by name, of one job; empty while it has none. */
    public Map<String, Long> counts(String job) {
        Map<String, Long> counts = new TreeMap<>();
        ended.forEach((place, count) -> {
            if (place.job.equals(job)) {
                counts.merge(place.name, count, Long::sum);
            }
        });
        counters.forEach((counter, place) -> {
            if (place.job.equals(job)) {
                counts.merge(place.name, counter.getCount(), Long::sum);
            }
        });
        return counts;
    }

    /** One count of one job; 0 while it has none of that name. */
    public long count(String job, String name) {
        return counts(job).getOrDefault(name, 0L);
    }

    /** Records that a job's sources have not read yet. */
    public long pendingRecords(String job) {
        long records = 0;
        for (Map.Entry<Gauge<?>, Place> gauge : pending.entrySet()) {
            if (gauge.getValue().job.equals(job) && gauge.getKey().getValue() instanceof Number number) {
                records += Math.max(0, number.longValue());
            }
        }
        return records;
    }

    @Override
    public void open(MetricConfig config) {
        // Nothing to set.
    }

    @Override
    public void close() {
        // What was counted can still be asked for.
    }
}
