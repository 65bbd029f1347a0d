package io.vedette.cli.up;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vedette.jobs.connect.KafkaJobs;
import io.vedette.jobs.derive.DeriveSettings;
import io.vedette.jobs.detect.DetectSettings;
import io.vedette.jobs.rules.RuleSet;
import io.vedette.jobs.run.DurableJob;
import io.vedette.jobs.run.JobListener;
import io.vedette.jobs.run.JobStartException;
import io.vedette.jobs.run.LocalFlink;
import io.vedette.kafka.KafkaSettings;
import java.time.InstantSource;

/**
 * The jobs on a Flink in this process. They carry on from the data folder, and show what they count in a registry.
 *
 * @param registry holds one job of a kind only
 */
record LocalJobs(
        LocalFlink flink,
        DataFolder data,
        KafkaSettings kafka,
        JobListener listener,
        PrometheusRegistry registry,
        InstantSource clock) {
    /**
     * Starts the derive job and waits until it runs.
     *
     * @throws JobStartException when it does not start
     */
    DurableJob derive(DeriveSettings settings) {
        long from = KafkaJobs.begin(clock.millis());
        return shown(
                KafkaJobs.DERIVE,
                DurableJob.start(
                        flink,
                        KafkaJobs.DERIVE,
                        data.checkpoints(KafkaJobs.DERIVE),
                        job -> KafkaJobs.derive(job, kafka, settings, from),
                        listener));
    }

    /**
     * Starts the detect job and waits until it runs.
     *
     * @param runbook page that alerts point to
     * @throws JobStartException when it does not start
     */
    DurableJob detect(RuleSet rules, String runbook) {
        long now = clock.millis();
        DetectSettings settings = new DetectSettings(rules, now, runbook);
        return shown(
                KafkaJobs.DETECT,
                DurableJob.start(
                        flink,
                        KafkaJobs.DETECT,
                        data.checkpoints(KafkaJobs.DETECT),
                        job -> KafkaJobs.detect(job, kafka, settings, KafkaJobs.begin(now)),
                        listener));
    }

    private DurableJob shown(String name, DurableJob job) {
        JobsExposition.register(registry, name, job, flink.metrics(), clock);
        return job;
    }
}
