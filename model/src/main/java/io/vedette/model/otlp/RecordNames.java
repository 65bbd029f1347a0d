package io.vedette.model.otlp;

import io.vedette.model.catalogue.CardLabels;
import java.util.List;

/** Names of attributes and metrics in records; those that OpenTelemetry's conventions and its Prometheus receiver have are theirs. */
final class RecordNames {
    static final String INSTANCE = "service.instance.id";
    static final String SERVICE = "service.name";
    static final String NODE = "host.name";
    static final String AGENT = "vedette.agent";
    static final String ROLE = "vedette.role";
    /** The role of a target that has none configured. */
    static final String DEFAULT_ROLE = "both";

    static final String MODEL_NAME = "vedette.model_name";
    static final String CONTEXT_LENGTH = "vedette.context_length";
    /** The cards that a replica owns by its configuration: indices or UUIDs, with commas between. */
    static final String GPUS = "vedette.gpus";

    static final String LABEL_PREFIX = "vedette.label.";

    static final String UP = "up";
    static final String SCRAPE_DURATION = "scrape_duration_seconds";
    static final String PROCESS_START = "process_start_time_seconds";
    static final String AGENT_TARGET = "vedette_agent_target";

    /** On a card: the target whose process holds it, in the label {@code instance}. */
    static final String GPU_OWNER = "vedette_gpu_owner";
    /** How the agent's own readings name cards: as the DCGM exporter does. */
    static final CardLabels OUR_CARD_LABELS = new CardLabels(
            List.of("UUID", "uuid"),
            List.of("gpu", "device"),
            List.of("GPU_I_ID"),
            List.of("parent_uuid"),
            List.of("modelName"),
            List.of("Hostname"),
            List.of());

    /** On {@link #UP}: why the scrape failed. */
    static final String REASON_LABEL = "reason";
    /** On {@link #AGENT_TARGET}: the target's name. */
    static final String INSTANCE_LABEL = "instance";

    private RecordNames() {}
}
