package io.vedette.cli.doctor;

import io.vedette.cli.up.SharedKafka;
import io.vedette.kafka.KafkaAccessException;
import io.vedette.kafka.KafkaSettings;
import io.vedette.kafka.TopicFinding;
import io.vedette.kafka.TopicReport;
import java.util.List;
import java.util.stream.Collectors;

/** Whether the Kafka that the configuration names answers, and whether the topics that it has can be used. */
final class KafkaCheck {
    private static final String CHECK = "kafka";

    private KafkaCheck() {}

    static Finding of(KafkaSettings kafka) {
        TopicReport report;
        try {
            report = SharedKafka.look(kafka);
        } catch (KafkaAccessException e) {
            return Finding.fault(
                    CHECK,
                    String.valueOf(e.getMessage()),
                    "see to it that this machine reaches " + kafka.bootstrap()
                            + ", and that user, password and certificates in kafka: are right");
        }
        if (!report.errors().isEmpty()) {
            return Finding.fault(CHECK, told(report.errors()), "do that, or set another kafka.topic_prefix");
        }
        return report.findings().isEmpty()
                ? Finding.ok(CHECK, kafka.bootstrap() + " answers, and its topics can be used")
                : Finding.warning(CHECK, told(report.findings()), "it works, with less history than it should have");
    }

    private static String told(List<TopicFinding> findings) {
        return findings.stream().map(String::valueOf).collect(Collectors.joining("; "));
    }
}
