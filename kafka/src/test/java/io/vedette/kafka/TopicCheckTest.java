package io.vedette.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicCheckTest {
    private static Map<String, String> with(Topic topic, String key, String value) {
        var actual = new HashMap<>(topic.configuration(Deployment.CLUSTER));
        actual.put(key, value);
        return actual;
    }

    private static TopicCheck check(Topic topic) {
        return new TopicCheck(topic, topic.baseName(), Deployment.CLUSTER);
    }

    @Test
    void whatWeCreateIsFine() {
        assertThat(Topic.values())
                .allSatisfy(topic -> assertThat(check(topic).findings(topic.configuration(Deployment.CLUSTER)))
                        .isEmpty());
    }

    @Test
    void samplesInTheSendersTimeAreAnError() {
        assertThat(check(Topic.SAMPLES).findings(with(Topic.SAMPLES, "message.timestamp.type", "CreateTime")))
                .containsExactly(new TopicFinding(
                        "vedette.samples",
                        TopicFinding.Severity.ERROR,
                        "message.timestamp.type is CreateTime but must be LogAppendTime; mend it with: kafka-configs.sh"
                                + " --bootstrap-server … --alter --topic vedette.samples --add-config"
                                + " message.timestamp.type=LogAppendTime"));
    }

    @Test
    void statesThatAreNotCompactedAreAnError() {
        assertThat(check(Topic.STATES).findings(with(Topic.STATES, "cleanup.policy", "delete")))
                .extracting(TopicFinding::severity)
                .containsExactly(TopicFinding.Severity.ERROR);
    }

    @Test
    void shorterHistoryIsAWarningAndUnlimitedIsFine() {
        assertThat(check(Topic.ALERTS).findings(with(Topic.ALERTS, "retention.ms", "86400000")))
                .extracting(TopicFinding::severity)
                .containsExactly(TopicFinding.Severity.WARNING);
        assertThat(check(Topic.ALERTS).findings(with(Topic.ALERTS, "retention.ms", "-1")))
                .isEmpty();
    }
}
