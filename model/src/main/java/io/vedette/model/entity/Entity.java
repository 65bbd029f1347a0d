package io.vedette.model.entity;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a frame, a series or an alert is about. Identity is {@link #key()}: instance and engine of a replica; model name and role of a model. Other
 * fields may change without making another entity. What is unknown is empty, never null.
 *
 * @param labels the target's own labels and the external ones, sorted by name
 */
public record Entity(
        EntityKind kind,
        String instance,
        String engine,
        String modelName,
        String role,
        String node,
        Map<String, String> labels) {
    public static final String ROLE_BOTH = "both";

    public Entity {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        if (kind == EntityKind.REPLICA && (instance.isEmpty() || engine.isEmpty())) {
            throw new IllegalArgumentException(
                    "a replica needs instance and engine: '" + instance + "', '" + engine + "'");
        }
        if (kind == EntityKind.MODEL && modelName.isEmpty()) {
            throw new IllegalArgumentException("a model needs a name");
        }
    }

    public static Entity replica(
            String instance, String engine, String modelName, String role, String node, Map<String, String> labels) {
        return new Entity(EntityKind.REPLICA, instance, engine, modelName, role, node, labels);
    }

    public static Entity model(String modelName, String role, Map<String, String> labels) {
        return new Entity(EntityKind.MODEL, "", "", modelName, role, "", labels);
    }

    /** Canonical identity, the same in every JVM; fits as a key in Kafka and Flink. */
    public String key() {
        return kind == EntityKind.REPLICA
                ? "replica|" + escape(instance) + '|' + escape(engine)
                : modelKey(modelName, role);
    }

    /** Key of the entity that this one rolls up into: the model's. A replica of unknown model stands alone: its own key. */
    public String rootKey() {
        return modelName.isEmpty() ? key() : modelKey(modelName, role);
    }

    private static String modelKey(String modelName, String role) {
        return "model|" + escape(modelName) + '|' + escape(role);
    }

    private static String escape(String part) {
        return part.indexOf('|') < 0 && part.indexOf('\\') < 0
                ? part
                : part.replace("\\", "\\\\").replace("|", "\\p");
    }
}
