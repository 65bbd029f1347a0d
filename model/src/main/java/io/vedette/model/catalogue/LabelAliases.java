package io.vedette.model.catalogue;

import java.io.Serializable;
import java.util.List;

/**
 * The labels by which a serving engine says whose series it is, each by preference.
 *
 * @param engine which of the engines behind the target
 * @param replica which replica, where a framework reports those of a whole node at one address; engines are told apart within it
 * @param modelName which model it serves
 * @param foreign labels of a router in front of engines: series that carry one say nothing about an engine of this target
 */
public record LabelAliases(List<String> engine, List<String> replica, List<String> modelName, List<String> foreign)
        implements Serializable {
    public LabelAliases {
        engine = List.copyOf(engine);
        replica = List.copyOf(replica);
        modelName = List.copyOf(modelName);
        foreign = List.copyOf(foreign);
    }
}
