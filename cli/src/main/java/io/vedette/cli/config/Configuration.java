package io.vedette.cli.config;

import io.vedette.alerts.GatewaySettings;
import io.vedette.ingest.AgentSettings;
import io.vedette.jobs.derive.DeriveSettings;
import io.vedette.jobs.rules.RuleSet;
import io.vedette.kafka.KafkaSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * All that {@code up} is told, one record per part.
 *
 * @param runbook page that alerts point to; the rules' ids are its anchors
 * @param kafka the Kafka to use; empty for the embedded one
 * @param listen where each part's own server listens
 * @param data folder for everything that survives a restart
 */
public record Configuration(
        AgentSettings agent,
        DeriveSettings derive,
        RuleSet rules,
        GatewaySettings gateway,
        String runbook,
        Optional<KafkaSettings> kafka,
        Listen listen,
        Path data) {
    /** Where vLLM listens unless told otherwise. */
    public static final String DEFAULT_TARGET = "http://127.0.0.1:8000/metrics";

    /** In the working folder, so that two checkouts do not meet. */
    public static final Path DEFAULT_DATA = Path.of("data");
}
