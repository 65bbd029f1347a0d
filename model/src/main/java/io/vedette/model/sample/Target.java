package io.vedette.model.sample;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who was scraped, as the agent knows it. What is unknown is empty.
 *
 * @param instance the target's name, its identity
 * @param node the host that the agent runs on
 * @param agent the agent's name
 * @param modelName as configured; else empty, and the engine's own name holds
 * @param role {@code both}, {@code prefill} or {@code decode}
 * @param gpus the cards that it owns by configuration, by index or UUID; empty where that is not configured
 * @param labels the target's own labels and the external ones
 */
public record Target(
        String instance,
        String node,
        String agent,
        String modelName,
        String role,
        List<String> gpus,
        Map<String, String> labels) {
    public Target {
        if (instance.isEmpty()) {
            throw new IllegalArgumentException("a target needs a name");
        }
        gpus = List.copyOf(gpus);
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /** A target of which no cards are configured. */
    public Target(
            String instance, String node, String agent, String modelName, String role, Map<String, String> labels) {
        this(instance, node, agent, modelName, role, List.of(), labels);
    }
}
