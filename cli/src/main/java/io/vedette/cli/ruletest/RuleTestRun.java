package io.vedette.cli.ruletest;

import io.vedette.cli.EntityName;
import io.vedette.jobs.derive.SampleRecord;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.AlertState;
import io.vedette.model.yaml.PrometheusDuration;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs one test. For one use. */
final class RuleTestRun {
    private static final MathContext FIGURES = new MathContext(6);

    private final RuleTest test;
    private final InlineJobs jobs;

    private RuleTestRun(RuleTest test) {
        this.test = test;
        this.jobs = new InlineJobs(test.rules(), test.derive());
    }

    /** What was otherwise than expected, in the order of time; empty when the test holds. */
    static List<Difference> run(RuleTest test) {
        return new RuleTestRun(test).run();
    }

    private List<Difference> run() {
        List<SampleRecord> records = test.scenario().records(test.end());
        List<Difference> differences = new ArrayList<>();
        int next = 0;
        for (Expectation expectation : test.expectations()) {
            long untilMillis = Scenario.START_MILLIS + expectation.at().toMillis();
            while (next < records.size() && records.get(next).appendMillis() <= untilMillis) {
                jobs.read(records.get(next++));
            }
            compare(expectation).ifPresent(differences::add);
        }
        return differences;
    }

    private Optional<Difference> compare(Expectation expectation) {
        List<AlertState> left = new ArrayList<>(jobs.alerts().stream()
                .filter(alert -> test.looked().has(alert.alertname()))
                .toList());
        List<String> missing = new ArrayList<>();
        List<String> unexpected = new ArrayList<>();
        Reasons reasons = new Reasons(test.rules(), jobs.entities());
        for (ExpectedAlert expected : expectation.absent()) {
            left.stream()
                    .filter(alert -> expected.isMetBy(alert, jobs.told(alert)))
                    .forEach(alert -> {
                        missing.add(expected.described());
                        unexpected.add(described(alert));
                        reasons.add(alert);
                    });
        }
        for (ExpectedAlert expected : expectation.present()) {
            Optional<AlertState> found = left.stream()
                    .filter(alert -> expected.isMetBy(alert, jobs.told(alert)))
                    .findFirst();
            if (found.isPresent()) {
                left.remove(found.get());
            } else {
                missing.add(expected.described());
                reasons.add(expected);
            }
        }
        if (expectation.all()) {
            left.forEach(alert -> {
                unexpected.add(described(alert));
                reasons.add(alert);
            });
        }
        return missing.isEmpty() && unexpected.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Difference(expectation.at(), expectation.line(), missing, unexpected, reasons.lines()));
    }

    /** As a test would expect it, and since when it has been there. */
    private String described(AlertState alert) {
        @Nullable AlertEvent told = alert.firing() ? jobs.told(alert) : null;
        return alert.alertname() + ' ' + alert.severity().word() + ' ' + alert.word() + " on "
                + EntityName.of(alert.entity())
                + (told == null ? "" : ", value " + written(told.value()) + ", threshold " + written(told.threshold()))
                + " (since " + sinceStart(alert.since()) + ')';
    }

    private static String written(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(value).round(FIGURES).stripTrailingZeros().toPlainString()
                : "unknown";
    }

    private static String sinceStart(Instant time) {
        return PrometheusDuration.format(Duration.ofMillis(time.toEpochMilli() - Scenario.START_MILLIS));
    }
}
