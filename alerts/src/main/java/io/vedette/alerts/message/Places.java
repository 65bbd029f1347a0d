package io.vedette.alerts.message;

import io.vedette.alerts.channel.Language;
import io.vedette.model.entity.Entity;
import io.vedette.model.entity.EntityKind;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Says where something is. */
final class Places {
    private final Language language;

    Places(Language language) {
        this.language = language;
    }

    /** In few words, for a title. */
    String brief(Entity entity) {
        String place = place(entity);
        return entity.kind() == EntityKind.REPLICA && !entity.modelName().isEmpty()
                ? place + " (" + entity.modelName() + ")"
                : place;
    }

    /** With all that is known. */
    String whole(Entity entity) {
        StringJoiner places = new StringJoiner(" · ");
        places.add(place(entity));
        if (entity.kind() != EntityKind.MODEL && !entity.modelName().isEmpty()) {
            places.add(Phrase.MODEL.in(language, entity.modelName()));
        }
        if (!entity.node().isEmpty()) {
            places.add(Phrase.NODE.in(language, entity.node()));
        }
        entity.labels().forEach((name, value) -> places.add(name + '=' + value));
        return places.toString();
    }

    private String place(Entity entity) {
        if (entity.kind() == EntityKind.REPLICA) {
            return entity.engine().equals("0")
                    ? entity.instance()
                    : Phrase.ENGINE.in(language, entity.instance(), entity.engine());
        }
        if (entity.kind() == EntityKind.MODEL) {
            String model = Phrase.MODEL.in(language, entity.modelName());
            boolean whole = entity.role().isEmpty() || entity.role().equals(Entity.ROLE_BOTH);
            return whole ? model : model + " (" + entity.role() + ")";
        }
        List<String> known = new ArrayList<>(List.of(entity.instance(), entity.node(), entity.modelName()));
        known.removeIf(String::isEmpty);
        return known.isEmpty() ? entity.key() : String.join(" ", known);
    }
}
