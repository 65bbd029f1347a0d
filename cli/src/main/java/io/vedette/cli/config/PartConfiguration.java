package io.vedette.cli.config;

import io.vedette.alerts.GatewaySettings;
import io.vedette.ingest.AgentSettings;
import io.vedette.jobs.derive.DeriveSettings;
import io.vedette.jobs.rules.RuleSet;
import io.vedette.kafka.KafkaSettings;
import io.vedette.kafka.Topic;
import io.vedette.model.catalogue.Catalogue;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What a part that runs by itself is told. All parts can share one {@code vedette.yaml}: all its keys must be known ones, but each part reads no more than
 * it needs, so that a node with an agent does without the files of rules and the secrets of channels.
 */
public sealed interface PartConfiguration {
    /** The Kafka by which the parts meet. */
    KafkaSettings kafka();

    /** Where the part shows its own metrics. */
    InetSocketAddress listen();

    /** Those topics that the part reads or writes. */
    Set<Topic> topics();

    /** The folder for what survives a restart; empty where the part keeps nothing on disk. */
    Optional<Path> data();

    /** What the agent is told. */
    record Agent(AgentSettings settings, Catalogue catalogue, KafkaSettings kafka, InetSocketAddress listen)
            implements PartConfiguration {
        /** Reads it; targets of the flags come besides those of the file. */
        public static Agent read(Flags flags) {
            ConfigurationReader reader = new ConfigurationReader(flags, "");
            return new Agent(
                    reader.agent(),
                    reader.catalogue(),
                    reader.sharedKafka(),
                    reader.listen().agent());
        }

        @Override
        public Set<Topic> topics() {
            return Set.of(Topic.SAMPLES);
        }

        @Override
        public Optional<Path> data() {
            return Optional.empty();
        }
    }

    /** What the derive job is told. */
    record Derive(DeriveSettings settings, KafkaSettings kafka, InetSocketAddress listen, Optional<Path> data)
            implements PartConfiguration {
        private static final String FOLDER = "derive";

        /** Reads it. */
        public static Derive read(Flags flags) {
            ConfigurationReader reader = new ConfigurationReader(flags, "");
            return new Derive(
                    reader.derive(), reader.sharedKafka(), reader.listen().derive(), folder(reader, FOLDER));
        }

        @Override
        public Set<Topic> topics() {
            return Set.of(Topic.SAMPLES, Topic.FRAMES, Topic.REJECTED);
        }
    }

    /**
     * What the detect job is told.
     *
     * @param runbook page that alerts point to
     */
    record Detect(RuleSet rules, String runbook, KafkaSettings kafka, InetSocketAddress listen, Optional<Path> data)
            implements PartConfiguration {
        private static final String FOLDER = "detect";

        /** Reads it, and loads the rules. */
        public static Detect read(Flags flags) {
            ConfigurationReader reader = new ConfigurationReader(flags, "");
            return new Detect(
                    reader.ruleConfiguration().load(),
                    reader.runbook(),
                    reader.sharedKafka(),
                    reader.listen().detect(),
                    folder(reader, FOLDER));
        }

        @Override
        public Set<Topic> topics() {
            return Set.of(Topic.FRAMES, Topic.ALERTS, Topic.STATES, Topic.REJECTED);
        }
    }

    /** What the gateway is told. */
    record Gateway(GatewaySettings settings, KafkaSettings kafka) implements PartConfiguration {
        /** Reads it; webhooks of the flags come besides the channels of the file. */
        public static Gateway read(Flags flags, String version) {
            ConfigurationReader reader = new ConfigurationReader(flags, version);
            return new Gateway(reader.gateway(), reader.sharedKafka());
        }

        @Override
        public Set<Topic> topics() {
            return Set.of(Topic.FRAMES, Topic.ALERTS, Topic.STATES, Topic.DELIVERIES, Topic.REJECTED);
        }

        @Override
        public InetSocketAddress listen() {
            return settings.listen();
        }

        @Override
        public Optional<Path> data() {
            return Optional.empty();
        }
    }

    /** Within the data folder each job has one of its own, so that both can run on one machine. */
    private static Optional<Path> folder(ConfigurationReader reader, String job) {
        return Optional.of(reader.data().resolve(job));
    }
}
