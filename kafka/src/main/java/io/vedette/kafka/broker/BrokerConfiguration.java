package io.vedette.kafka.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The embedded broker's settings: one node that is broker and controller, small in threads and memory, quick to start even after
 * it was killed.
 */
final class BrokerConfiguration {
    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    static final String BROKER_LISTENER = "PLAINTEXT";

    private static final String MEBIBYTE = Integer.toString(1 << 20);

    private BrokerConfiguration() {}

    static Map<String, String> of(Path directory, int brokerPort, int controllerPort) {
        var settings = new HashMap<String, String>();
        String broker = BROKER_LISTENER + "://" + LoopbackSockets.HOST + ":" + brokerPort;
        String controller = LoopbackSockets.HOST + ":" + controllerPort;
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("listeners", broker + "," + CONTROLLER_LISTENER + "://" + controller);
        settings.put("advertised.listeners", broker);
        settings.put(
                "listener.security.protocol.map", BROKER_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
        // Static voters live in the settings alone, so that the controller's port may change with each start.
        settings.put("controller.quorum.voters", NODE_ID + "@" + controller);
        settings.put("log.dirs", directory.toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("metric.reporters", "");
        putThreads(settings);
        putLogs(settings);
        putTimes(settings);
        putInternalTopics(settings);
        return Map.copyOf(settings);
    }

    private static void putThreads(Map<String, String> settings) {
        settings.put("num.network.threads", "1");
        settings.put("num.io.threads", "2");
        settings.put("background.threads", "2");
        settings.put("group.coordinator.threads", "1");
        settings.put("share.coordinator.threads", "1");
        settings.put("num.recovery.threads.per.data.dir", "2");
        settings.put("log.cleaner.threads", "1");
    }

    private static void putLogs(Map<String, String> settings) {
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
        settings.put("log.cleaner.io.buffer.size", Integer.toString(256 << 10));
        // After a kill the active segment of each partition is read in full: small ones bound that time.
        settings.put("log.segment.bytes", Integer.toString(64 << 20));
        settings.put("log.index.size.max.bytes", MEBIBYTE);
        settings.put("message.max.bytes", Integer.toString(5 << 20));
    }

    private static void putTimes(Map<String, String> settings) {
        // After a kill the controller admits the broker anew only once its old session has ended.
        settings.put("broker.session.timeout.ms", "2000");
        settings.put("broker.heartbeat.interval.ms", "500");
        settings.put("initial.broker.registration.timeout.ms", "30000");
        settings.put("server.max.startup.time.ms", "60000");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // Without followers nobody needs the controller to write an empty record twice a second.
        settings.put("metadata.max.idle.interval.ms", "0");
    }

    private static void putInternalTopics(Map<String, String> settings) {
        settings.put("default.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.segment.bytes", Integer.toString(4 << 20));
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.segment.bytes", MEBIBYTE);
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
    }
}
