package io.vedette.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicTest {
    @Test
    void samplesKeepADayInTheBrokersTime() {
        assertThat(Topic.SAMPLES.configuration(Deployment.CLUSTER))
                .isEqualTo(Map.of(
                        "cleanup.policy", "delete",
                        "retention.ms", "86400000",
                        "retention.bytes", "34359738368",
                        "segment.ms", "3600000",
                        "max.message.bytes", "5242880",
                        "message.timestamp.type", "LogAppendTime"));
    }

    @Test
    void theEmbeddedBrokerKeepsFewerBytes() {
        assertThat(Topic.SAMPLES.configuration(Deployment.EMBEDDED)).containsEntry("retention.bytes", "4294967296");
        assertThat(Topic.FRAMES.configuration(Deployment.EMBEDDED)).containsEntry("retention.bytes", "2147483648");
    }

    @Test
    void alertsKeepNinetyDaysInTheWritersTime() {
        assertThat(Topic.ALERTS.configuration(Deployment.EMBEDDED))
                .isEqualTo(Map.of(
                        "cleanup.policy", "delete",
                        "retention.ms", "7776000000",
                        "retention.bytes", "1073741824",
                        "segment.ms", "86400000",
                        "max.message.bytes", "5242880"));
    }

    @Test
    void statesAndDeliveriesAreCompacted() {
        var compacted = Map.of("cleanup.policy", "compact", "segment.ms", "3600000", "max.message.bytes", "5242880");
        assertThat(Topic.STATES.configuration(Deployment.CLUSTER)).isEqualTo(compacted);
        assertThat(Topic.DELIVERIES.configuration(Deployment.CLUSTER)).isEqualTo(compacted);
        assertThat(Topic.STATES.compacted()).isTrue();
        assertThat(Topic.FRAMES.compacted()).isFalse();
    }

    @Test
    void samplesAndFramesAreSpreadOverACluster() {
        assertThat(Topic.SAMPLES.partitions(Deployment.CLUSTER)).isEqualTo(12);
        assertThat(Topic.FRAMES.partitions(Deployment.CLUSTER)).isEqualTo(12);
        assertThat(Topic.ALERTS.partitions(Deployment.CLUSTER)).isEqualTo(1);
        assertThat(Topic.values()).allSatisfy(topic -> assertThat(topic.partitions(Deployment.EMBEDDED))
                .isEqualTo(1));
    }

    @Test
    void aPrefixStandsBeforeEachName() {
        var topics = new Topics("team-a.");
        assertThat(topics.samples()).isEqualTo("team-a.vedette.samples");
        assertThat(topics.rejected()).isEqualTo("team-a.vedette.rejected");
        assertThat(new Topics("").alerts()).isEqualTo("vedette.alerts");
    }

    @Test
    void aPrefixThatKafkaWouldRefuseIsNamed() {
        assertThatThrownBy(() -> new Topics("team a/"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("topic_prefix may hold only letters, digits, '.', '_' and '-', 200 characters at most:"
                        + " \"team a/\"");
    }
}
