package io.vedette.kafka;

import static io.vedette.kafka.TopicFinding.Severity.ERROR;
import static io.vedette.kafka.TopicFinding.Severity.WARNING;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Compares an existing topic's configuration with what Vedette needs. The number of partitions may be anything; what would make
 * results wrong is an error, what only shortens history a warning.
 */
record TopicCheck(Topic topic, String name, Deployment deployment) {

    /** @param actual the topic's effective configuration, by Kafka's names */
    List<TopicFinding> findings(Map<String, String> actual) {
        Map<String, String> wanted = topic.configuration(deployment);
        var findings = new ArrayList<TopicFinding>();
        checkEqual(TopicConfig.CLEANUP_POLICY_CONFIG, wanted, actual, findings);
        checkEqual(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, wanted, actual, findings);
        checkAtLeast(TopicConfig.RETENTION_MS_CONFIG, wanted, actual, findings);
        checkAtLeast(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, wanted, actual, findings);
        return findings;
    }

    private void checkEqual(
            String key, Map<String, String> wanted, Map<String, String> actual, List<TopicFinding> findings) {
        String want = wanted.get(key);
        String is = actual.getOrDefault(key, "");
        if (want != null && !want.equals(is)) {
            findings.add(finding(ERROR, key, is, "must be " + want, want));
        }
    }

    private void checkAtLeast(
            String key, Map<String, String> wanted, Map<String, String> actual, List<TopicFinding> findings) {
        String want = wanted.get(key);
        String is = actual.get(key);
        // -1 is Kafka's word for no limit.
        if (want != null && is != null && Long.parseLong(is) != -1 && Long.parseLong(is) < Long.parseLong(want)) {
            findings.add(finding(WARNING, key, is, "should be " + want + " or more", want));
        }
    }

    private TopicFinding finding(TopicFinding.Severity severity, String key, String is, String should, String want) {
        return new TopicFinding(name, severity, key + " is " + is + " but " + should + "; " + remedy(key + '=' + want));
    }

    /** The embedded Kafka can be reached by nobody's tools while its start is refused. */
    private String remedy(String setting) {
        return deployment == Deployment.EMBEDDED
                ? "--fresh makes all topics anew, and forgets what is in them"
                : "mend it with: kafka-configs.sh --bootstrap-server … --alter --topic " + name + " --add-config "
                        + setting;
    }
}
