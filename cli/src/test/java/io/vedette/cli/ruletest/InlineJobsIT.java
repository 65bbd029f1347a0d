package io.vedette.cli.ruletest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.jobs.derive.DeriveJob;
import io.vedette.jobs.derive.DeriveTypes;
import io.vedette.jobs.derive.SampleRecord;
import io.vedette.jobs.detect.DetectJob;
import io.vedette.jobs.detect.DetectSettings;
import io.vedette.jobs.run.JobOptions;
import io.vedette.model.alert.AlertEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

/** What tests of rules compute without Flink is what the jobs compute with it. */
class InlineJobsIT {
    private static final Comparator<AlertEvent> ORDER = Comparator.comparing(AlertEvent::updatedAt)
            .thenComparing(event -> event.fingerprint())
            .thenComparingLong(AlertEvent::sequence);

    @Test
    void theEventsOfTheShippedTestsAreThoseThatFlinkTells() throws Exception {
        List<RuleTest> tests = RuleTestFile.read(Path.of("../rules/default.test.yaml"));
        List<AlertEvent> inline = new ArrayList<>();
        List<AlertEvent> byFlink = new ArrayList<>();
        for (int i = 0; i < tests.size(); i += 7) {
            RuleTest test = tests.get(i);
            List<SampleRecord> records = test.scenario().records(test.end());
            InlineJobs jobs = new InlineJobs(test.rules(), test.derive());
            records.forEach(jobs::read);
            inline.addAll(jobs.events());
            byFlink.addAll(byFlink(test, records));
        }

        assertThat(inline).isNotEmpty();
        assertThat(sorted(inline)).isEqualTo(sorted(byFlink));
    }

    private static List<AlertEvent> sorted(List<AlertEvent> events) {
        return events.stream().sorted(ORDER).toList();
    }

    private static List<AlertEvent> byFlink(RuleTest test, List<SampleRecord> records) throws Exception {
        StreamExecutionEnvironment environment = JobOptions.transientJob(1);
        var samples = environment
                .fromData(DeriveTypes.SAMPLE, records.toArray(SampleRecord[]::new))
                .uid("records")
                .assignTimestampsAndWatermarks(DeriveJob.watermarks())
                .setParallelism(1)
                .uid("time");
        var derived = DeriveJob.define(samples, test.derive());
        var detected = DetectJob.define(derived.frames(), new DetectSettings(test.rules(), 0, DetectSettings.RUNBOOK));
        List<AlertEvent> events = new ArrayList<>();
        var found = detected.alerts().executeAndCollect();
        found.forEachRemaining(events::add);
        found.close();
        return events;
    }
}
