package io.vedette.model.entity;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a frame, a series or an alert is about. Identity is {@link #key()}: instance and engine of a replica; model name and role of a model; UUID of a
 * card, its node and index where it has none; name of a node. Other fields may change without making another entity. What is unknown is empty, never
 * null.
 *
 * @param instance of a card: that of the replica that owns it
 * @param gpu index of a card on its node
 * @param uuid of a card
 * @param labels the target's own labels and the external ones, sorted by name
 */
public record Entity(
        EntityKind kind,
        String instance,
        String engine,
        String modelName,
        String role,
        String node,
        String gpu,
        String uuid,
        Map<String, String> labels) {
    public static final String ROLE_BOTH = "both";

    public Entity {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        switch (kind) {
            case REPLICA, REPLICA_GPUS -> {
                if (instance.isEmpty() || engine.isEmpty()) {
                    throw new IllegalArgumentException(
                            "a replica needs instance and engine: '" + instance + "', '" + engine + "'");
                }
            }
            case MODEL -> {
                if (modelName.isEmpty()) {
                    throw new IllegalArgumentException("a model needs a name");
                }
            }
            case GPU -> {
                if (uuid.isEmpty() && gpu.isEmpty()) {
                    throw new IllegalArgumentException("a card needs a UUID or an index");
                }
            }
            case NODE -> {
                if (node.isEmpty()) {
                    throw new IllegalArgumentException("a node needs a name");
                }
            }
        }
    }

    public static Entity replica(
            String instance, String engine, String modelName, String role, String node, Map<String, String> labels) {
        return new Entity(EntityKind.REPLICA, instance, engine, modelName, role, node, "", "", labels);
    }

    public static Entity model(String modelName, String role, Map<String, String> labels) {
        return new Entity(EntityKind.MODEL, "", "", modelName, role, "", "", "", labels);
    }

    /** A card that nobody is known to own. */
    public static Entity gpu(String node, String gpu, String uuid, Map<String, String> labels) {
        return new Entity(EntityKind.GPU, "", "", "", "", node, gpu, uuid, labels);
    }

    public static Entity node(String node, Map<String, String> labels) {
        return new Entity(EntityKind.NODE, "", "", "", "", node, "", "", labels);
    }

    /** The same card in the hands of a replica. */
    public Entity ownedBy(Entity replica) {
        return new Entity(
                kind, replica.instance, replica.engine, replica.modelName, replica.role, node, gpu, uuid, labels);
    }

    /** All cards of this replica. */
    public Entity cards() {
        return new Entity(EntityKind.REPLICA_GPUS, instance, engine, modelName, role, node, "", "", labels);
    }

    /** As people know it: the replica, where this is all of its cards. */
    public Entity face() {
        return kind == kind.face()
                ? this
                : new Entity(kind.face(), instance, engine, modelName, role, node, gpu, uuid, labels);
    }

    /** Canonical identity, the same in every JVM; fits as a key in Kafka and Flink. */
    public String key() {
        return switch (kind) {
            case REPLICA, REPLICA_GPUS -> kind.word() + '|' + escape(instance) + '|' + escape(engine);
            case MODEL -> modelKey(modelName, role);
            case GPU -> uuid.isEmpty() ? "gpu|" + escape(node) + '|' + escape(gpu) : "gpu|" + escape(uuid);
            case NODE -> nodeKey(node);
        };
    }

    /** Key of the entity that this one rolls up into: the model's; a node's for a card that no model is known to use. What has neither stands alone. */
    public String rootKey() {
        if (!modelName.isEmpty()) {
            return modelKey(modelName, role);
        }
        return kind == EntityKind.GPU && !node.isEmpty() ? nodeKey(node) : key();
    }

    private static String modelKey(String modelName, String role) {
        return "model|" + escape(modelName) + '|' + escape(role);
    }

    private static String nodeKey(String node) {
        return "node|" + escape(node);
    }

    private static String escape(String part) {
        return part.indexOf('|') < 0 && part.indexOf('\\') < 0
                ? part
                : part.replace("\\", "\\\\").replace("|", "\\p");
    }
}
