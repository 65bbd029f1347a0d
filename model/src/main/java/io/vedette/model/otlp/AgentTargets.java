package io.vedette.model.otlp;

import java.util.Set;

/** The targets that an agent has at the moment, all of them. */
public record AgentTargets(String agent, Set<String> instances) {
    public AgentTargets {
        instances = Set.copyOf(instances);
    }
}
