package io.vedette.cli;

import io.vedette.model.entity.Entity;

/**
 * How the terminal calls an entity: {@code gpu-7:8000}, {@code gpu-7:8000 engine 1}, {@code model glm-4.7-flash}, {@code gpu 1 of gpu-7},
 * {@code node gpu-7}.
 */
public final class EntityName {
    private EntityName() {}

    public static String of(Entity entity) {
        return switch (entity.kind()) {
            case REPLICA, REPLICA_GPUS ->
                entity.instance() + (entity.engine().equals("0") ? "" : " engine " + entity.engine());
            case MODEL ->
                "model " + entity.modelName()
                        + (entity.role().equals(Entity.ROLE_BOTH) ? "" : " (" + entity.role() + ')');
            case GPU ->
                "gpu " + (entity.gpu().isEmpty() ? entity.uuid() : entity.gpu())
                        + (entity.node().isEmpty() ? "" : " of " + entity.node());
            case NODE -> "node " + entity.node();
        };
    }
}
