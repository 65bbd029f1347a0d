package io.vedette.cli.up;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.vedette.jobs.run.DurableJob;
import io.vedette.jobs.run.JobMetrics;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Shows what a job counts as {@code vedette_JOB_*}, its lag and the age of its newest checkpoint. Thread-safe. */
final class JobsExposition implements MultiCollector {
    private static final double MILLIS_PER_SECOND = 1000;

    private final String name;
    private final DurableJob job;
    private final JobMetrics metrics;
    private final InstantSource clock;

    private JobsExposition(String name, DurableJob job, JobMetrics metrics, InstantSource clock) {
        this.name = name;
        this.job = job;
        this.metrics = metrics;
        this.clock = clock;
    }

    static void register(
            PrometheusRegistry registry, String name, DurableJob job, JobMetrics metrics, InstantSource clock) {
        registry.register(new JobsExposition(name, job, metrics, clock));
    }

    @Override
    public MetricSnapshots collect() {
        List<MetricSnapshot> shown = new ArrayList<>();
        metrics.counts(name)
                .forEach((metric, count) -> shown.add(CounterSnapshot.builder()
                        .name("vedette_" + name + '_' + metric)
                        .help("Counted by job " + name + " since the process began: " + metric.replace('_', ' ') + '.')
                        .dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                                .value((double) count)
                                .build())
                        .build()));
        shown.add(gauge("lag_records", "Records that job " + name + " has not read yet.", (double)
                metrics.pendingRecords(name)));
        job.checkpointMillis()
                .ifPresent(millis -> shown.add(gauge(
                        "checkpoint_age_seconds",
                        "Age of the newest checkpoint of job " + name + '.',
                        (clock.millis() - millis) / MILLIS_PER_SECOND)));
        return new MetricSnapshots(shown);
    }

    private GaugeSnapshot gauge(String metric, String help, double value) {
        return GaugeSnapshot.builder()
                .name("vedette_" + name + '_' + metric)
                .help(help)
                .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .value(value)
                        .build())
                .build();
    }
}
