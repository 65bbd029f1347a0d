package io.vedette.cli;

import io.vedette.model.entity.Entity;
import io.vedette.model.entity.EntityKind;

/** How the terminal calls an entity: {@code gpu-7:8000}, {@code gpu-7:8000 engine 1}, {@code model glm-4.7-flash}. */
public final class EntityName {
    private EntityName() {}

    public static String of(Entity entity) {
        return entity.kind() == EntityKind.REPLICA
                ? entity.instance() + (entity.engine().equals("0") ? "" : " engine " + entity.engine())
                : "model " + entity.modelName()
                        + (entity.role().equals(Entity.ROLE_BOTH) ? "" : " (" + entity.role() + ')');
    }
}
