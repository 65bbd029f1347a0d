package io.vedette.kafka;

/** What kind of Kafka the topics live on; it decides their partitions, replication and how many bytes they may keep. */
public enum Deployment {
    /** The broker inside this process: one node, one disk that is shared with everything else on the machine. */
    EMBEDDED,
    /** A Kafka cluster of its own. */
    CLUSTER
}
