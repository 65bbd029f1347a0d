package io.vedette.kafka;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class TopicSetupIT {
    private static TopicSetup setup(Admin admin, Topics topics) {
        return new TopicSetup(admin, topics, Deployment.EMBEDDED, Duration.ofSeconds(20));
    }

    @Test
    void createsEachTopicAsTheTableSays(KafkaSettings settings) throws Exception {
        var topics = settings.topics();
        try (var admin = Admin.create(settings.admin("test"))) {
            for (Topic topic : Topic.values()) {
                var resource = new ConfigResource(ConfigResource.Type.TOPIC, topics.name(topic));
                var expected = new HashMap<>(topic.configuration(Deployment.EMBEDDED));
                expected.put("min.insync.replicas", "1");
                var configuration = admin.describeConfigs(List.of(resource)).values();
                assertThat(overrides(requireNonNull(configuration.get(resource)).get()))
                        .isEqualTo(expected);
                var descriptions = admin.describeTopics(List.of(topics.name(topic)))
                        .allTopicNames()
                        .get();
                assertThat(descriptions.values()).satisfiesExactly(description -> assertThat(description.partitions())
                        .hasSize(1));
            }
        }
    }

    private static Map<String, String> overrides(Config configuration) {
        var values = new HashMap<String, String>();
        for (ConfigEntry entry : configuration.entries()) {
            if (entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG) {
                values.put(entry.name(), entry.value());
            }
        }
        return values;
    }

    @Test
    void aSecondRunFindsNothingToDo(KafkaSettings settings) {
        try (var admin = Admin.create(settings.admin("test"))) {
            assertThat(setup(admin, settings.topics()).createAndCheck())
                    .isEqualTo(new TopicReport(List.of(), List.of()));
        }
    }

    @Test
    void saysWhatIsWrongWithATopicThatWasThereAndCreatesTheOthers(KafkaSettings settings) throws Exception {
        var topics = new Topics("wrong.");
        try (var admin = Admin.create(settings.admin("test"))) {
            admin.createTopics(List.of(
                            new NewTopic(topics.samples(), 3, (short) 1), new NewTopic(topics.states(), 1, (short) 1)))
                    .all()
                    .get();
            TopicReport report = setup(admin, topics).createAndCheck();
            assertThat(report.created())
                    .containsExactlyInAnyOrder(
                            topics.frames(), topics.alerts(), topics.deliveries(), topics.rejected());
            assertThat(report.errors())
                    .extracting(TopicFinding::toString)
                    .satisfiesExactly(
                            first -> assertThat(first)
                                    .startsWith("topic wrong.vedette.samples: message.timestamp.type is CreateTime but"
                                            + " must be LogAppendTime; --fresh "),
                            second -> assertThat(second)
                                    .startsWith("topic wrong.vedette.states: cleanup.policy is delete but must be"
                                            + " compact; --fresh "));
        }
    }

    @Test
    void saysWhenKafkaDoesNotAnswer() {
        var nowhere = KafkaSettings.of("127.0.0.1:1");
        try (var admin = Admin.create(nowhere.admin("test"))) {
            var setup = new TopicSetup(admin, nowhere.topics(), Deployment.CLUSTER, Duration.ofSeconds(1));
            assertThatThrownBy(setup::createAndCheck)
                    .isInstanceOf(KafkaAccessException.class)
                    .hasMessage("Kafka: no answer within 1 s to the request to describe topic vedette.samples; check"
                            + " kafka.bootstrap and that the brokers are up");
        }
    }
}
